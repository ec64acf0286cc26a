import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';

import { SEED_MEMBERS } from '../sandbox/seed';
import type { Fault } from '../sandbox/server';
import { sandboxed } from './sandboxed';

const [ASHA = '', BEN = '', CARLA = ''] = SEED_MEMBERS;
const SUPPORT = '918527184400';
const NOBODYS = '918527184499';
const FROM_SHEET = {
	emails: '={{ $json.email }}',
	labelsMode: 'keep',
	orgPhonesMode: '={{ $json.mode || "set" }}',
	orgPhones: '={{ $json.phones }}',
};
const CONTINUE = { settings: { onError: 'continueRegularOutput' as const } };

describe('the check of org phones', () => {
	const test = sandboxed();
	const bodies = () => test.sandbox.changes.map(({ body }) => body);
	const lists = () => test.sandbox.requests.filter(({ method }) => method === 'GET');
	const listed = (fault: Fault) => {
		test.sandbox.onRequest = ({ method }) => (method === 'GET' ? fault : undefined);
	};

	it('reads the list once a run, whatever the number of rows and requests', async () => {
		const rows = SEED_MEMBERS.map((email) => ({ email, phones: SUPPORT }));
		const result = await test.engine.run({ ...FROM_SHEET, options: { batchSize: 3 } }, rows);
		expect(result.json()).toHaveLength(rows.length);
		expect(test.sandbox.changes.length).toBeGreaterThan(10);
		expect(lists()).toHaveLength(1);
		expect(test.sandbox.requests[0]?.method).toBe('GET');
	});

	it('reads the list once for the check and for a 404', async () => {
		test.sandbox.changeFaults = [{ status: 404, body: '{"message":"Not found"}' }];
		await test.engine.run(FROM_SHEET, [{ email: ASHA, phones: SUPPORT }], CONTINUE);
		expect(test.sandbox.changes).toHaveLength(1);
		expect(lists()).toHaveLength(1);
		test.sandbox.reset();
		test.sandbox.changeFaults = [{ status: 404, body: '{"message":"Not found"}' }];
		await test.engine.run(
			{ ...FROM_SHEET, options: { checkOrgPhones: false } },
			[{ email: ASHA, phones: SUPPORT }],
			CONTINUE,
		);
		expect(lists()).toHaveLength(1);
	});

	it.each<[string, INodeParameters, INodeParameters]>([
		['no row sets org phones', { labelsMode: 'set', labels: 'VIP' }, { mode: 'keep' }],
		['org phones are cleared', {}, { mode: 'clear' }],
		['the check is off', { options: { checkOrgPhones: false } }, { phones: NOBODYS }],
		[
			'the check is off for the rows',
			{ options: { checkOrgPhones: '={{ $json.check }}' } },
			{ phones: NOBODYS, check: 'false' },
		],
		['the only phone of the row is none', {}, { phones: '9.18527E+11' }],
		['members are deleted', { operation: 'delete' }, { phones: SUPPORT }],
	])('reads no list where %s', async (_, parameters, cells) => {
		await test.engine.run({ ...FROM_SHEET, ...parameters }, [{ email: ASHA, ...cells }], CONTINUE);
		expect(lists()).toEqual([]);
	});

	it('rejects a phone that is not an org phone, names the closest, and sends the other rows', async () => {
		const rows = [
			{ email: ASHA, phones: NOBODYS },
			{ email: BEN, phones: `${SUPPORT}, 8527184400` },
			{ email: CARLA, phones: SUPPORT },
		];
		const result = await test.engine.run(FROM_SHEET, rows, CONTINUE);
		expect(result.json()).toMatchObject([
			{
				error: `Row 1, ${ASHA}: Org Phones: "${NOBODYS}" isn't the number of an org phone. The organization has: Support (918527184400), Sales (918527184401), US Desk (14155550123), 4915735983450.`,
				details: { email: ASHA, reason: 'invalidRow', applied: 'no' },
			},
			{ details: { email: BEN, reason: 'invalidRow' } },
			{ email: CARLA },
		]);
		expect(result.json()[1]?.error).toContain('Closest: Support (918527184400)');
		expect(bodies()).toEqual([{ emails: [CARLA], orgPhones: [SUPPORT] }]);
	});

	it('sends nothing where errors stop the node, and says so of dry runs too', async () => {
		for (const dryRun of [false, true]) {
			const { error } = await test.engine.run({ ...FROM_SHEET, options: { dryRun } }, [
				{ email: ASHA, phones: '918527184402' },
				{ email: BEN, phones: SUPPORT },
			]);
			expect(error?.message).toBe(
				`Row 1: Org Phones: "918527184402" isn't the number of an org phone. Closest: Support (918527184400), Sales (918527184401). Nothing was sent.`,
			);
			expect(bodies()).toEqual([]);
		}
	});

	it("takes a phone's name for its number, beside numbers", async () => {
		const rows = [
			{ email: ASHA, phones: ' support , US  DESK' },
			{ email: BEN, phones: ['Support', '+1 415 555-0123'] },
		];
		await test.engine.run(FROM_SHEET, rows);
		expect(bodies()).toEqual([{ emails: [ASHA, BEN], orgPhones: [SUPPORT, '14155550123'] }]);
	});

	it('finds a name in any spelling, and only that name', async () => {
		const name = fc
			.stringMatching(/^[A-Za-zäöüéñøжя日本🙂()&'.+-][A-Za-zäöüéñøжя日本🙂()&'.+ -]{0,12}$/u)
			.filter((text) => /\p{L}/u.test(text));
		const spellings: Array<(text: string) => string> = [
			(text) => text,
			(text) => `  ${text}\u00a0`,
			(text) => text.toLowerCase(),
			(text) => text.toUpperCase(),
			(text) => text.normalize('NFD'),
		];
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(name, { minLength: 2, maxLength: 4, selector: comparable }),
				fc.nat(),
				fc.constantFrom(...spellings),
				async (names, chosen, spelled) => {
					test.sandbox.reset();
					const phones = names.map((phone_name, index) => ({
						org_phone: `9185271844${10 + index}@c.us`,
						phone_name,
						wa_state: 'CONNECTED',
					}));
					listed({ body: JSON.stringify(phones) });
					const index = chosen % names.length;
					const written = spelled(names[index] ?? '');
					const result = await test.engine.run(FROM_SHEET, [{ email: ASHA, phones: [written] }]);
					expect(result.error?.message).toBeUndefined();
					expect(bodies()).toEqual([{ emails: [ASHA], orgPhones: [`9185271844${10 + index}`] }]);
				},
			),
			{ numRuns: 30 },
		);
	});

	it('rejects a name of several phones, and an unknown name with the list of phones', async () => {
		const phones = ['918527184400', '918527184401', '14155550123'].map((digits, index) => ({
			org_phone: `${digits}@c.us`,
			phone_name: ['Support', 'SUPPORT ', 'Sales'][index],
			wa_state: null,
		}));
		listed({ body: JSON.stringify(phones) });
		const result = await test.engine.run(
			FROM_SHEET,
			[
				{ email: ASHA, phones: 'support' },
				{ email: BEN, phones: 'Salse' },
			],
			CONTINUE,
		);
		expect(result.json().map(({ error }) => error)).toEqual([
			`Row 1, ${ASHA}: Org Phones: "support" is the name of several org phones. Use one number: 918527184400, 918527184401.`,
			`Row 2, ${BEN}: Org Phones: "Salse" isn't the number or name of an org phone. Closest: Sales (14155550123).`,
		]);
		expect(bodies()).toEqual([]);
	});

	it.each<[string, Fault]>([
		['a 403', { status: 403, body: '{"message":"No."}' }],
		['a 500', { status: 500 }],
		['no list', { body: '{"phones":[]}' }],
		['another list', { body: '[{"id":1}]' }],
		['a cut connection', { cut: true }],
	])('goes on after %s, and the hint says that and why', async (_, fault) => {
		listed(fault);
		const rows = [
			{ email: ASHA, phones: NOBODYS },
			{ email: BEN, phones: 'Support' },
		];
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { maxRetries: 0 } },
			rows,
			CONTINUE,
		);
		expect(result.json()).toMatchObject([
			{ email: ASHA },
			{
				error: expect.stringContaining(
					`Org Phones: "Support" can't be looked up, because the organization's phones couldn't be read.`,
				) as unknown,
				details: { reason: 'invalidRow', applied: 'no' },
			},
		]);
		expect(bodies()).toEqual([{ emails: [ASHA], orgPhones: [NOBODYS] }]);
		expect(result.hints[0]?.message).toMatch(/Org phones weren't checked\. .+\.$/);
	});

	it('ends the run on a 401, of a dry run too', async () => {
		listed({ status: 401, body: '{"message":"Invalid key"}' });
		for (const dryRun of [false, true]) {
			const parameters = { ...FROM_SHEET, options: { dryRun } };
			const rows = [{ email: ASHA, phones: SUPPORT }];
			const { error } = await test.engine.run(parameters, rows);
			expect(error?.message).toContain('Periskope rejected the API key');
			const continued = await test.engine.run(parameters, rows, CONTINUE);
			expect(continued.json()).toMatchObject([
				{ details: { email: ASHA, applied: 'no', httpCode: '401' } },
			]);
		}
		expect(bodies()).toEqual([]);
	});
});

const comparable = (name: string) =>
	name.normalize('NFKC').toUpperCase().replace(/\s+/g, ' ').trim();

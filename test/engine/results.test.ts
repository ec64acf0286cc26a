import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SEED_MEMBERS, SEED_PHONES } from '../sandbox/seed';
import { sandboxed } from './sandboxed';

const [ASHA = '', BEN = '', CARLA = ''] = SEED_MEMBERS;
const NOBODY = 'nobody@acme.example';
const CONTINUE = { settings: { onError: 'continueRegularOutput' as const } };
const SUPPORT = '918527184400';
const FROM_SHEET = {
	emails: '={{ $json.email }}',
	labels: '={{ $json.labels }}',
	orgPhonesMode: '={{ $json.phones ? "set" : "keep" }}',
	orgPhones: '={{ $json.phones }}',
};
/** As the page on recipes maps a plan. */
const FED_BACK = {
	emails: '={{ $json.email }}',
	role: '={{ $json.role }}',
	labelsMode: '={{ $json.labelsMode }}',
	labels: '={{ $json.labels }}',
	orgPhonesMode: '={{ $json.orgPhonesMode }}',
	orgPhones: '={{ $json.orgPhones }}',
};

describe('simplified items', () => {
	const test = sandboxed();
	const run = async (
		parameters: INodeParameters,
		rows: IDataObject[],
		options: INodeParameters = {},
	) =>
		await test.engine.run(
			{ ...FROM_SHEET, ...parameters, options: { simplify: true, ...options } },
			rows,
			CONTINUE,
		);

	it('are flat, and name labels and phones as they were requested', async () => {
		const result = await run({}, [
			{ email: `Asha.Rao@acme.example`, labels: 'sales; VIP', phones: '+91 85271-84400' },
			{ email: BEN, labels: 'VIP' },
		]);
		expect(result.json()).toEqual([
			{
				email: 'Asha.Rao@acme.example',
				updated: true,
				labels: ['sales', 'VIP'],
				orgPhones: [SUPPORT],
				role: 'member',
				member_name: 'Asha Rao',
				is_active: true,
				label_ids: [expect.any(String), expect.any(String)],
			},
			{
				email: BEN,
				updated: true,
				labels: ['VIP'],
				orgPhones: [],
				role: 'member',
				member_name: 'Ben Okafor',
				is_active: true,
				label_ids: [expect.any(String)],
			},
		]);
	});

	it('leave out labels that were kept, as only their IDs are known, and hold null as null', async () => {
		const result = await run({ labelsMode: '={{ $json.mode }}', orgPhonesMode: 'clear' }, [
			{ email: ASHA, mode: 'keep' },
			{ email: BEN, mode: 'clear' },
		]);
		const [kept, cleared] = result.json();
		expect(kept).not.toHaveProperty('labels');
		expect(kept).toMatchObject({ updated: true, orgPhones: null, label_ids: [] });
		expect(cleared).toMatchObject({ updated: true, labels: null, orgPhones: null });
	});

	it('say what else the operations did', async () => {
		const invited = await run({ operation: 'invite', orgPhonesMode: 'all' }, [
			{ email: 'nina.new@acme.example', labels: 'VIP', row_number: 5 },
		]);
		expect(invited.json()).toMatchObject([
			{
				email: 'nina.new@acme.example',
				invited: true,
				labels: ['VIP'],
				orgPhones: null,
				row_number: 5,
			},
		]);
		const deleted = await run({ operation: 'delete' }, [{ email: BEN, row_number: 6 }]);
		expect(deleted.json()).toEqual([{ email: BEN, deleted: true, row_number: 6 }]);
	});
});

describe('row_number', () => {
	const test = sandboxed();

	it('is passed on by every outcome but a raw member, and names the row', async () => {
		const rows = [
			{ row_number: 12, email: ASHA, labels: 'VIP' },
			{ row_number: 13, email: BEN, labels: '' },
			{ row_number: 14, email: NOBODY, labels: 'VIP' },
		];
		const simplified = await test.engine.run(
			{ ...FROM_SHEET, options: { simplify: true } },
			rows,
			CONTINUE,
		);
		expect(simplified.json()).toMatchObject([
			{ email: ASHA, row_number: 12 },
			{ error: `Row 13, ${BEN}: 'Labels' is empty.`, details: { row_number: 13 } },
			{
				error: expect.stringMatching(`^Row 14, ${NOBODY}: `) as unknown,
				details: { row_number: 14 },
			},
		]);
		const raw = await test.engine.run(FROM_SHEET, rows.slice(0, 1));
		expect(raw.json()[0]).not.toHaveProperty('row_number');
		const reported = await test.engine.run(
			{ ...FROM_SHEET, options: { missingMembers: 'report', dryRun: '={{ $json.dry }}' } },
			[{ row_number: 14, email: NOBODY, labels: 'VIP', dry: false }],
		);
		expect(reported.json()).toMatchObject([{ updated: false, row_number: 14 }]);
		const planned = await test.engine.run(
			{ ...FROM_SHEET, options: { dryRun: true } },
			rows,
			CONTINUE,
		);
		expect(planned.json()).toMatchObject([
			{ dryRun: true, row_number: 12 },
			{ details: { row_number: 13 } },
			{ dryRun: true, row_number: 14 },
		]);
	});

	it('names the row where the node stops, and both rows of a conflict', async () => {
		const { error } = await test.engine.run(FROM_SHEET, [
			{ row_number: 40, email: ASHA, labels: 'VIP' },
			{ row_number: 70, email: ASHA, labels: 'Sales' },
		]);
		expect(error?.description).toContain(`Row 40: ${ASHA} is on Row 40 and Row 70`);
	});

	it.each([[0], [-3], [9007199254740992]])(
		'may be any whole number, and %s is taken as it is',
		async (number) => {
			const isWhole = Number.isSafeInteger(number);
			const { error } = await test.engine.run(FROM_SHEET, [
				{ row_number: number, email: ASHA, labels: '' },
			]);
			expect(error?.message).toContain(isWhole ? `Row ${number}: ` : 'Row 1: ');
		},
	);

	it.each([['12'], [1.5], [null], [true], [{ n: 1 }]])(
		'counts for nothing where it is %j',
		async (row_number) => {
			const { error } = await test.engine.run(FROM_SHEET, [
				{ row_number, email: ASHA, labels: '' },
			]);
			expect(error?.message).toContain('Row 1: ');
		},
	);
});

describe('a plan that is fed back in', () => {
	const test = sandboxed();
	const people = SEED_MEMBERS.slice(0, 5);
	const list = (values: readonly string[]) =>
		fc
			.subarray([...values], { minLength: 0 })
			.chain((chosen) =>
				fc.constantFrom<IDataObject[string]>(chosen, chosen.join(', '), JSON.stringify(chosen)),
			);
	const labels = list(['Sales', 'VIP', 'North, South', '10,000+', 'True', '🙂']);
	const phones = list([
		...SEED_PHONES.flatMap(({ org_phone }) => org_phone ?? []),
		'Support',
		'us desk',
	]);
	const row = (modes: readonly string[]) =>
		fc.record({
			email: fc.subarray(people, { minLength: 1, maxLength: 3 }).map((emails) => emails.join('; ')),
			role: fc.constantFrom('member', 'member', 'Admin'),
			labelsMode: fc.constantFrom(...modes),
			labels,
			orgPhonesMode: fc.constantFrom(...modes),
			orgPhones: phones,
			row_number: fc.option(fc.nat(), { nil: undefined }),
		});

	it.each([
		['updateAccess', ['set', 'Set ', 'keep', 'clear']],
		['invite', ['set', 'all']],
	])(
		'sends the same requests as the sheet, whatever is in it: %s',
		async (operation, modes) => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(row(modes), { minLength: 1, maxLength: 6 }),
					fc.constantFrom('fail', 'merge', 'lastRow'),
					fc.constantFrom(1, 2, 100),
					async (rows, duplicateEmails, batchSize) => {
						const options = { duplicateEmails, batchSize, concurrentRequests: 1 };
						const sentBy = async (sheet: IDataObject[]) => {
							test.sandbox.reset();
							await test.engine.run({ operation, ...FED_BACK, options }, sheet, CONTINUE);
							// Requests that share a first row may change places, and so may fields.
							const fields = ['emails', 'role', 'labels', 'orgPhones'];
							return test.sandbox.changes.map(({ body }) => JSON.stringify(body, fields)).sort();
						};
						const fromSheet = await sentBy(rows);
						test.sandbox.reset();
						const planned = await test.engine.run(
							{ operation, ...FED_BACK, options: { ...options, dryRun: true } },
							rows,
							CONTINUE,
						);
						expect(test.sandbox.changes).toEqual([]);
						const plan = planned.json().filter(({ error }) => error === undefined);
						const requests = new Set(plan.map(({ request }) => request));
						expect(requests.size).toBe(fromSheet.length);
						// As a form, a database or a wait would store it.
						const stored = JSON.parse(JSON.stringify(plan)) as IDataObject[];
						expect(stored.length === 0 ? [] : await sentBy(stored)).toEqual(fromSheet);
					},
				),
				{ numRuns: 30 },
			);
		},
		60_000,
	);
});

describe("'Max Members'", () => {
	const test = sandboxed();
	const rows = Array.from({ length: 101 }, (_, index) => ({
		email: `m${index}@acme.example`,
		labels: 'VIP',
	}));

	it.each([
		['updateAccess', {}],
		['invite', { labelsMode: 'set', orgPhonesMode: 'all' }],
	])('sends nothing of a run about more members: %s', async (operation, more) => {
		const run = async (maxMembers?: number | string, sheet = rows, options: INodeParameters = {}) =>
			await test.engine.run(
				{
					operation,
					...FROM_SHEET,
					...more,
					options: {
						missingMembers: 'ignore',
						...options,
						...(maxMembers !== undefined && { maxMembers }),
					},
				},
				sheet,
			);
		const { error } = await run(100);
		expect(error?.message).toBe("The run has 101 members, and 'Max Members' allows 100.");
		expect(test.sandbox.requests).toEqual([]);
		const planned = await run(100, rows, { dryRun: true });
		expect(planned.hints[0]?.message).toContain(
			"Without 'Dry Run' nothing would be sent. The run has 101 members, and 'Max Members' allows 100.",
		);
		for (const allowed of [undefined, 101, '={{ "101" }}']) {
			test.sandbox.reset();
			await run(allowed);
			expect(test.sandbox.changes.length).toBeGreaterThan(0);
		}
		test.sandbox.reset();
		// An email that repeats is one member.
		await run(2, [rows[0], rows[1], { email: 'M0@acme.example', labels: 'VIP' }] as typeof rows);
		expect(test.sandbox.changes).toHaveLength(1);
	});

	it('fails every row of such a run where errors are continued', async () => {
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { maxMembers: 2 } },
			rows.slice(0, 3),
			CONTINUE,
		);
		expect(result.json()).toMatchObject(
			Array.from({ length: 3 }, () => ({ details: { reason: 'tooMany', applied: 'no' } })),
		);
		expect(test.sandbox.requests).toEqual([]);
	});

	it('sends nothing where rows disagree about it', async () => {
		const { error } = await test.engine.run(
			{ ...FROM_SHEET, options: { maxMembers: '={{ $json.max }}' } },
			[
				{ email: ASHA, labels: 'VIP', max: 5 },
				{ email: BEN, labels: 'VIP', max: 6 },
			],
		);
		expect(error?.message).toContain("'Max Members'");
		expect(test.sandbox.requests).toEqual([]);
	});
});

describe('the schemas of the output', () => {
	const test = sandboxed();
	// n8n's own keyword beside those of JSON Schema.
	const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, keywords: ['version'] });
	const schemaOf = (resource: string, operation: string) => {
		const path = `nodes/Periskope/__schema__/v1.0.0/${resource}/${operation}.json`;
		return JSON.parse(readFileSync(join(__dirname, '../..', path), 'utf8')) as {
			properties: object;
		};
	};
	const errorsIn = (schema: object, items: readonly IDataObject[]) => {
		const validate = ajv.compile(schema);
		expect(items.length).toBeGreaterThan(0);
		return items.flatMap((json) => (validate(json) ? [] : ajv.errorsText(validate.errors)));
	};
	const UPDATE = { ...FROM_SHEET, emails: CARLA, labels: 'VIP' };
	const INVITE = {
		operation: 'invite',
		emails: 'nina.new@acme.example',
		labels: 'VIP',
		orgPhonesMode: 'all',
	};

	it.each<[string, string, INodeParameters]>([
		['member', 'updateAccess', UPDATE],
		['member', 'invite', INVITE],
		['member', 'delete', { emails: ASHA }],
		['orgPhone', 'getAll', {}],
	])('name every field that comes out, and no other: %s %s', async (resource, operation, more) => {
		const result = await test.engine.run({ resource, operation, ...more });
		const schema = schemaOf(resource, operation);
		const exactly = { additionalProperties: false, required: Object.keys(schema.properties) };
		expect(errorsIn({ ...schema, ...exactly }, result.json())).toEqual([]);
	});

	it.each<[string, INodeParameters, Record<string, boolean | string>]>([
		['simplified', UPDATE, { simplify: true }],
		['planned', UPDATE, { dryRun: true }],
		['not returned', { ...UPDATE, emails: NOBODY }, { missingMembers: 'report' }],
		['without access', { ...UPDATE, labelsMode: 'clear', orgPhonesMode: 'clear' }, {}],
		['simplified without access', { ...UPDATE, labelsMode: 'clear' }, { simplify: true }],
		['invited, simplified', INVITE, { simplify: true }],
		['deleted in a plan', { operation: 'delete', emails: ASHA }, { dryRun: true }],
		['failed', { ...UPDATE, emails: NOBODY }, {}],
	])('have the types of what comes out: %s', async (_, parameters, options) => {
		const operation = (parameters.operation as string | undefined) ?? 'updateAccess';
		const result = await test.engine.run({ ...parameters, options }, [{}], CONTINUE);
		expect(errorsIn(schemaOf('member', operation), result.json())).toEqual([]);
	});
});

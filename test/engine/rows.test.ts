import { describe, expect, it } from '@jest/globals';

import { SEED_MEMBERS } from '../sandbox/organization';
import { sandboxed } from './sandboxed';

const ASHA = 'asha.rao@acme.example';
const BEN = 'ben.okafor@acme.example';
const CARLA = 'carla.mendes@acme.example';
const PHONE = '918527184400';

const FROM_SHEET = {
	emails: '={{ $json.email }}',
	labelsMode: '={{ $json.labelsMode ?? "set" }}',
	labels: '={{ $json.labels }}',
	orgPhonesMode: '={{ $json.phonesMode ?? "keep" }}',
	orgPhones: '={{ $json.phones }}',
};

describe('rows to items', () => {
	const test = sandboxed();

	it('sends what the vendor documents for its own example', async () => {
		await test.engine.run({
			emails: 'test@example.com',
			labels: 'Sales',
			orgPhonesMode: 'set',
			orgPhones: ['918824248940'],
			options: { missingMembers: 'report', checkOrgPhones: false },
		});
		const [request] = test.sandbox.requests;
		expect(request).toMatchObject({ method: 'PATCH', path: '/members/access' });
		expect(request?.rawBody).toBe(
			'{"emails":["test@example.com"],"labels":["Sales"],"orgPhones":["918824248940"]}',
		);
		expect(request?.headers).toMatchObject({
			authorization: `Bearer ${test.sandbox.apiKey}`,
			'content-type': 'application/json',
		});
		expect(request?.headers).not.toHaveProperty('x-phone');
	});

	it('gives each differing row its own access, and its own item in its own place', async () => {
		const result = await test.engine.run(FROM_SHEET, [
			{ email: ASHA, labels: 'Sales, VIP', phonesMode: 'set', phones: PHONE },
			{ email: `${BEN}; ${CARLA}`, labels: ['Support'] },
			{ email: ['dev.patel@acme.example'], labelsMode: 'clear' },
			{
				email: 'elif.kaya@acme.example',
				labelsMode: 'keep',
				phonesMode: 'set',
				phones: [PHONE, '+1 415-555-0123'],
			},
		]);
		expect(result.error).toBeUndefined();
		expect(result.items().map(({ json, pairedItem }) => [json.email, pairedItem])).toEqual([
			[ASHA, { item: 0 }],
			[BEN, { item: 1 }],
			[CARLA, { item: 1 }],
			['dev.patel@acme.example', { item: 2 }],
			['elif.kaya@acme.example', { item: 3 }],
		]);
		const { organization } = test.sandbox;
		expect(organization.accessOf(ASHA)).toEqual({ labels: ['Sales', 'VIP'], orgPhones: [PHONE] });
		expect(organization.accessOf(BEN)).toEqual({ labels: ['Support'], orgPhones: [] });
		expect(organization.accessOf('dev.patel@acme.example')).toEqual({
			labels: null,
			orgPhones: [],
		});
		expect(organization.accessOf('elif.kaya@acme.example')).toEqual({
			labels: [],
			orgPhones: [PHONE, '14155550123'],
		});
	});

	it('returns the member as Periskope returned it', async () => {
		const { engine, sandbox } = test;
		const result = await engine.run({ emails: ASHA, labels: 'Sales' });
		expect(result.json()).toEqual([sandbox.organization.member(ASHA)]);
	});

	it('simplifies a member to its main fields, with org phones as digits', async () => {
		const result = await test.engine.run({
			emails: ASHA,
			labelsMode: 'keep',
			orgPhonesMode: 'set',
			orgPhones: [PHONE],
			options: { simplify: true },
		});
		expect(result.json()).toEqual([
			{
				email: ASHA,
				updated: true,
				orgPhones: [PHONE],
				role: 'member',
				member_name: 'Asha Rao',
				is_active: true,
				label_ids: [],
			},
		]);
	});

	it('shares requests between rows that ask for the same access, in batches', async () => {
		const emails = [ASHA, BEN, CARLA, 'dev.patel@acme.example', 'elif.kaya@acme.example'];
		const rows = emails.map((email, index) => ({ email, labels: index === 2 ? 'VIP' : 'Sales' }));
		const result = await test.engine.run({ ...FROM_SHEET, options: { batchSize: 3 } }, rows);
		expect(result.json().map(({ email }) => email)).toEqual(emails);
		const bodies = test.sandbox.requests.map(({ body }) => body);
		expect(bodies).toHaveLength(3);
		expect(bodies).toContainEqual({ emails: [ASHA, BEN, emails[3]], labels: ['Sales'] });
		expect(bodies).toContainEqual({ emails: [CARLA], labels: ['VIP'] });
		expect(bodies).toContainEqual({ emails: [emails[4]], labels: ['Sales'] });
	});

	it('matches emails whatever their case, and sends the spelling of the user', async () => {
		test.sandbox.unknowns.emailCase = 'lowered';
		const result = await test.engine.run({ emails: 'Asha.RAO@acme.example', labels: 'Sales' });
		expect(result.json()).toMatchObject([{ email: ASHA }]);
		expect(test.sandbox.requests[0]?.body).toMatchObject({ emails: ['Asha.RAO@acme.example'] });
	});

	it('sends an email on several equal rows once, and returns a result for each row', async () => {
		const result = await test.engine.run(FROM_SHEET, [
			{ email: ASHA, labels: 'Sales, VIP' },
			{ email: ASHA.toUpperCase(), labels: 'vip; sales' },
		]);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(test.sandbox.requests).toHaveLength(1);
	});

	it('never outputs a member that was not requested, and names it in the hint', async () => {
		const stranger = {
			email: 'stranger@acme.example',
			role: 'member',
			label_ids: [],
			org_phones: [],
		};
		test.sandbox.faults = [{ body: JSON.stringify([{ email: ASHA }, stranger]), applied: true }];
		const result = await test.engine.run(FROM_SHEET, [{ email: ASHA, labels: 'Sales' }]);
		expect(result.items()).toEqual([{ json: { email: ASHA }, pairedItem: { item: 0 } }]);
		expect(result.hints[0]?.message).toContain(
			"Periskope returned 1 member that you didn't request: stranger@acme.example. Check in Periskope",
		);
	});

	it('gives each row objects of its own, nested ones too', async () => {
		const rows = [
			{ email: ASHA, labels: 'Sales' },
			{ email: ASHA, labels: 'Sales' },
		];
		const nested = (json: object): object[] =>
			Object.values(json).flatMap((value: unknown) =>
				typeof value === 'object' && value !== null ? [value, ...nested(value)] : [],
			);
		for (const options of [
			{},
			{ simplify: true },
			{ dryRun: true },
			{ missingMembers: 'report' },
		]) {
			const result = await test.engine.run({ ...FROM_SHEET, options }, rows);
			const [one = {}, other = {}] = result.json();
			expect(other).toEqual(one);
			for (const object of [one, ...nested(one)]) {
				expect([other, ...nested(other)].every((twin) => twin !== object)).toBe(true);
			}
		}
	});

	it('does nothing on an empty input', async () => {
		const result = await test.engine.run({ emails: ASHA, labels: 'Sales' }, []);
		expect(result.error).toBeUndefined();
		expect(result.items()).toEqual([]);
		expect(test.sandbox.requests).toEqual([]);
	});

	it('sums a run of several rows up in a hint, and says nothing of a single plain update', async () => {
		const rows = [
			{ email: ASHA, labels: 'Sales' },
			{ email: BEN, labels: 'Sales' },
		];
		expect((await test.engine.run(FROM_SHEET, rows)).hints).toEqual([
			{ message: '2 members updated with 1 request.', type: 'info', location: 'outputPane' },
		]);
		expect((await test.engine.run(FROM_SHEET, rows.slice(0, 1))).hints).toEqual([]);
	});

	it('runs as many requests in parallel as the option allows', async () => {
		const rows = SEED_MEMBERS.map((email) => ({
			email,
			labels: `Team of ${email.split('@')[0] ?? ''}`,
		}));
		test.sandbox.onRequest = () => ({ delayMs: 20 });
		await test.engine.run({ ...FROM_SHEET, options: { concurrentRequests: 3 } }, rows);
		expect(test.sandbox.requests).toHaveLength(rows.length);
		expect(test.sandbox.mostInFlight).toBe(3);
	});
});

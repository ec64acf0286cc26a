import { describe, expect, it } from '@jest/globals';

import { SEED_MEMBERS } from '../sandbox/seed';
import { sandboxed } from './sandboxed';

const ASHA = 'asha.rao@acme.example';
const BEN = 'ben.okafor@acme.example';
const ADMIN = 'arun.admin@acme.example';
const NOBODY = 'nobody@acme.example';
const SALES = { labelsMode: 'set', labels: ['Sales'], orgPhonesMode: 'keep' };
const FROM_SHEET = { emails: '={{ $json.email }}', labels: '={{ $json.labels }}' };

describe('Dry Run', () => {
	const test = sandboxed();

	it('outputs the plan and sends nothing', async () => {
		const result = await test.engine.run(
			{
				emails: '={{ $json.email }}',
				labelsMode: '={{ $json.mode }}',
				labels: '={{ $json.labels }}',
				orgPhonesMode: '={{ $json.phones ? "set" : "keep" }}',
				orgPhones: '={{ $json.phones }}',
				options: { dryRun: true, batchSize: 1 },
			},
			[
				{ email: `${ASHA}, ${BEN}`, mode: 'set', labels: 'Sales' },
				{ email: 'mei.chen@acme.example', mode: 'clear' },
				{ email: 'hugo.martin@acme.example', mode: 'keep', phones: '+91 8527184400' },
			],
		);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 2].map((item) => ({ item })),
		);
		expect(result.json()).toEqual([
			{ email: ASHA, ...SALES, request: 1, dryRun: true },
			{ email: BEN, ...SALES, request: 2, dryRun: true },
			{
				email: 'mei.chen@acme.example',
				labelsMode: 'clear',
				labels: null,
				orgPhonesMode: 'keep',
				request: 3,
				dryRun: true,
			},
			{
				email: 'hugo.martin@acme.example',
				labelsMode: 'keep',
				orgPhonesMode: 'set',
				orgPhones: ['918527184400'],
				request: 4,
				dryRun: true,
			},
		]);
		expect(result.hints[0]?.message).toBe('Dry run: 4 emails planned, nothing sent.');
		expect(test.sandbox.changes).toEqual([]);
	});

	const BY_ROW = { ...FROM_SHEET, options: { dryRun: '={{ $json.dry }}' } };

	it('can come from the rows, as text too', async () => {
		const result = await test.engine.run(BY_ROW, [
			{ email: ASHA, labels: 'Sales', dry: 'TRUE' },
			{ email: BEN, labels: 'Sales', dry: true },
		]);
		expect(result.json()).toMatchObject([
			{ email: ASHA, dryRun: true },
			{ email: BEN, dryRun: true },
		]);
		expect(test.sandbox.requests).toEqual([]);
	});

	it('has to be the same on all rows, or nothing is sent', async () => {
		const rows = [
			{ email: ASHA, labels: 'Sales', dry: false },
			{ email: ASHA, labels: 'VIP', dry: true },
		];
		const { error } = await test.engine.run(BY_ROW, rows);
		expect(error?.message).toBe(
			"Row 2: 'Dry Run' is true here and false on Row 1. It must be the same on all rows. Nothing was sent.",
		);
		expect(test.sandbox.requests).toEqual([]);
	});

	it.each([
		['differs on a later row', [false, true, false]],
		['cannot be read on a later row', [false, 'maybe', false]],
		['cannot be read on the first row', ['', false, false]],
	])('sends nothing if it %s, also with errors continued', async (_, values) => {
		const rows = SEED_MEMBERS.slice(0, 3).map((email, row) => ({
			email,
			labels: 'Sales',
			dry: values[row],
		}));
		const result = await test.engine.run(BY_ROW, rows, {
			settings: { onError: 'continueRegularOutput' },
		});
		expect(result.json().every(({ error }) => (error as string).includes('Dry Run'))).toBe(true);
		expect(result.json()).toHaveLength(3);
		expect(test.sandbox.requests).toEqual([]);
	});
});

describe('When an Email Repeats', () => {
	const test = sandboxed();
	const rows = [
		{ email: ASHA, labels: 'Sales' },
		{ email: BEN, labels: 'Sales' },
		{ email: ASHA.toUpperCase(), labels: 'VIP' },
	];

	it('fails before anything is sent, naming both rows', async () => {
		const { error } = await test.engine.run(FROM_SHEET, rows);
		expect(error?.message).toContain('2 rows need correction. Nothing was sent.');
		expect(error?.description).toContain('is on Row 1 and Row 3, which differ in Labels');
		expect(test.sandbox.requests).toEqual([]);
	});

	it('fails on the rows of that email alone when errors are continued', async () => {
		const result = await test.engine.run(FROM_SHEET, rows, {
			settings: { onError: 'continueRegularOutput' },
		});
		expect(
			result.json().map(({ error, email }) => (error === undefined ? email : 'failed')),
		).toEqual(['failed', BEN, 'failed']);
		expect(test.sandbox.requests.map(({ body }) => body)).toEqual([
			{ emails: [BEN], labels: ['Sales'] },
		]);
	});

	it('merges the lists of all rows', async () => {
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { duplicateEmails: 'merge' } },
			rows,
		);
		expect(result.items()).toHaveLength(3);
		expect(test.sandbox.organization.accessOf(ASHA)?.labels).toEqual(['Sales', 'VIP']);
	});

	it('uses the last row', async () => {
		await test.engine.run({ ...FROM_SHEET, options: { duplicateEmails: 'lastRow' } }, rows);
		expect(test.sandbox.organization.accessOf(ASHA)?.labels).toEqual(['VIP']);
	});

	it('has to be the same on all rows', async () => {
		const { error } = await test.engine.run(
			{ ...FROM_SHEET, options: { duplicateEmails: '={{ $json.how }}' } },
			rows.map((row, index) => ({ ...row, how: index === 1 ? 'merge' : 'lastRow' })),
		);
		expect(error?.message).toBe(
			"Row 2: 'When an Email Repeats' is merge here and lastRow on Row 1. It must be the same on all rows. Nothing was sent.",
		);
	});
});

describe('When a List Is Empty', () => {
	const test = sandboxed();

	it('can keep a field unchanged where its cell is blank', async () => {
		const parameters = {
			...FROM_SHEET,
			orgPhonesMode: 'set',
			orgPhones: '={{ $json.phones }}',
			options: { emptyLists: 'keep' },
		};
		const result = await test.engine.run(parameters, [
			{ email: ASHA, labels: '', phones: '918527184400' },
			{ email: BEN, labels: 'Sales', phones: ' ' },
		]);
		expect(result.error).toBeUndefined();
		expect(test.sandbox.requests.map(({ body }) => body)).toEqual(
			expect.arrayContaining([
				{ emails: [ASHA], orgPhones: ['918527184400'] },
				{ emails: [BEN], labels: ['Sales'] },
			]),
		);
	});

	it('refuses a row in which nothing is left to change', async () => {
		const { error } = await test.engine.run({ ...FROM_SHEET, options: { emptyLists: 'keep' } }, [
			{ email: ASHA, labels: '' },
		]);
		expect(error?.message).toContain('Nothing to update');
	});
});

describe("When a Member Isn't Returned", () => {
	const test = sandboxed();
	const rows = [
		{ email: NOBODY, labels: 'Sales' },
		{ email: ASHA, labels: 'Sales' },
		{ email: ADMIN, labels: 'Sales' },
	];

	it('fail the node after all requests, naming each', async () => {
		const { error } = await test.engine.run(FROM_SHEET, rows);
		expect(error?.name).toBe('NodeOperationError');
		expect(error?.message).toContain('2 emails failed. First: Row 1');
		expect(error?.description).toContain(`Row 3, ${ADMIN}`);
		expect(error?.description).toContain('1 of 3 emails updated');
		expect(error?.context.itemIndex).toBe(0);
	});

	it('are reported in items of their own', async () => {
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { missingMembers: 'report' } },
			rows,
		);
		expect(result.json()[0]).toEqual({
			email: NOBODY,
			updated: false,
			reason: "Periskope didn't return this member, so the change isn't confirmed.",
			...SALES,
		});
		expect(result.json()[2]).toMatchObject({ email: ADMIN, updated: false });
		expect(result.hints[0]).toMatchObject({ type: 'warning' });
	});

	it('are left out, but counted in the hint', async () => {
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { missingMembers: 'ignore' } },
			rows,
		);
		expect(result.json().map(({ email }) => email)).toEqual([ASHA]);
		expect(result.hints[0]?.message).toContain("Left out 2 emails that Periskope didn't return");
	});
});

describe("What Periskope's pages leave open", () => {
	const test = sandboxed();
	const continued = { settings: { onError: 'continueRegularOutput' as const } };

	it('unknown emails that are rejected fail with their name', async () => {
		test.sandbox.unknowns.unknownEmails = 'rejected';
		const result = await test.engine.run({ emails: NOBODY, labels: 'Sales' }, [{}], continued);
		expect(result.json()).toMatchObject([
			{ details: { httpCode: '422', fields: { emails: { value: NOBODY } } } },
		]);
	});

	it('admins that are returned fail, as their access is not limited', async () => {
		test.sandbox.unknowns.admins = 'returned';
		const result = await test.engine.run({ emails: ADMIN, labels: 'Sales' }, [{}], continued);
		expect(result.json()).toMatchObject([
			{
				error: expect.stringContaining(
					'This member is an admin. Admins have access to everything.',
				) as unknown,
				details: { email: ADMIN, reason: 'accessMismatch', applied: 'unknown' },
			},
		]);
	});

	it('unknown labels that are rejected fail with their name', async () => {
		test.sandbox.unknowns.unknownLabels = 'rejected';
		const result = await test.engine.run({ emails: ASHA, labels: 'Salse' }, [{}], continued);
		expect(result.json()[0]?.error).toContain('There is no label Salse');
	});

	it('unknown labels that are created are set', async () => {
		await test.engine.run({ emails: ASHA, labels: 'Brand new' });
		expect(test.sandbox.organization.accessOf(ASHA)?.labels).toEqual(['Brand new']);
	});
});

describe('modes, roles and choices from a sheet', () => {
	const test = sandboxed();

	it('are taken trimmed and in any case', async () => {
		const result = await test.engine.run(
			{
				emails: '={{ $json.email }}',
				labelsMode: '={{ $json.mode }}',
				labels: 'Sales',
				orgPhonesMode: ' Keep ',
				options: { missingMembers: '={{ $json.missing }}', duplicateEmails: 'LASTROW' },
			},
			[
				{ email: ASHA, mode: 'Set', missing: 'Fail' },
				{ email: BEN, mode: ' CLEAR\n', missing: 'fail' },
				{ email: NOBODY, mode: 'sET', missing: ' Report' },
			],
		);
		expect(result.json()[2]).toMatchObject({ email: NOBODY, updated: false });
		expect(test.sandbox.requests.map(({ body }) => body)).toEqual(
			expect.arrayContaining([
				{ emails: [ASHA, NOBODY], labels: ['Sales'] },
				{ emails: [BEN], labels: null },
			]),
		);
	});

	it('invite with the role that they name', async () => {
		const parameters = { operation: 'invite', emails: NOBODY, role: '={{ $json.role }}' };
		await test.engine.run(parameters, [{ role: ' ADMIN ' }]);
		expect(test.sandbox.requests.map(({ body }) => body)).toEqual([
			{ emails: [NOBODY], role: 'admin' },
		]);
	});
});

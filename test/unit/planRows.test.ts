import { describe, expect, it } from '@jest/globals';

import type { MemberChange } from '../../nodes/Periskope/steps/1-read/memberChange';
import type { RowOptions } from '../../nodes/Periskope/steps/1-read/options';
import type { ReadRow } from '../../nodes/Periskope/steps/1-read/readRows';
import type { DuplicateEmails } from '../../nodes/Periskope/steps/2-plan/foldRows';
import { planRows, plannedWith, refusalsOf } from '../../nodes/Periskope/steps/2-plan/planRows';

const OPTIONS: RowOptions = {
	dryRun: false,
	emptyLists: 'fail',
	missingMembers: 'fail',
	output: 'full',
};
const DRY: Partial<RowOptions> = { dryRun: true };

const good = (index: number, change: MemberChange, options: Partial<RowOptions> = {}): ReadRow => ({
	index,
	options: { ...OPTIONS, ...options },
	change,
});
const bad = (index: number, emails: string[], problems: string[]): ReadRow => ({
	index,
	options: OPTIONS,
	emails,
	problems,
});

const planOf = (
	rows: readonly ReadRow[],
	duplicateEmails: DuplicateEmails = 'fail',
	batchSize = 100,
) => planRows(rows, { batchSize, duplicateEmails });

/** What keeps each row from being sent, in the order of the rows. */
const refusalsOfAll = (rows: readonly ReadRow[], duplicateEmails?: DuplicateEmails) => {
	const plan = planOf(rows, duplicateEmails);
	return rows.map((row) => refusalsOf(row, plan));
};

describe('a plan', () => {
	it('sends the rows that can be read, in batches as large as the options say', () => {
		const rows = [
			good(0, { emails: ['a@x.co', 'b@x.co'], labels: ['Sales'] }),
			bad(1, ['c@x.co'], ['Labels is empty']),
			good(2, { emails: ['d@x.co'], labels: ['Sales'] }),
		];
		const { toSend, dryRun } = planOf(rows, 'fail', 2);
		expect(toSend.requests).toEqual([
			{ emails: ['a@x.co', 'b@x.co'], rows: [0, 0], access: { labels: ['Sales'] } },
			{ emails: ['d@x.co'], rows: [2], access: { labels: ['Sales'] } },
		]);
		expect(dryRun.requests).toEqual([]);
	});

	it('keeps rows of a dry run apart: they are not sent, and conflict with none that is', () => {
		const rows = [
			good(0, { emails: ['a@x.co'], labels: ['Sales'] }),
			good(1, { emails: ['A@x.co'], labels: ['VIP'] }, DRY),
			good(2, { emails: ['b@x.co'], labels: ['VIP'] }, DRY),
		];
		const plan = planOf(rows);
		expect(plan.toSend).toEqual({
			requests: [{ emails: ['a@x.co'], rows: [0], access: { labels: ['Sales'] } }],
			conflicts: new Map(),
		});
		expect(plan.dryRun).toEqual({
			requests: [{ emails: ['A@x.co', 'b@x.co'], rows: [1, 2], access: { labels: ['VIP'] } }],
			conflicts: new Map(),
		});
		expect(rows.map((row) => refusalsOf(row, plan).size)).toEqual([0, 0, 0]);
	});

	it('finds conflicts among rows of a dry run, and holds no row back that is sent', () => {
		const rows = [
			good(0, { emails: ['a@x.co'], labels: ['Sales'] }, DRY),
			good(1, { emails: ['a@x.co'], labels: ['VIP'] }, DRY),
			good(2, { emails: ['a@x.co'], labels: ['North'] }),
		];
		const plan = planOf(rows);
		expect(plan.dryRun.requests).toEqual([]);
		expect(plan.toSend.requests).toEqual([
			{ emails: ['a@x.co'], rows: [2], access: { labels: ['North'] } },
		]);
		expect(rows.map((row) => [...refusalsOf(row, plan).keys()])).toEqual([
			['a@x.co'],
			['a@x.co'],
			[],
		]);
		expect(rows.map((row) => plannedWith(row, plan))).toEqual([
			plan.dryRun,
			plan.dryRun,
			plan.toSend,
		]);
	});

	it('treats an email on several rows as the options say', () => {
		const rows = [
			good(0, { emails: ['a@x.co'], labels: ['Sales'] }),
			good(1, { emails: ['a@x.co'], labels: ['VIP'] }),
		];
		const labelsWith = (duplicateEmails: DuplicateEmails) =>
			planOf(rows, duplicateEmails).toSend.requests.map(({ access }) => access.labels);
		expect(labelsWith('fail')).toEqual([]);
		expect(labelsWith('merge')).toEqual([['Sales', 'VIP']]);
		expect(labelsWith('lastRow')).toEqual([['VIP']]);
	});

	it('is empty where no row had options to run with', () => {
		const rows = [
			bad(0, ['a@x.co'], ['Batch Size is empty']),
			good(1, { emails: ['b@x.co'], labels: null }),
			good(2, { emails: ['c@x.co'], labels: null }, DRY),
		];
		const nothing = { requests: [], conflicts: new Map() };
		expect(planRows(rows, undefined)).toEqual({ toSend: nothing, dryRun: nothing });
	});
});

describe('a row that cannot be read', () => {
	const advices = {
		advice: 'Nothing was sent for this row. Correct it and run it again.',
		adviceForMany: 'Correct these rows and run again.',
	};

	it('is refused once for each of its emails, with everything that is wrong with it', () => {
		const row = bad(3, ['A@x.co', 'b@x.co'], ['Labels is empty', 'Org Phones is empty']);
		const failure = { row: 3, what: 'Labels is empty. Org Phones is empty', ...advices };
		expect(refusalsOf(row, planOf([row]))).toEqual(
			new Map([
				['a@x.co', { ...failure, details: { email: 'A@x.co' } }],
				['b@x.co', { ...failure, details: { email: 'b@x.co' } }],
			]),
		);
	});

	it('names ten of the things that are wrong with it, and counts the rest', () => {
		const refusal = (count: number) =>
			refusalsOfAll([
				bad(
					0,
					['a@x.co'],
					Array.from({ length: count }, (_, n) => `P${n}`),
				),
			])[0]?.get('a@x.co')?.what;
		expect(refusal(10)).toBe('P0. P1. P2. P3. P4. P5. P6. P7. P8. P9');
		expect(refusal(1011)).toBe('P0. P1. P2. P3. P4. P5. P6. P7. P8. P9. … and 1,001 more');
	});

	it('is refused once where it has no email, and names none', () => {
		const row = bad(5, [], ['Emails is empty']);
		const refusals = refusalsOf(row, planOf([row]));
		expect([...refusals.values()]).toEqual([
			{ row: 5, what: 'Emails is empty', ...advices, details: {} },
		]);
	});

	it('is refused for what is wrong with it, though its email is in a conflict elsewhere', () => {
		const [, , refusals] = refusalsOfAll([
			good(0, { emails: ['a@x.co'], labels: ['Sales'] }),
			good(1, { emails: ['a@x.co'], labels: ['VIP'] }),
			bad(2, ['a@x.co'], ['Labels is empty']),
		]);
		expect(refusals?.get('a@x.co')).toEqual({
			row: 2,
			what: 'Labels is empty',
			...advices,
			details: { email: 'a@x.co' },
		});
	});

	it('takes no part in a conflict, and holds no other row with its email back', () => {
		const [refusals] = refusalsOfAll([
			good(0, { emails: ['a@x.co'], labels: ['Sales'] }),
			bad(1, ['a@x.co'], ['Labels is empty']),
		]);
		expect(refusals?.size).toBe(0);
	});
});

describe('an email on rows that differ', () => {
	const twoRows = (one: Partial<MemberChange>, other: Partial<MemberChange>) => [
		good(6, { emails: ['Asha@x.co'], ...one }),
		good(9, { emails: ['asha@X.co'], ...other }),
	];

	it('is refused on each of them, as that row spells it, with both rows counted from 1', () => {
		const advice =
			'Nothing was sent for this email. Leave one row for it, or choose under Duplicate Emails to merge the rows or to use the last one. Null cannot be merged with a list, nor one role with another.';
		const why = 'is on several rows that differ in Labels (row 7 and row 10)';
		expect(refusalsOfAll(twoRows({ labels: ['Sales'] }, { labels: ['VIP'] }))).toEqual([
			new Map([
				[
					'asha@x.co',
					{ row: 6, what: `Asha@x.co ${why}`, advice, details: { email: 'Asha@x.co' } },
				],
			]),
			new Map([
				[
					'asha@x.co',
					{ row: 9, what: `asha@X.co ${why}`, advice, details: { email: 'asha@X.co' } },
				],
			]),
		]);
	});

	it('is refused with the field that they differ in, as the editor names it', () => {
		const [refusals] = refusalsOfAll(
			twoRows(
				{ labels: ['Sales'], orgPhones: ['9111111'] },
				{ labels: ['Sales'], orgPhones: null },
			),
		);
		expect(refusals?.get('asha@x.co')?.what).toContain('differ in Org Phones (row 7 and row 10)');
	});

	it('is refused on a third row with the first two that differ', () => {
		const refusals = refusalsOfAll([
			...twoRows({ labels: ['Sales'] }, { labels: ['VIP'] }),
			good(12, { emails: ['asha@x.co'], labels: ['North'] }),
		]);
		expect(refusals[2]?.get('asha@x.co')).toMatchObject({
			row: 12,
			what: 'asha@x.co is on several rows that differ in Labels (row 7 and row 10)',
		});
	});

	it('is refused alone: the other emails of its rows are sent', () => {
		const rows = [
			good(0, { emails: ['a@x.co', 'b@x.co'], labels: ['Sales'] }),
			good(1, { emails: ['c@x.co', 'a@x.co', 'd@x.co'], labels: ['VIP'] }),
			good(2, { emails: ['e@x.co'], labels: ['VIP'] }),
		];
		const plan = planOf(rows);
		expect(rows.map((row) => [...refusalsOf(row, plan).keys()])).toEqual([
			['a@x.co'],
			['a@x.co'],
			[],
		]);
		expect(plan.toSend.requests.map(({ emails }) => emails)).toEqual([
			['b@x.co'],
			['c@x.co', 'd@x.co', 'e@x.co'],
		]);
	});

	it('is not refused where the options say what to do with them', () => {
		const rows = twoRows({ labels: ['Sales'] }, { labels: ['VIP'] });
		for (const duplicateEmails of ['merge', 'lastRow'] as const) {
			expect(refusalsOfAll(rows, duplicateEmails).map(({ size }) => size)).toEqual([0, 0]);
		}
	});
});

describe('a plan with a limit', () => {
	const rows = [
		good(0, { emails: ['a@x.co', 'b@x.co'] }),
		bad(1, ['c@x.co'], ['No']),
		good(2, { emails: ['B@x.co'] }),
		good(3, { emails: ['d@x.co', 'e@x.co'] }, DRY),
	];
	const planWith = (mostMembers: number) =>
		planRows(rows, { batchSize: 1, duplicateEmails: 'fail', mostMembers });

	it('sends nothing where it would be about more members, and refuses each email with the number', () => {
		const plan = planWith(1);
		expect(plan.toSend.requests).toEqual([]);
		expect(plan.toSend.tooMany).toEqual({ members: 2, most: 1 });
		for (const row of [rows[0], rows[2]]) {
			for (const { what } of row ? refusalsOf(row, plan).values() : []) {
				expect(what).toBe('The run would delete 2 members, and Max Deletions allows 1');
			}
		}
		const refused = refusalsOf(rows[0] as ReadRow, plan);
		expect([...refused.keys()]).toEqual(['a@x.co', 'b@x.co']);
		expect(refused.get('b@x.co')).toMatchObject({
			advice: expect.stringMatching(/^Nothing was sent. .* raise Max Deletions/) as unknown,
			details: { email: 'b@x.co' },
			isOfRun: true,
		});
	});

	it('counts an email once, and no row that cannot be read', () => {
		expect(planWith(2).toSend.requests).toHaveLength(2);
	});

	it('does not limit a dry run, which shows them all', () => {
		const plan = planWith(1);
		expect(plan.dryRun.requests).toHaveLength(2);
		expect(refusalsOf(rows[3] as ReadRow, plan).size).toBe(0);
	});
});

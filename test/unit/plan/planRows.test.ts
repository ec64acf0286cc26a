import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Failure } from '../../../nodes/Periskope/rowFailure';
import type { DuplicateEmails, RunOptions } from '../../../nodes/Periskope/options';
import { planRows, type PlanLimits } from '../../../nodes/Periskope/plan/planRows';
import type { ReadRow } from '../../../nodes/Periskope/read/readRows';
import { duplicateEmails, emailKey, readable, sheetWithUnreadable, unreadable } from './sheet';

const atMost = (members: number): PlanLimits['max'] => ({ members, option: 'maxDeletions' });

type PlanOptions = Pick<RunOptions, 'dryRun' | 'duplicateEmails'>;

const planOf = (
	rows: readonly ReadRow[],
	options: Partial<PlanOptions> = {},
	limits: Partial<PlanLimits> = {},
) =>
	planRows(
		rows,
		{ dryRun: false, duplicateEmails: 'fail', ...options },
		{ batchSize: 100, max: atMost(Infinity), ...limits },
	);

const emailsOf = (row: ReadRow) => (row.kind === 'change' ? row.change.emails : row.emails);

describe('planRows', () => {
	it('plans the rows that can be read, in batches as large as the limit says', () => {
		const rows = [
			readable(0, { emails: ['a@x.co', 'b@x.co'], labels: ['Sales'] }),
			unreadable(1, ['c@x.co'], ["'Labels' is empty"]),
			readable(2, { emails: ['d@x.co'], labels: ['Sales'] }),
		];
		const { requests, rejected, blockedBy } = planOf(rows, {}, { batchSize: 2 });
		expect(requests).toEqual([
			{ emails: ['a@x.co', 'b@x.co'], rows: [0, 0], access: { labels: ['Sales'] } },
			{ emails: ['d@x.co'], rows: [2], access: { labels: ['Sales'] } },
		]);
		expect([...rejected.keys()]).toEqual([1]);
		expect(blockedBy).toBeUndefined();
	});

	it('treats an email on several rows as the option says', () => {
		const rows = [
			readable(0, { emails: ['a@x.co'], labels: ['Sales'] }),
			readable(1, { emails: ['a@x.co'], labels: ['VIP'] }),
		];
		const labelsWith = (handling: DuplicateEmails) =>
			planOf(rows, { duplicateEmails: handling }).requests.map(({ access }) => access.labels);
		expect(labelsWith('fail')).toEqual([]);
		expect(labelsWith('merge')).toEqual([['Sales', 'VIP']]);
		expect(labelsWith('lastRow')).toEqual([['VIP']]);
	});

	it('rejects an email in conflict alone, and sends the other emails of its rows', () => {
		const rows = [
			readable(0, { emails: ['a@x.co', 'b@x.co'], labels: ['Sales'] }),
			readable(1, { emails: ['c@x.co', 'a@x.co', 'd@x.co'], labels: ['VIP'] }),
			readable(2, { emails: ['e@x.co'], labels: ['VIP'] }),
		];
		const { requests, rejected } = planOf(rows);
		expect([...rejected].map(([row, emails]) => [row, [...emails.keys()]])).toEqual([
			[0, ['a@x.co']],
			[1, ['a@x.co']],
		]);
		expect(requests.map(({ emails }) => emails)).toEqual([
			['b@x.co'],
			['c@x.co', 'd@x.co', 'e@x.co'],
		]);
	});

	it.each(['fail', 'merge', 'lastRow'] as const)(
		'holds an email back on all rows where one of them cannot be read, with "%s" too',
		(handling) => {
			const { requests, rejected } = planOf(
				[
					readable(0, { emails: ['A@x.co', 'b@x.co'], labels: ['Sales'] }),
					unreadable(1, ['a@x.co'], ["'Labels' is empty"]),
					readable(2, { emails: ['a@x.co'], labels: ['Sales'] }),
					unreadable(3, ['a@X.co'], ['Role is empty']),
				],
				{ duplicateEmails: handling },
			);
			expect(requests.map(({ emails }) => emails)).toEqual([['b@x.co']]);
			const reasons = [...rejected].map(([row, emails]) => [
				row,
				[...emails].map(([key, { what }]) => [key, what]),
			]);
			expect(reasons).toEqual([
				[0, [['a@x.co', 'A@x.co is also on Row 2, which needs correction']]],
				[1, [['a@x.co', "'Labels' is empty"]]],
				[2, [['a@x.co', 'a@x.co is also on Row 2, which needs correction']]],
				[3, [['a@x.co', 'Role is empty']]],
			]);
		},
	);

	it('sends an email with a k though a row that cannot be read names one with a Kelvin sign', () => {
		const { requests, rejected } = planOf([
			readable(0, { emails: ['ken@x.io'], labels: ['Sales'] }),
			unreadable(1, ['\u212aen@x.io'], ["'Labels' is empty"]),
		]);
		expect(requests.map(({ emails }) => emails)).toEqual([['ken@x.io']]);
		expect([...rejected.keys()]).toEqual([1]);
	});

	it('plans nothing where there is no row, or none that can be read', () => {
		expect(planOf([])).toEqual({ requests: [], rejected: new Map() });
		const { requests, rejected } = planOf([
			unreadable(0, ['a@x.co'], ['Batch Size is empty']),
			unreadable(1, [], ["'Emails' is empty"]),
		]);
		expect(requests).toEqual([]);
		expect([...rejected.keys()]).toEqual([0, 1]);
	});

	it('sends or rejects each email of each row, and never both', () => {
		fc.assert(
			fc.property(sheetWithUnreadable, duplicateEmails, (rows, handling) => {
				const { requests, rejected } = planOf(rows, { duplicateEmails: handling });
				const sent = requests.flatMap(({ emails }) => emails.map(emailKey));
				for (const row of rows) {
					for (const email of emailsOf(row).map(emailKey)) {
						const isRejected = rejected.get(row.index)?.has(email) ?? false;
						expect(isRejected).toBe(!sent.includes(email));
					}
				}
			}),
		);
	});

	it('sends no email of a row that cannot be read, and as to others does what it does without that row', () => {
		fc.assert(
			fc.property(sheetWithUnreadable, duplicateEmails, (rows, handling) => {
				const heldBack = new Set(
					rows.flatMap((row) => (row.kind === 'unreadable' ? row.emails.map(emailKey) : [])),
				);
				const sentOf = (some: readonly ReadRow[]) =>
					planOf(some, { duplicateEmails: handling }, { batchSize: 1 }).requests.map(
						({ emails: [email = ''], ...request }) => ({ email, ...request }),
					);
				const byEmail = (a: { email: string }, b: { email: string }) =>
					a.email < b.email ? -1 : 1;
				const others = sentOf(rows.filter((row) => row.kind === 'change')).filter(
					({ email }) => !heldBack.has(emailKey(email)),
				);
				expect(sentOf(rows).sort(byEmail)).toEqual(others.sort(byEmail));
			}),
		);
	});

	it('plans the same requests and rejects the same emails in a dry run', () => {
		fc.assert(
			fc.property(sheetWithUnreadable, duplicateEmails, (rows, handling) => {
				const [dry, wet] = [true, false].map((dryRun) =>
					planOf(rows, { dryRun, duplicateEmails: handling }, { batchSize: 2 }),
				);
				expect(dry).toEqual(wet);
			}),
		);
	});
});

describe('planRows with a limit of members', () => {
	const rows = [
		readable(0, { emails: ['a@x.co', 'b@x.co'] }),
		unreadable(1, ['c@x.co'], ['No']),
		readable(2, { emails: ['B@x.co'] }),
	];
	const many = (members: number) =>
		Array.from({ length: members }, (_, index) => readable(index, { emails: [`m${index}@x.co`] }));

	it('refuses the run as a whole where it would be about more members, and plans no request', () => {
		expect(planOf(rows, {}, { batchSize: 1, max: atMost(1) })).toEqual({
			requests: [],
			rejected: planOf(rows).rejected,
			blockedBy: {
				what: "The run has 2 members, and 'Max Deletions' allows 1",
				advice: "Nothing was sent. Check the rows. If they are right, raise 'Max Deletions'.",
				reason: 'tooMany',
				applied: 'no',
				details: {},
			},
		});
	});

	it('rejects no row for the limit, and still rejects those that cannot be read', () => {
		const { rejected } = planOf(rows, {}, { max: atMost(1) });
		expect([...rejected.keys()]).toEqual([1]);
	});

	it('counts an email on several rows once, and no row that cannot be read', () => {
		const { requests, blockedBy } = planOf(rows, {}, { batchSize: 1, max: atMost(2) });
		expect(requests).toHaveLength(2);
		expect(blockedBy).toBeUndefined();
	});

	it('does not count an email that is held back', () => {
		const { requests, blockedBy } = planOf(
			[...rows, readable(3, { emails: ['C@x.co'] })],
			{},
			{ batchSize: 1, max: atMost(2) },
		);
		expect(requests.map(({ emails }) => emails)).toEqual([['a@x.co'], ['b@x.co']]);
		expect(blockedBy).toBeUndefined();
	});

	it('does not limit a dry run, which shows all of them', () => {
		const plan = planOf(rows, { dryRun: true }, { batchSize: 1, max: atMost(1) });
		expect(plan.requests.map(({ emails }) => emails)).toEqual([['a@x.co'], ['b@x.co']]);
		expect(plan.blockedBy).toBeUndefined();
		expect(plan.wouldBeBlockedBy).toEqual(planOf(rows, {}, { max: atMost(1) }).blockedBy);
		expect(planOf(rows, { dryRun: true }, { max: atMost(2) })).not.toHaveProperty(
			'wouldBeBlockedBy',
		);
	});

	it('names the option that limits the run', () => {
		const max: PlanLimits['max'] = { members: 1, option: 'maxMembers' };
		expect(planOf(rows, {}, { max }).blockedBy).toMatchObject({
			what: "The run has 2 members, and 'Max Members' allows 1",
			advice: expect.stringContaining("raise 'Max Members'") as unknown,
		});
	});

	it.each([true, false])(
		'plans nothing where that is known already, dry run or not: %s',
		(dryRun) => {
			const why: Failure = {
				what: 'No',
				advice: 'Wait.',
				reason: 'notSent',
				applied: 'no',
				details: {},
			};
			const plan = planRows(
				rows,
				{ dryRun, duplicateEmails: 'fail' },
				{ batchSize: 1, max: atMost(1) },
				why,
			);
			expect(plan).toEqual({ requests: [], rejected: planOf(rows).rejected, blockedBy: why });
		},
	);

	it.each([
		[10, 10, undefined],
		[11, 10, "The run has 11 members, and 'Max Deletions' allows 10"],
		[2500, 1000, "The run has 2,500 members, and 'Max Deletions' allows 1,000"],
		[2500, Infinity, undefined],
	])('decides on %i members with a limit of %s', (members, limit, what) => {
		const plan = planOf(many(members), {}, { max: atMost(limit) });
		expect(plan.blockedBy?.what).toBe(what);
		expect(plan.requests.length === 0).toBe(what !== undefined);
	});
});

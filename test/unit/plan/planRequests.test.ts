import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Access } from '../../../nodes/Periskope/model';
import type { DuplicateEmails } from '../../../nodes/Periskope/options';
import {
	combineRows,
	type DesiredAccess,
	type RowChange,
} from '../../../nodes/Periskope/plan/combineRows';
import { planRequests } from '../../../nodes/Periskope/plan/planRequests';
import { asSets, duplicateEmails, FIELDS, rowByRow, sheet } from './sheet';

const batchSize = fc.integer({ min: 1, max: 5 });

const requestsOf = (rows: readonly RowChange[], handling: DuplicateEmails, size: number) =>
	planRequests(combineRows(rows, handling).desired.values(), size);

/** Emails that can be sent, with what row-by-row runs leave them with. */
const sendable = (rows: readonly RowChange[], handling: DuplicateEmails) =>
	[...rowByRow(rows, handling).values()].flatMap(({ access, ...first }) =>
		access === 'conflict' ? [] : [{ ...first, access: asSets(access) }],
	);

const members = (count: number, access: Access): DesiredAccess[] =>
	Array.from({ length: count }, (_, row) => ({ email: `m${row}@x.co`, access, firstRow: row }));

describe('planRequests', () => {
	it('puts each email in one request, as its first row spells it, with what row-by-row runs leave', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, batchSize, (rows, handling, size) => {
				const planned = requestsOf(rows, handling, size).flatMap((request) =>
					request.emails.map((email, position) => ({
						email,
						firstRow: request.rows[position],
						access: asSets(request.access),
					})),
				);
				const byEmail = (a: { email: string }, b: { email: string }) =>
					a.email < b.email ? -1 : 1;
				expect(planned.sort(byEmail)).toEqual(sendable(rows, handling).sort(byEmail));
			}),
		);
	});

	it('gives each request the order of the lists of its own first row', () => {
		const desired = [
			['Sales', 'VIP'],
			['VIP', 'Sales'],
			['VIP', 'Sales'],
			['Sales', 'VIP'],
		].map((labels, firstRow) => ({ email: `m${firstRow}@x.co`, access: { labels }, firstRow }));
		expect(planRequests(desired, 2).map(({ access }) => access.labels)).toEqual([
			['Sales', 'VIP'],
			['VIP', 'Sales'],
		]);
	});

	it('plans no request that is empty or larger than the batch size, and gives a row for each email', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, batchSize, (rows, handling, size) => {
				for (const request of requestsOf(rows, handling, size)) {
					expect(request.emails.length).toBeGreaterThan(0);
					expect(request.emails.length).toBeLessThanOrEqual(size);
					expect(request.rows).toHaveLength(request.emails.length);
				}
			}),
		);
	});

	it('plans the fewest requests: for each access, its members by the batch size, rounded up', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, batchSize, (rows, handling, size) => {
				const expected = sendable(rows, handling);
				const fewest = [...new Set(expected.map(({ access }) => access))]
					.map((access) => expected.filter((member) => member.access === access).length)
					.reduce((sum, count) => sum + Math.ceil(count / size), 0);
				expect(requestsOf(rows, handling, size)).toHaveLength(fewest);
			}),
		);
	});

	it('sorts requests by the first row of each, and the emails of a request by their rows', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, batchSize, (rows, handling, size) => {
				const requests = requestsOf(rows, handling, size);
				const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
				for (const request of requests) expect(request.rows).toEqual(ascending(request.rows));
				const first = requests.map((request) => request.rows[0] ?? NaN);
				expect(first).toEqual(ascending(first));
			}),
		);
	});

	it('sorts requests by their first row where rows of two accesses alternate', () => {
		const [a0, a1, , a3] = members(4, { labels: ['a'] });
		const [, , b2] = members(3, { labels: ['b'] });
		if (!a0 || !a1 || !a3 || !b2) throw new Error('Too few');
		expect(planRequests([a0, a1, b2, a3], 2).map(({ rows }) => rows)).toEqual([[0, 1], [2], [3]]);
	});

	it('sends a field only where a row asks for it, null only where a row clears it, and never []', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, batchSize, (rows, handling, size) => {
				for (const { emails, access } of requestsOf(rows, handling, size)) {
					for (const field of FIELDS) {
						const asked = rows
							.filter(({ change }) =>
								change.emails.some((email) =>
									emails.some((sent) => sent.toLowerCase() === email.toLowerCase()),
								),
							)
							.map(({ change }) => change[field]);
						const value = access[field];
						if (value === undefined) expect(Object.keys(access)).not.toContain(field);
						if (value !== undefined) expect(asked.some((one) => one !== undefined)).toBe(true);
						if (value === null) expect(asked).toContain(null);
						expect(value).not.toEqual([]);
					}
				}
			}),
		);
	});

	it.each([
		[0, 100, 0],
		[1, 100, 1],
		[100, 100, 1],
		[101, 100, 2],
		[1000, 1000, 1],
		[10_000, 100, 100],
		[7, 1, 7],
	])(
		'plans for %i members with the same access, %i at most in one, %i requests',
		(count, size, requests) => {
			const planned = planRequests(members(count, { labels: ['Sales'] }), size);
			expect(planned).toHaveLength(requests);
			expect(planned.flatMap(({ emails }) => emails)).toHaveLength(count);
		},
	);

	it.each<[string, Access, Access]>([
		['members and admins', { role: 'member' }, { role: 'admin' }],
		['a role and none', { role: 'member', labels: null }, { labels: null }],
		['null and the label of that name', { labels: null }, { labels: ['null'] }],
		['null for labels and null for org phones', { labels: null }, { orgPhones: null }],
		['unchanged and cleared', { labels: ['a'] }, { labels: ['a'], orgPhones: null }],
		['labels and phones', { labels: ['9111111'] }, { orgPhones: ['9111111'] }],
		['one label and two', { labels: ['a,b'] }, { labels: ['a', 'b'] }],
		['a label that looks like a list', { labels: ['a","b'] }, { labels: ['a', 'b'] }],
		['two spellings', { labels: ['Sales'] }, { labels: ['sales'] }],
		['a part of a list', { labels: ['a'] }, { labels: ['a', 'b'] }],
	])('plans separate requests for %s', (_, one, other) => {
		const desired = [...members(1, one), ...members(1, other)];
		expect(planRequests(desired, 100).map(({ access }) => access)).toEqual([one, other]);
	});

	it('shares a request between lists in another order, whether they are one object or not', () => {
		const shared = ['a', 'b'];
		const desired = [
			...members(2, { labels: shared }),
			...members(1, { labels: [...shared] }),
			...members(1, { labels: ['b', 'a'] }),
		];
		expect(planRequests(desired, 100)).toHaveLength(1);
		expect(shared).toEqual(['a', 'b']);
	});
});

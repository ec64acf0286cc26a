import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Access } from '../../nodes/Periskope/steps/1-read/memberChange';
import {
	foldRows,
	type DesiredAccess,
	type DuplicateEmails,
	type RowChange,
} from '../../nodes/Periskope/steps/2-plan/foldRows';
import { planRequests } from '../../nodes/Periskope/steps/2-plan/planRequests';
import { asSets, duplicateEmails, FIELDS, rowByRow, sheet } from './sheet';

const batchSize = fc.integer({ min: 1, max: 5 });

const planOf = (rows: readonly RowChange[], how: DuplicateEmails, size: number) =>
	planRequests(foldRows(rows, how).desired.values(), size);

/** Emails that are fit to be sent, with what row-by-row runs leave them with. */
const sendable = (rows: readonly RowChange[], how: DuplicateEmails) =>
	[...rowByRow(rows, how).values()].flatMap(({ access, ...first }) =>
		access === 'conflict' ? [] : [{ ...first, access: asSets(access) }],
	);

const members = (count: number, access: Access): DesiredAccess[] =>
	Array.from({ length: count }, (_, row) => ({
		email: `m${row}@x.co`,
		access,
		firstRow: row,
		saidBy: {},
	}));

describe('planned requests', () => {
	it('carry each email exactly once, as its first row spells it, with what row-by-row runs leave', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, batchSize, (rows, how, size) => {
				const carried = planOf(rows, how, size).flatMap((request) =>
					request.emails.map((spelled, position) => ({
						spelled,
						firstRow: request.rows[position],
						access: asSets(request.access),
					})),
				);
				const bySpelling = (a: { spelled: string }, b: { spelled: string }) =>
					a.spelled < b.spelled ? -1 : 1;
				expect(carried.sort(bySpelling)).toEqual(sendable(rows, how).sort(bySpelling));
			}),
		);
	});

	it('are never empty, never over the batch size, and have a row for each email', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, batchSize, (rows, how, size) => {
				for (const request of planOf(rows, how, size)) {
					expect(request.emails.length).toBeGreaterThan(0);
					expect(request.emails.length).toBeLessThanOrEqual(size);
					expect(request.rows).toHaveLength(request.emails.length);
				}
			}),
		);
	});

	it('are the fewest there can be: for each access, its members by the batch size, rounded up', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, batchSize, (rows, how, size) => {
				const expected = sendable(rows, how);
				const fewest = [...new Set(expected.map(({ access }) => access))]
					.map((access) => expected.filter((member) => member.access === access).length)
					.reduce((sum, count) => sum + Math.ceil(count / size), 0);
				expect(planOf(rows, how, size)).toHaveLength(fewest);
			}),
		);
	});

	it('go by the first row that each carries, and by rows within', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, batchSize, (rows, how, size) => {
				const requests = planOf(rows, how, size);
				const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
				for (const request of requests) expect(request.rows).toEqual(ascending(request.rows));
				const first = requests.map((request) => request.rows[0] ?? NaN);
				expect(first).toEqual(ascending(first));
			}),
		);
	});

	it('go by the first row that each carries where the rows of two teams take turns', () => {
		const [a0, a1, , a3] = members(4, { labels: ['a'] });
		const [, , b2] = members(3, { labels: ['b'] });
		if (!a0 || !a1 || !a3 || !b2) throw new Error('Too few');
		expect(planRequests([a0, a1, b2, a3], 2).map(({ rows }) => rows)).toEqual([[0, 1], [2], [3]]);
	});

	it('hold a field only where a row asks for it, null only where a row clears it, and never []', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, batchSize, (rows, how, size) => {
				for (const { emails, access } of planOf(rows, how, size)) {
					for (const field of FIELDS) {
						const said = rows
							.filter(({ change }) =>
								change.emails.some((email) =>
									emails.some((sent) => sent.toLowerCase() === email.toLowerCase()),
								),
							)
							.map(({ change }) => change[field]);
						const value = access[field];
						if (value === undefined) expect(Object.keys(access)).not.toContain(field);
						if (value !== undefined) expect(said.some((asked) => asked !== undefined)).toBe(true);
						if (value === null) expect(said).toContain(null);
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
	])('for %i members of one team, %i at a time, are %i', (count, size, requests) => {
		const planned = planRequests(members(count, { labels: ['Sales'] }), size);
		expect(planned).toHaveLength(requests);
		expect(planned.flatMap(({ emails }) => emails)).toHaveLength(count);
	});

	it.each<[string, Access, Access]>([
		['members and admins', { role: 'member' }, { role: 'admin' }],
		['null and the label of that name', { labels: null }, { labels: ['null'] }],
		['unchanged and cleared', { labels: ['a'] }, { labels: ['a'], orgPhones: null }],
		['labels and phones', { labels: ['9111111'] }, { orgPhones: ['9111111'] }],
		['one label and two', { labels: ['a,b'] }, { labels: ['a', 'b'] }],
		['a label that looks like a list', { labels: ['a","b'] }, { labels: ['a', 'b'] }],
		['two spellings', { labels: ['Sales'] }, { labels: ['sales'] }],
		['a part of a list', { labels: ['a'] }, { labels: ['a', 'b'] }],
	])('tell %s apart', (_, one, other) => {
		const desired = [...members(1, one), ...members(1, other)];
		expect(planRequests(desired, 100).map(({ access }) => access)).toEqual([one, other]);
	});

	it('are shared by lists in another order, whether they are one object or not', () => {
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

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Access, AccessChange } from '../../nodes/Periskope/steps/1-read/accessChange';
import { foldRows, type DuplicateEmails } from '../../nodes/Periskope/steps/2-plan/foldRows';
import { planRequests } from '../../nodes/Periskope/steps/2-plan/planRequests';

const labels = fc.uniqueArray(fc.constantFrom('Sales', 'VIP', 'North', 'South'), { minLength: 1 });
const orgPhones = fc.uniqueArray(fc.constantFrom('911111111', '922222222', '933333333'), {
	minLength: 1,
});
const change: fc.Arbitrary<AccessChange> = fc
	.record(
		{
			emails: fc.uniqueArray(
				fc.constantFrom('a@x.co', 'A@x.co', 'b@x.co', 'c@x.co', 'd@x.co', 'e@x.co'),
				{ minLength: 1, maxLength: 4, selector: (email) => email.toLowerCase() },
			),
			labels: fc.option(labels, { freq: 6 }),
			orgPhones: fc.option(orgPhones, { freq: 6 }),
		},
		{ requiredKeys: ['emails'] },
	)
	.filter((row) => row.labels !== undefined || row.orgPhones !== undefined);
const sheet = fc.array(change, { maxLength: 12 });
const batchSize = fc.integer({ min: 1, max: 5 });

const rowsOf = (changes: AccessChange[]) =>
	changes.map((row, index) => ({ row: index, change: row }));
const FIELDS = ['labels', 'orgPhones'] as const;
const asSet = (list: readonly string[] | null | undefined) => list && [...list].sort();
const asSets = ({ labels: l, orgPhones: p }: Access) =>
	JSON.stringify({ l: asSet(l), p: asSet(p) });

/** What sending one row after the other leaves, said as plainly as can be. */
function rowByRow(changes: AccessChange[], how: DuplicateEmails): Map<string, Access | 'conflict'> {
	const members = new Map<string, Access | 'conflict'>();
	for (const { emails, ...access } of changes) {
		for (const email of emails.map((spelled) => spelled.toLowerCase())) {
			const before = members.get(email) ?? {};
			if (before === 'conflict') continue;
			const after: Access = { ...before };
			let isConflict = false;
			for (const field of FIELDS) {
				const old = before[field];
				const now = access[field];
				if (now === undefined) continue;
				const differs =
					old !== undefined && JSON.stringify(asSet(old)) !== JSON.stringify(asSet(now));
				if (!differs || how === 'lastRow') after[field] = now;
				else if (how === 'merge' && old && now) after[field] = [...new Set([...old, ...now])];
				else isConflict = true;
			}
			members.set(email, isConflict ? 'conflict' : after);
		}
	}
	return members;
}

describe('a plan', () => {
	it.each<DuplicateEmails>(['fail', 'merge', 'lastRow'])(
		'carries each email once, with the access that row-by-row runs leave: %s',
		(how) => {
			fc.assert(
				fc.property(sheet, batchSize, (changes, size) => {
					const { desired, conflicts } = foldRows(rowsOf(changes), how);
					const requests = planRequests(desired.values(), size);
					const planned = new Map(
						requests.flatMap(({ emails, access }) =>
							emails.map((email) => [email.toLowerCase(), asSets(access)]),
						),
					);
					const expected = rowByRow(changes, how);
					const sendable = [...expected].flatMap(([email, access]) =>
						access === 'conflict' ? [] : [[email, asSets(access)] as const],
					);

					expect(new Map(planned)).toEqual(new Map(sendable));
					expect(requests.flatMap(({ emails }) => emails)).toHaveLength(sendable.length);
					expect(new Set(conflicts.keys())).toEqual(
						new Set(
							[...expected].flatMap(([email, access]) => (access === 'conflict' ? [email] : [])),
						),
					);
				}),
			);
		},
	);

	it('has no request over the batch size, and the fewest requests there can be', () => {
		fc.assert(
			fc.property(sheet, batchSize, (changes, size) => {
				const { desired } = foldRows(rowsOf(changes), 'lastRow');
				const requests = planRequests(desired.values(), size);
				const members = new Map<string, number>();
				for (const { access } of desired.values())
					members.set(asSets(access), (members.get(asSets(access)) ?? 0) + 1);
				const fewest = [...members.values()].reduce(
					(sum, count) => sum + Math.ceil(count / size),
					0,
				);
				expect(requests).toHaveLength(fewest);
				expect(Math.max(0, ...requests.map(({ emails }) => emails.length))).toBeLessThanOrEqual(
					size,
				);
			}),
		);
	});

	it('orders requests by the first row that each carries', () => {
		const { desired } = foldRows(
			rowsOf([
				{ emails: ['a@x.co'], labels: ['Sales'] },
				{ emails: ['b@x.co'], labels: ['VIP'] },
				{ emails: ['c@x.co'], labels: ['Sales'] },
			]),
			'fail',
		);
		expect(
			planRequests(desired.values(), 1).map(({ emails, rows }) => [emails[0], rows[0]]),
		).toEqual([
			['a@x.co', 0],
			['b@x.co', 1],
			['c@x.co', 2],
		]);
	});

	it('shares a request between lists in another order, but not between other spellings', () => {
		const { desired } = foldRows(
			rowsOf([
				{ emails: ['a@x.co'], labels: ['Sales', 'VIP'] },
				{ emails: ['b@x.co'], labels: ['VIP', 'Sales'] },
				{ emails: ['c@x.co'], labels: ['vip', 'sales'] },
			]),
			'fail',
		);
		expect(planRequests(desired.values(), 100).map(({ emails }) => emails)).toEqual([
			['a@x.co', 'b@x.co'],
			['c@x.co'],
		]);
	});

	it('does not take an unchanged field for one that is cleared', () => {
		const { desired } = foldRows(
			rowsOf([
				{ emails: ['a@x.co'], labels: ['Sales'] },
				{ emails: ['b@x.co'], labels: ['Sales'], orgPhones: null },
			]),
			'fail',
		);
		expect(planRequests(desired.values(), 100)).toHaveLength(2);
	});

	it('names the two rows that differ, not one that says nothing of the field', () => {
		const { conflicts } = foldRows(
			rowsOf([
				{ emails: ['a@x.co'], labels: ['Sales'] },
				{ emails: ['a@x.co'], orgPhones: ['911111111'] },
				{ emails: ['A@x.co'], orgPhones: ['922222222'] },
			]),
			'fail',
		);
		expect(conflicts.get('a@x.co')).toEqual({ email: 'a@x.co', field: 'orgPhones', rows: [1, 2] });
	});

	it('cannot merge a list with null', () => {
		const { conflicts } = foldRows(
			rowsOf([
				{ emails: ['a@x.co'], labels: ['Sales'] },
				{ emails: ['a@x.co'], labels: null },
			]),
			'merge',
		);
		expect([...conflicts.keys()]).toEqual(['a@x.co']);
	});
});

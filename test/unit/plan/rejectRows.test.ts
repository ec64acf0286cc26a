import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { MemberChange } from '../../../nodes/Periskope/model';
import type { DuplicateEmails } from '../../../nodes/Periskope/options';
import { combineRows } from '../../../nodes/Periskope/plan/combineRows';
import { rejectRows } from '../../../nodes/Periskope/plan/rejectRows';
import type { ReadRow } from '../../../nodes/Periskope/read/readRows';
import { duplicateEmails, emailKey, readable, sheetWithUnreadable, unreadable } from './sheet';

const conflictsIn = (rows: readonly ReadRow[], handling: DuplicateEmails) =>
	combineRows(
		rows.filter((row) => row.kind === 'change'),
		handling,
	).conflicts;

/** The first row that names an email and can't be read, by the key of the email. */
const unreadableIn = (rows: readonly ReadRow[]) =>
	new Map(
		rows
			.toReversed()
			.flatMap((row) =>
				row.kind === 'unreadable'
					? row.emails.map((email): [string, number] => [emailKey(email), row.index])
					: [],
			),
	);

const rejectedOf = (rows: readonly ReadRow[], handling: DuplicateEmails = 'fail') =>
	rejectRows(rows, conflictsIn(rows, handling), unreadableIn(rows));

describe('a row that cannot be read', () => {
	const details = { reason: 'invalidRow', applied: 'no' };
	const advices = {
		advice: 'Nothing was sent for this row. Correct it and run it again.',
		adviceForMany: 'Correct these rows and run again.',
	};

	it('is rejected once for each of its emails, with every problem', () => {
		const row = unreadable(3, ['A@x.co', 'b@x.co'], ["'Labels' is empty", "'Org Phones' is empty"]);
		const failure = { row: 3, what: "'Labels' is empty. 'Org Phones' is empty", ...advices };
		expect(rejectedOf([row])).toEqual(
			new Map([
				[
					3,
					new Map([
						['a@x.co', { ...failure, details: { email: 'A@x.co', ...details } }],
						['b@x.co', { ...failure, details: { email: 'b@x.co', ...details } }],
					]),
				],
			]),
		);
	});

	it.each([
		[1, 'P0'],
		[10, 'P0. P1. P2. P3. P4. P5. P6. P7. P8. P9'],
		[11, 'P0. P1. P2. P3. P4. P5. P6. P7. P8. P9. … and 1 more'],
		[1011, 'P0. P1. P2. P3. P4. P5. P6. P7. P8. P9. … and 1,001 more'],
	])('names ten problems at most, and counts the rest of %i', (count, what) => {
		const problems = Array.from({ length: count }, (_, number) => `P${number}`);
		const rejected = rejectedOf([unreadable(0, ['a@x.co'], problems)]);
		expect(rejected.get(0)?.get('a@x.co')?.what).toBe(what);
	});

	it('is rejected once where it has no email, and names none', () => {
		const rejected = rejectedOf([unreadable(5, [], ["'Emails' is empty"])]);
		expect(rejected).toEqual(
			new Map([[5, new Map([['', { row: 5, what: "'Emails' is empty", ...advices, details }]])]]),
		);
	});

	it('is rejected for its own problems, though other rows of its email are in conflict', () => {
		const rejected = rejectedOf([
			readable(0, { emails: ['a@x.co'], labels: ['Sales'] }),
			readable(1, { emails: ['a@x.co'], labels: ['VIP'] }),
			unreadable(2, ['a@x.co'], ["'Labels' is empty"]),
		]);
		expect([...rejected.keys()]).toEqual([0, 1, 2]);
		expect(rejected.get(2)?.get('a@x.co')).toEqual({
			row: 2,
			what: "'Labels' is empty",
			...advices,
			details: { email: 'a@x.co', ...details },
		});
		const others = [0, 1].map((row) => rejected.get(row)?.get('a@x.co')?.what);
		expect(others).toEqual(Array(2).fill('a@x.co is also on Row 3, which needs correction'));
	});

	it('holds its emails back on other rows, which name it and keep their other emails', () => {
		const rejected = rejectedOf([
			readable(0, { emails: ['A@x.co', 'b@x.co'], labels: ['Sales'] }),
			{ ...unreadable(1, ['a@x.co'], ["'Labels' is empty"]), rowNumber: 5 },
			unreadable(2, ['a@x.co'], ["'Labels' is empty"]),
			readable(3, { emails: ['b@x.co', 'a@X.co'], labels: ['Sales'] }),
			readable(4, { emails: ['b@x.co'], labels: ['Sales'] }),
		]);
		const heldBack = (row: number, email: string) =>
			new Map([
				[
					'a@x.co',
					{
						row,
						what: `${email} is also on Row 5, which needs correction`,
						advice: 'Nothing was sent for this email. Correct Row 5 and run both rows again.',
						isHeldBack: true,
						details: { email, reason: 'notSent', applied: 'no' },
					},
				],
			]);
		expect([...rejected.keys()]).toEqual([0, 1, 2, 3]);
		expect(rejected.get(0)).toEqual(heldBack(0, 'A@x.co'));
		expect(rejected.get(3)).toEqual(heldBack(3, 'a@X.co'));
		expect(rejected.get(2)?.get('a@x.co')?.what).toBe("'Labels' is empty");
	});

	it('holds no email with a k back where its own has a Kelvin sign', () => {
		const rejected = rejectedOf([
			readable(0, { emails: ['ken@x.io'], labels: ['Sales'] }),
			unreadable(1, ['\u212aen@x.io'], ["'Labels' is empty"]),
		]);
		expect([...rejected.keys()]).toEqual([1]);
	});

	it('holds no other email back where it has none of its own', () => {
		const rejected = rejectedOf([
			readable(0, { emails: ['a@x.co'], labels: ['Sales'] }),
			unreadable(1, [], ["'Emails' is empty"]),
		]);
		expect([...rejected.keys()]).toEqual([1]);
	});
});

describe('an email on rows that differ', () => {
	const twoRows = (one: Partial<MemberChange>, other: Partial<MemberChange>) => [
		readable(0, { emails: ['Asha@x.co'], ...one }),
		{ ...readable(1, { emails: ['asha@X.co'], ...other }), rowNumber: 10 },
	];

	it('is rejected on each of them, as that row spells it, with both rows', () => {
		const advice =
			"Nothing was sent for this email. Keep one row for it, or choose Merge or Use Last Row under 'When an Email Repeats'. Null can't be merged with a list, nor one role with another.";
		const why = 'is on Row 1 and Row 10, which differ in Labels';
		expect(rejectedOf(twoRows({ labels: ['Sales'] }, { labels: ['VIP'] }))).toEqual(
			new Map(
				[
					{ row: 0, email: 'Asha@x.co', sheet: {} },
					{ row: 1, email: 'asha@X.co', sheet: { row_number: 10 } },
				].map(({ row, email, sheet }) => [
					row,
					new Map([
						[
							'asha@x.co',
							{
								row,
								what: `${email} ${why}`,
								advice,
								details: { email, ...sheet, reason: 'conflict', applied: 'no' },
							},
						],
					]),
				]),
			),
		);
	});

	it.each<[string, Partial<MemberChange>, Partial<MemberChange>]>([
		['Role', { role: 'member', labels: null }, { role: 'admin' }],
		['Labels', { labels: ['Sales'], orgPhones: null }, { labels: null, orgPhones: null }],
		[
			'Org Phones',
			{ labels: ['Sales'], orgPhones: ['9111111'] },
			{ labels: ['Sales'], orgPhones: null },
		],
	])(
		'is rejected with the field that they differ in, as the editor names it: %s',
		(label, one, other) => {
			const rejected = rejectedOf(twoRows(one, other));
			expect(rejected.get(0)?.get('asha@x.co')?.what).toContain(
				`is on Row 1 and Row 10, which differ in ${label}`,
			);
		},
	);

	it('is rejected on a third row with the first two that differ', () => {
		const rejected = rejectedOf([
			...twoRows({ labels: ['Sales'] }, { labels: ['VIP'] }),
			readable(2, { emails: ['asha@x.co'], labels: ['North'] }),
		]);
		expect(rejected.get(2)?.get('asha@x.co')).toMatchObject({
			row: 2,
			what: 'asha@x.co is on Row 1 and Row 10, which differ in Labels',
		});
	});

	it('is not rejected where the option says what to do with the rows', () => {
		const rows = twoRows({ labels: ['Sales'] }, { labels: ['VIP'] });
		for (const handling of ['merge', 'lastRow'] as const) {
			expect(rejectedOf(rows, handling).size).toBe(0);
		}
	});
});

describe('rejectRows', () => {
	it('has an entry for a row if and only if it is unreadable or has an email in conflict or held back', () => {
		fc.assert(
			fc.property(sheetWithUnreadable, duplicateEmails, (rows, handling) => {
				const conflicts = conflictsIn(rows, handling);
				const heldBack = unreadableIn(rows);
				const rejected = rejectRows(rows, conflicts, heldBack);
				for (const row of rows) {
					const emails = row.kind === 'change' ? row.change.emails : row.emails;
					const expected = emails.filter(
						(email) => conflicts.has(emailKey(email)) || heldBack.has(emailKey(email)),
					);
					const failures = [...(rejected.get(row.index)?.values() ?? [])];
					for (const { what, isHeldBack, details } of failures) {
						const first = heldBack.get(emailKey(details.email ?? ''));
						const isToldOfAnother = row.kind === 'change' && first !== undefined;
						expect(what.includes('is also on Row')).toBe(isToldOfAnother);
						expect(isHeldBack ?? false).toBe(isToldOfAnother);
						if (isToldOfAnother) expect(what).toContain(`also on Row ${first + 1}, `);
					}
					expect(failures.map(({ details: { email } }) => email)).toEqual(expected);
					expect(failures.every((failure) => failure.row === row.index)).toBe(true);
					expect(rejected.has(row.index)).toBe(expected.length > 0);
				}
			}),
		);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { combineRows, type RowChange } from '../../../nodes/Periskope/plan/combineRows';
import {
	asSets,
	duplicateEmails,
	emailKey,
	FIELDS,
	isSame,
	labelKey,
	rowByRow,
	sheet,
	valuesOf,
} from './sheet';

const rowsNaming = (rows: readonly RowChange[], key: string) =>
	rows.filter((row) => row.change.emails.some((email) => emailKey(email) === key));

describe('combineRows', () => {
	it('gives each email the access that row-by-row runs leave, or a conflict', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, (rows, handling) => {
				const { desired, conflicts } = combineRows(rows, handling);
				const combined = [...desired].map(([key, { email, firstRow, access }]) => [
					key,
					{ email, firstRow, access: asSets(access) },
				]);
				const reference = [...rowByRow(rows, handling)];
				expect(combined).toEqual(
					reference.flatMap(([key, { access, ...first }]) =>
						access === 'conflict' ? [] : [[key, { ...first, access: asSets(access) }]],
					),
				);
				expect([...conflicts.keys()].sort()).toEqual(
					reference.flatMap(([key, { access }]) => (access === 'conflict' ? [key] : [])).sort(),
				);
			}),
		);
	});

	it('with "fail" finds a conflict if and only if two rows set one field to different values', () => {
		fc.assert(
			fc.property(sheet, (rows) => {
				const { conflicts } = combineRows(rows, 'fail');
				for (const email of rowByRow(rows, 'fail').keys()) {
					const differ = FIELDS.some((field) => {
						const values = valuesOf(rowsNaming(rows, email), field);
						return values.some((one) => values.some((other) => !isSame(one, other, field)));
					});
					expect(conflicts.has(email)).toBe(differ);
				}
			}),
		);
	});

	it('names two rows of the email that differ in the field, the earlier one first', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, (rows, handling) => {
				for (const [key, { field, rows: named }] of combineRows(rows, handling).conflicts) {
					const [one, other] = named.map((row) =>
						valuesOf(
							rowsNaming(rows, key).filter(({ index }) => index === row),
							field,
						),
					);
					expect(named[0]).toBeLessThan(named[1]);
					expect([one?.length, other?.length]).toEqual([1, 1]);
					expect(isSame(one?.[0] ?? null, other?.[0] ?? null, field)).toBe(false);
				}
			}),
		);
	});

	it('with "merge" gives the union of the lists, in the spelling and order of the first rows', () => {
		const { desired } = combineRows(
			[
				{ index: 0, change: { emails: ['Asha@x.co'], labels: ['VIP', 'Sales'] } },
				{ index: 1, change: { emails: ['asha@x.co'], orgPhones: ['9222222', '9111111'] } },
				{ index: 2, change: { emails: ['ASHA@x.co'], labels: ['North', 'vip'] } },
				{ index: 3, change: { emails: ['asha@x.co'], orgPhones: ['9333333', '9222222'] } },
			],
			'merge',
		);
		expect(desired.get('asha@x.co')).toMatchObject({
			email: 'Asha@x.co',
			firstRow: 0,
			access: {
				labels: ['VIP', 'Sales', 'North'],
				orgPhones: ['9222222', '9111111', '9333333'],
			},
		});
	});

	it('with "merge" gives every label of thousands of rows of one email, in their order', () => {
		const labels = Array.from({ length: 20_000 }, (_, row) => `Label ${row}`);
		const rows = labels.map((label, index): RowChange => ({
			index,
			change: { emails: ['a@x.co'], labels: [label] },
		}));
		const { desired, conflicts } = combineRows(rows, 'merge');
		expect(conflicts.size).toBe(0);
		expect(desired.size).toBe(1);
		expect(desired.get('a@x.co')).toMatchObject({ email: 'a@x.co', firstRow: 0 });
		expect(desired.get('a@x.co')?.access).toEqual({ labels });
	});

	it('with "merge" finds a conflict where null follows lists that were merged', () => {
		const { desired, conflicts } = combineRows(
			[
				{ index: 0, change: { emails: ['a@x.co'], labels: ['Sales'] } },
				{ index: 2, change: { emails: ['a@x.co'], labels: ['VIP'] } },
				{ index: 4, change: { emails: ['a@x.co'], labels: null } },
			],
			'merge',
		);
		expect(conflicts).toEqual(new Map([['a@x.co', { field: 'labels', rows: [0, 4] }]]));
		expect(desired.size).toBe(0);
	});

	it('with "merge" never gives less than a row asks for, nor an entry that no row asks for', () => {
		fc.assert(
			fc.property(sheet, (rows) => {
				for (const [key, { access }] of combineRows(rows, 'merge').desired) {
					if (access.role === 'admin') continue;
					for (const field of ['labels', 'orgPhones'] as const) {
						const asked = valuesOf(rowsNaming(rows, key), field).flatMap((value) => value ?? []);
						const given = access[field] ?? [];
						const keys = given.map(labelKey);
						expect(new Set(keys)).toEqual(new Set(asked.map(labelKey)));
						expect(keys).toHaveLength(new Set(keys).size);
					}
				}
			}),
		);
	});

	it.each([
		['null with a list', { labels: null }, { labels: ['Sales'] }, 'labels'],
		[
			'one role with another',
			{ role: 'member', labels: null },
			{ role: 'admin', labels: null },
			'role',
		],
	] as const)('with "merge" never merges %s', (_, one, other, field) => {
		for (const [first, second] of [
			[one, other],
			[other, one],
		]) {
			const { desired, conflicts } = combineRows(
				[
					{ index: 0, change: { emails: ['a@x.co'], ...first } },
					{ index: 1, change: { emails: ['a@x.co'], ...second } },
				],
				'merge',
			);
			expect(conflicts.get('a@x.co')).toEqual({ field, rows: [0, 1] });
			expect(desired.size).toBe(0);
		}
	});

	it('with "lastRow" takes each field from the last row that sets or clears it', () => {
		const { desired, conflicts } = combineRows(
			[
				{ index: 0, change: { emails: ['a@x.co'], labels: ['Sales'], orgPhones: ['9111111'] } },
				{ index: 1, change: { emails: ['a@x.co'], orgPhones: null } },
				{ index: 2, change: { emails: ['a@x.co'], labels: ['VIP'] } },
			],
			'lastRow',
		);
		expect(desired.get('a@x.co')?.access).toEqual({ labels: ['VIP'], orgPhones: null });
		expect(conflicts.size).toBe(0);
	});

	it('with "lastRow" is the same as applying one row after the other', () => {
		fc.assert(
			fc.property(sheet, (rows) => {
				const members = new Map<string, object>();
				for (const { change } of rows) {
					const { emails, ...access } = change;
					for (const email of emails.map(emailKey)) {
						members.set(email, { ...members.get(email), ...access });
					}
				}
				const { desired, conflicts } = combineRows(rows, 'lastRow');
				expect(conflicts.size).toBe(0);
				const expected = [...members].map(([key, access]): [string, object] => [
					key,
					'role' in access && access.role === 'admin' ? { role: 'admin' } : access,
				]);
				expect(new Map([...desired].map(([key, { access }]) => [key, access]))).toEqual(
					new Map(expected),
				);
			}),
		);
	});

	it('finds no conflict between rows that agree in another order and case', () => {
		const { desired, conflicts } = combineRows(
			[
				{ index: 0, change: { emails: ['a@x.co'], labels: ['Sales', 'VIP'], orgPhones: null } },
				{ index: 1, change: { emails: ['A@X.CO'], labels: ['vip', 'SALES'] } },
				{ index: 2, change: { emails: ['a@x.co'], orgPhones: null } },
			],
			'fail',
		);
		expect(conflicts.size).toBe(0);
		expect(desired.get('a@x.co')?.access).toEqual({ labels: ['Sales', 'VIP'], orgPhones: null });
	});

	it('takes an email with a Kelvin sign for another than the one with a k', () => {
		const { desired, conflicts } = combineRows(
			[
				{ index: 0, change: { emails: ['ken@x.io'], labels: ['Sales'] } },
				{ index: 1, change: { emails: ['\u212aen@x.io'], labels: ['VIP'] } },
				{ index: 2, change: { emails: ['KEN@X.IO'], labels: ['sales'] } },
			],
			'fail',
		);
		expect(conflicts.size).toBe(0);
		expect([...desired]).toEqual([
			['ken@x.io', { email: 'ken@x.io', firstRow: 0, access: { labels: ['Sales'] } }],
			['\u212aen@x.io', { email: '\u212aen@x.io', firstRow: 1, access: { labels: ['VIP'] } }],
		]);
	});

	it.each(['fail', 'merge'] as const)(
		'with "%s" takes labels that differ in a variation selector alone for one, as first spelled',
		(handling) => {
			const { desired, conflicts } = combineRows(
				[
					{ index: 0, change: { emails: ['a@x.co'], labels: ['❤\ufe0f Fans', 'VIP'] } },
					{ index: 1, change: { emails: ['a@x.co'], labels: ['vip', '❤ fans'] } },
				],
				handling,
			);
			expect(conflicts.size).toBe(0);
			expect(desired.get('a@x.co')?.access).toEqual({ labels: ['❤\ufe0f Fans', 'VIP'] });
		},
	);

	it.each([
		['a part of the other', ['Sales'], ['Sales', 'VIP']],
		['as long as the other', ['Sales', 'VIP'], ['Sales', 'North']],
		['cleared', ['Sales'], null],
	])('finds a conflict where one list is %s', (_, one, other) => {
		for (const [first, second] of [
			[one, other],
			[other, one],
		] as const) {
			const { desired, conflicts } = combineRows(
				[
					{ index: 4, change: { emails: ['a@x.co', 'b@x.co'], labels: first } },
					{ index: 7, change: { emails: ['A@x.co'], labels: second } },
				],
				'fail',
			);
			expect(conflicts).toEqual(new Map([['a@x.co', { field: 'labels', rows: [4, 7] }]]));
			expect([...desired.keys()]).toEqual(['b@x.co']);
		}
	});

	it('names the rows that differ, and not one that leaves the field unchanged', () => {
		const { conflicts } = combineRows(
			[
				{ index: 0, change: { emails: ['a@x.co'], orgPhones: ['9111111'] } },
				{ index: 1, change: { emails: ['a@x.co'], labels: ['Sales'] } },
				{ index: 2, change: { emails: ['a@x.co'], labels: ['sales'] } },
				{ index: 3, change: { emails: ['a@x.co'], labels: ['VIP'] } },
			],
			'fail',
		);
		expect(conflicts.get('a@x.co')).toEqual({ field: 'labels', rows: [1, 3] });
	});

	it('changes none of the rows', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, (rows, handling) => {
				const before = JSON.stringify(rows);
				combineRows(rows, handling);
				expect(JSON.stringify(rows)).toBe(before);
			}),
		);
	});
});

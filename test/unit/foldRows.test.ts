import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { foldRows, type RowChange } from '../../nodes/Periskope/steps/2-plan/foldRows';
import { asSets, duplicateEmails, FIELDS, isSame, rowByRow, sayingsOf, sheet } from './sheet';

const rowsNaming = (rows: readonly RowChange[], email: string) =>
	rows.filter((row) => row.change.emails.some((written) => written.toLowerCase() === email));

describe('folding rows', () => {
	it('gives each email the access that row-by-row runs leave, or a conflict', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, (rows, how) => {
				const { desired, conflicts } = foldRows(rows, how);
				const folded = [...desired].map(([key, { email, firstRow, access }]) => [
					key,
					{ spelled: email, firstRow, access: asSets(access) },
				]);
				const reference = [...rowByRow(rows, how)];
				expect(folded).toEqual(
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

	it('with "fail" finds a conflict if and only if two rows say different things of one field', () => {
		fc.assert(
			fc.property(sheet, (rows) => {
				const { conflicts } = foldRows(rows, 'fail');
				for (const email of rowByRow(rows, 'fail').keys()) {
					const differ = FIELDS.some((field) => {
						const sayings = sayingsOf(rowsNaming(rows, email), field);
						return sayings.some((one) => sayings.some((other) => !isSame(one, other, field)));
					});
					expect(conflicts.has(email)).toBe(differ);
				}
			}),
		);
	});

	it('names two rows of the email that differ in the field, the earlier one first', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, (rows, how) => {
				for (const [key, { field, rows: named }] of foldRows(rows, how).conflicts) {
					const [one, other] = named.map((index) =>
						sayingsOf(
							rowsNaming(rows, key).filter(({ row }) => row === index),
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

	it('with "merge" gives the union of the lists, the first spelling and order kept', () => {
		const { desired } = foldRows(
			[
				{ row: 0, change: { emails: ['Asha@x.co'], labels: ['VIP', 'Sales'] } },
				{ row: 1, change: { emails: ['asha@x.co'], orgPhones: ['9222222', '9111111'] } },
				{ row: 2, change: { emails: ['ASHA@x.co'], labels: ['North', 'vip'] } },
				{ row: 3, change: { emails: ['asha@x.co'], orgPhones: ['9333333', '9222222'] } },
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

	it('with "merge" never gives less than a row asks for, nor an entry that no row asks for', () => {
		fc.assert(
			fc.property(sheet, (rows) => {
				for (const [key, { access }] of foldRows(rows, 'merge').desired) {
					if (access.role === 'admin') continue;
					for (const field of ['labels', 'orgPhones'] as const) {
						const asked = sayingsOf(rowsNaming(rows, key), field).flatMap((said) => said ?? []);
						const given = access[field] ?? [];
						expect(new Set(given.map((entry) => entry.toLowerCase()))).toEqual(
							new Set(asked.map((entry) => entry.toLowerCase())),
						);
					}
				}
			}),
		);
	});

	it('with "lastRow" takes each field from the last row that says something of it', () => {
		const { desired, conflicts } = foldRows(
			[
				{ row: 0, change: { emails: ['a@x.co'], labels: ['Sales'], orgPhones: ['9111111'] } },
				{ row: 1, change: { emails: ['a@x.co'], orgPhones: null } },
				{ row: 2, change: { emails: ['a@x.co'], labels: ['VIP'] } },
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
					const { emails, ...said } = change;
					for (const email of emails.map((written) => written.toLowerCase())) {
						members.set(email, { ...members.get(email), ...said });
					}
				}
				const { desired, conflicts } = foldRows(rows, 'lastRow');
				expect(conflicts.size).toBe(0);
				const left = [...members].map(([key, access]): [string, object] => [
					key,
					'role' in access && access.role === 'admin' ? { role: 'admin' } : access,
				]);
				expect(new Map([...desired].map(([key, { access }]) => [key, access]))).toEqual(
					new Map(left),
				);
			}),
		);
	});

	it('finds no conflict between rows that agree in another order and case', () => {
		const { desired, conflicts } = foldRows(
			[
				{ row: 0, change: { emails: ['a@x.co'], labels: ['Sales', 'VIP'], orgPhones: null } },
				{ row: 1, change: { emails: ['A@X.CO'], labels: ['vip', 'SALES'] } },
				{ row: 2, change: { emails: ['a@x.co'], orgPhones: null } },
			],
			'fail',
		);
		expect(conflicts.size).toBe(0);
		expect(desired.get('a@x.co')?.access).toEqual({ labels: ['Sales', 'VIP'], orgPhones: null });
	});

	it.each([
		['a part of the other', ['Sales'], ['Sales', 'VIP']],
		['as long as the other', ['Sales', 'VIP'], ['Sales', 'North']],
		['cleared', ['Sales'], null],
	])('finds a conflict where one list is %s', (_, one, other) => {
		for (const [labels, then] of [
			[one, other],
			[other, one],
		] as const) {
			const { desired, conflicts } = foldRows(
				[
					{ row: 4, change: { emails: ['a@x.co', 'b@x.co'], labels } },
					{ row: 7, change: { emails: ['A@x.co'], labels: then } },
				],
				'fail',
			);
			expect(conflicts).toEqual(
				new Map([['a@x.co', { email: 'a@x.co', field: 'labels', rows: [4, 7] }]]),
			);
			expect([...desired.keys()]).toEqual(['b@x.co']);
		}
	});

	it('names the rows that differ, and not one that said nothing of the field', () => {
		const { conflicts } = foldRows(
			[
				{ row: 0, change: { emails: ['a@x.co'], orgPhones: ['9111111'] } },
				{ row: 1, change: { emails: ['a@x.co'], labels: ['Sales'] } },
				{ row: 2, change: { emails: ['a@x.co'], labels: ['sales'] } },
				{ row: 3, change: { emails: ['a@x.co'], labels: ['VIP'] } },
			],
			'fail',
		);
		expect(conflicts.get('a@x.co')).toEqual({ email: 'a@x.co', field: 'labels', rows: [1, 3] });
	});

	it('changes no row that it reads', () => {
		fc.assert(
			fc.property(sheet, duplicateEmails, (rows, how) => {
				const before = JSON.stringify(rows);
				foldRows(rows, how);
				expect(JSON.stringify(rows)).toBe(before);
			}),
		);
	});
});

import fc from 'fast-check';

import type {
	Access,
	AccessChange,
	AccessField,
} from '../../nodes/Periskope/steps/1-read/accessChange';
import type { DuplicateEmails, RowChange } from '../../nodes/Periskope/steps/2-plan/foldRows';

export const FIELDS: readonly AccessField[] = ['labels', 'orgPhones'];

const lower = (text: string) => text.toLowerCase();
const listOf = (...entries: string[]) =>
	fc.uniqueArray(fc.constantFrom(...entries), { minLength: 1, maxLength: 3, selector: lower });

const change: fc.Arbitrary<AccessChange> = fc
	.record(
		{
			emails: listOf('a@x.co', 'A@X.co', 'b@x.co', 'B@x.co', 'c@x.co', '__proto__@x.co'),
			labels: fc.option(listOf('Sales', 'sales', 'VIP', '__proto__', 'null'), { freq: 5 }),
			orgPhones: fc.option(listOf('9111111', '9222222'), { freq: 5 }),
		},
		{ requiredKeys: ['emails'] },
	)
	.filter(({ labels, orgPhones }) => labels !== undefined || orgPhones !== undefined);

/** Rows of a sheet; few emails and few teams, so that they meet often. */
export const sheet: fc.Arbitrary<RowChange[]> = fc
	.array(change, { maxLength: 10 })
	.map((changes) => changes.map((row, index) => ({ row: index * 2, change: row })));

export const duplicateEmails = fc.constantFrom<DuplicateEmails>('fail', 'merge', 'lastRow');

/** What row-by-row runs leave, asked of each email and each field on its own. */
export type Reference = Map<
	string,
	{ spelled: string; firstRow: number; access: Access | 'conflict' }
>;

/** Deliberately plain, and without any code of the product. */
export function rowByRow(rows: readonly RowChange[], how: DuplicateEmails): Reference {
	const reference: Reference = new Map();
	for (const email of new Set(rows.flatMap((row) => row.change.emails.map(lower)))) {
		const own = rows.filter((row) => row.change.emails.map(lower).includes(email));
		const [first] = own;
		const spelled = first?.change.emails.find((written) => lower(written) === email);
		if (first === undefined || spelled === undefined) throw new Error('No row names the email');
		let access: Access | 'conflict' = {};
		for (const field of FIELDS) {
			const left = fieldAfter(sayingsOf(own, field), field, how);
			if (left === undefined || access === 'conflict') continue;
			access = left === 'conflict' ? 'conflict' : { ...access, [field]: left };
		}
		reference.set(email, { spelled, firstRow: first.row, access });
	}
	return reference;
}

export type Saying = readonly string[] | null;

export function sayingsOf(rows: readonly RowChange[], field: AccessField): Saying[] {
	return rows.flatMap((row) => {
		const said = row.change[field];
		return said === undefined ? [] : [said];
	});
}

function fieldAfter(
	sayings: readonly Saying[],
	field: AccessField,
	how: DuplicateEmails,
): Saying | undefined | 'conflict' {
	if (how === 'lastRow') return sayings.at(-1);
	const agree = sayings.every((one) => sayings.every((other) => isSame(one, other, field)));
	if (agree) return sayings[0];
	if (how === 'fail' || sayings.includes(null)) return 'conflict';
	const union: string[] = [];
	for (const entry of sayings.flatMap((saying) => saying ?? [])) {
		if (!union.some((known) => isSame([known], [entry], field))) union.push(entry);
	}
	return union;
}

/** Labels are the same whatever their case; a list is the same in any order. */
export function isSame(one: Saying, other: Saying, field: AccessField): boolean {
	const plain = (saying: Saying) =>
		JSON.stringify(saying && saying.map(field === 'labels' ? lower : String).sort());
	return plain(one) === plain(other);
}

/** Equal for accesses that leave a member with the same: the order of a list says nothing. */
export const asSets = ({ labels, orgPhones }: Access): string =>
	JSON.stringify(
		[labels, orgPhones].map((list) =>
			list === undefined ? 'unchanged' : list && [...list].sort(),
		),
	);

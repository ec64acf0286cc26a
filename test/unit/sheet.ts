import fc from 'fast-check';

import type { Access, MemberChange, Role } from '../../nodes/Periskope/steps/1-read/memberChange';
import type { DuplicateEmails, RowChange } from '../../nodes/Periskope/steps/2-plan/foldRows';

type Field = keyof Access;
export const FIELDS: readonly Field[] = ['role', 'labels', 'orgPhones'];

const lower = (text: string) => text.toLowerCase();
const listOf = (...entries: string[]) =>
	fc.uniqueArray(fc.constantFrom(...entries), { minLength: 1, maxLength: 3, selector: lower });

const change: fc.Arbitrary<MemberChange> = fc
	.record(
		{
			emails: listOf('a@x.co', 'A@X.co', 'b@x.co', 'B@x.co', 'c@x.co', '__proto__@x.co'),
			role: fc.constantFrom('member', 'member', 'admin'),
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
		if (access !== 'conflict' && access.role === 'admin') access = { role: 'admin' };
		reference.set(email, { spelled, firstRow: first.row, access });
	}
	return reference;
}

export type Saying = Role | readonly string[] | null;

export function sayingsOf(rows: readonly RowChange[], field: Field): Saying[] {
	return rows.flatMap((row) => {
		const said = row.change[field];
		return said === undefined ? [] : [said];
	});
}

function fieldAfter(
	sayings: readonly Saying[],
	field: Field,
	how: DuplicateEmails,
): Saying | undefined | 'conflict' {
	if (how === 'lastRow') return sayings.at(-1);
	const agree = sayings.every((one) => sayings.every((other) => isSame(one, other, field)));
	if (agree) return sayings[0];
	if (how === 'fail' || field === 'role' || sayings.includes(null)) return 'conflict';
	const union: string[] = [];
	for (const entry of sayings.flatMap((saying) => saying ?? [])) {
		if (!union.some((known) => isSame([known], [entry], field))) union.push(entry);
	}
	return union;
}

/** Labels are the same whatever their case; a list is the same in any order. */
export function isSame(one: Saying, other: Saying, field: Field): boolean {
	const plain = (saying: Saying) =>
		JSON.stringify(
			Array.isArray(saying) ? saying.map(field === 'labels' ? lower : String).sort() : saying,
		);
	return plain(one) === plain(other);
}

/** Equal for accesses that leave a member with the same: the order of a list says nothing. */
export const asSets = ({ role, labels, orgPhones }: Access): string =>
	JSON.stringify([
		role,
		...[labels, orgPhones].map((list) =>
			list === undefined ? 'unchanged' : list && [...list].sort(),
		),
	]);

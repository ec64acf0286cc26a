import fc from 'fast-check';

import type { Access, MemberChange, Role } from '../../../nodes/Periskope/model';
import { DEFAULTS, type DuplicateEmails, type RowOptions } from '../../../nodes/Periskope/options';
import type { RowChange } from '../../../nodes/Periskope/plan/combineRows';
import type { ReadRow } from '../../../nodes/Periskope/read/readRows';

/** A row that can be planned. */
export const readable = (
	index: number,
	change: MemberChange,
	options: Partial<RowOptions> = {},
): Extract<ReadRow, { kind: 'change' }> => ({
	kind: 'change',
	index,
	options: { ...DEFAULTS, ...options },
	change,
});

/** A row that can't be planned. */
export const unreadable = (
	index: number,
	emails: readonly string[],
	problems: readonly string[],
): Extract<ReadRow, { kind: 'unreadable' }> => ({
	kind: 'unreadable',
	index,
	options: DEFAULTS,
	emails,
	problems,
});

type Field = keyof Access;
export const FIELDS: readonly Field[] = ['role', 'labels', 'orgPhones'];

/** ASCII letters alone: JavaScript makes a k of the Kelvin sign too, which is another address. */
export const emailKey = (email: string) =>
	email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
/** Whether an emoji is to be drawn in colour is no difference either. */
export const labelKey = (label: string) => label.toLowerCase().replace(/[\ufe00-\ufe0f]/g, '');

const listOf = (selector: (entry: string) => string, ...entries: string[]) =>
	fc.uniqueArray(fc.constantFrom(...entries), { minLength: 1, maxLength: 3, selector });

const change: fc.Arbitrary<MemberChange> = fc
	.record(
		{
			emails: listOf(
				emailKey,
				'a@x.co',
				'A@X.co',
				'k@x.co',
				'K@x.co',
				'\u212a@x.co',
				'c@x.co',
				'__proto__@x.co',
			),
			role: fc.constantFrom('member', 'member', 'admin'),
			labels: fc.option(
				listOf(labelKey, 'Sales', 'sales', 'VIP', '❤', '❤\ufe0f', '__proto__', 'null'),
				{ freq: 5 },
			),
			orgPhones: fc.option(listOf(String, '9111111', '9222222'), { freq: 5 }),
		},
		{ requiredKeys: ['emails'] },
	)
	.filter(({ labels, orgPhones }) => labels !== undefined || orgPhones !== undefined);

/** Rows of a sheet; few emails and few lists, so that the same ones are often on several rows. */
export const sheet: fc.Arbitrary<RowChange[]> = fc
	.array(change, { maxLength: 10 })
	.map((changes) => changes.map((change, position) => ({ index: position, change })));

/** The same, with rows among them that can't be read. */
export const sheetWithUnreadable: fc.Arbitrary<ReadRow[]> = fc
	.array(fc.tuple(change, fc.boolean()), { maxLength: 10 })
	.map((rows) =>
		rows.map(([change, isReadable], position) =>
			isReadable ? readable(position, change) : unreadable(position, change.emails, ['Unreadable']),
		),
	);

export const duplicateEmails = fc.constantFrom<DuplicateEmails>('fail', 'merge', 'lastRow');

/** What row-by-row runs leave, computed for each email and each field on its own. */
export type Reference = Map<
	string,
	{ email: string; firstRow: number; access: Access | 'conflict' }
>;

/** Deliberately plain, and without any code of the product. */
export function rowByRow(rows: readonly RowChange[], handling: DuplicateEmails): Reference {
	const reference: Reference = new Map();
	for (const folded of new Set(rows.flatMap((row) => row.change.emails.map(emailKey)))) {
		const own = rows.filter((row) => row.change.emails.map(emailKey).includes(folded));
		const [first] = own;
		const email = first?.change.emails.find((spelled) => emailKey(spelled) === folded);
		if (first === undefined || email === undefined) throw new Error('No row names the email');
		let access: Access | 'conflict' = {};
		for (const field of FIELDS) {
			const value = fieldAfter(valuesOf(own, field), field, handling);
			if (value === undefined || access === 'conflict') continue;
			access = value === 'conflict' ? 'conflict' : { ...access, [field]: value };
		}
		if (access !== 'conflict' && access.role === 'admin') access = { role: 'admin' };
		reference.set(folded, { email, firstRow: first.index, access });
	}
	return reference;
}

export type FieldValue = Role | readonly string[] | null;

/** What the rows set a field to; rows that leave it unchanged are left out. */
export function valuesOf(rows: readonly RowChange[], field: Field): FieldValue[] {
	return rows.flatMap((row) => {
		const value = row.change[field];
		return value === undefined ? [] : [value];
	});
}

function fieldAfter(
	values: readonly FieldValue[],
	field: Field,
	handling: DuplicateEmails,
): FieldValue | undefined | 'conflict' {
	if (handling === 'lastRow') return values.at(-1);
	const agree = values.every((one) => values.every((other) => isSame(one, other, field)));
	if (agree) return values[0];
	if (handling === 'fail' || field === 'role' || values.includes(null)) return 'conflict';
	const union: string[] = [];
	for (const entry of values.flatMap((value) => value ?? [])) {
		if (!union.some((known) => isSame([known], [entry], field))) union.push(entry);
	}
	return union;
}

/** Labels are the same whatever their case and variation selectors; a list is the same in any order. */
export function isSame(one: FieldValue, other: FieldValue, field: Field): boolean {
	const plain = (value: FieldValue) =>
		JSON.stringify(
			Array.isArray(value) ? value.map(field === 'labels' ? labelKey : String).sort() : value,
		);
	return plain(one) === plain(other);
}

/** Equal for accesses that leave a member with the same: the order of a list doesn't matter. */
export const asSets = ({ role, labels, orgPhones }: Access): string =>
	JSON.stringify([
		role,
		...[labels, orgPhones].map((list) =>
			list === undefined ? 'unchanged' : list && [...list].sort(),
		),
	]);

import { keyOf, type Access, type MemberChange, type Role } from '../model';
import type { DuplicateEmails } from '../options';

export interface RowChange {
	/** index of the row, from 0 */
	index: number;
	change: MemberChange;
}

/** What one member is to have after all rows that name the email. */
export interface DesiredAccess {
	/** as the first row spells it */
	email: string;
	access: Access;
	firstRow: number;
	/** the row that first sets a field, where that isn't the first row */
	setBy?: Partial<Record<keyof Access, number>>;
}

/** An email for which two rows ask for different things, so that none of them may be chosen. */
export interface Conflict {
	field: keyof Access;
	/** the first two rows that differ, by index */
	rows: readonly [number, number];
}

export interface Combined {
	/** by the key of the email, in the order of their first rows */
	desired: Map<string, DesiredAccess>;
	/** by the key of the email */
	conflicts: Map<string, Conflict>;
}

const FIELDS = ['role', 'labels', 'orgPhones'] as const;

/**
 * Combines rows to one desired access per email. A row that leaves a field unchanged says nothing
 * about it; rows that set a field to the same agree. Where they differ, `fail` makes a conflict,
 * `merge` takes the union of the lists, and `lastRow` what row-by-row runs would leave. Null can't
 * be merged with a list, nor one role with another: which of the two was meant isn't known, so
 * that stays a conflict.
 */
export function combineRows(
	rows: readonly RowChange[],
	duplicateEmails: DuplicateEmails,
): Combined {
	const desired = new Map<string, DesiredAccess>();
	const conflicts = new Map<string, Conflict>();
	const unions = new Map<string, Unions>();
	for (const { index, change } of rows) {
		const { emails, ...access } = change;
		for (const email of emails) {
			const key = keyOf('emails', email);
			const known = desired.get(key);
			if (known === undefined) {
				desired.set(key, { email, access, firstRow: index });
				continue;
			}
			for (const field of FIELDS) {
				const before = known.access[field];
				const now = access[field];
				if (now === undefined || now === before) continue;
				if (before === undefined || duplicateEmails === 'lastRow') {
					if (before === undefined) known.setBy = { ...known.setBy, [field]: index };
					known.access = { ...known.access, [field]: now };
				} else if (duplicateEmails === 'merge' && isList(before) && isList(now)) {
					addTo(unions, key, field, before, now);
				} else if (!isSame(before, now, field) && !conflicts.has(key)) {
					const first = known.setBy?.[field] ?? known.firstRow;
					conflicts.set(key, { field, rows: [first, index] });
				}
			}
		}
	}
	for (const key of conflicts.keys()) desired.delete(key);
	for (const [key, member] of desired) {
		for (const [field, union] of unions.get(key) ?? []) {
			member.access = { ...member.access, [field]: [...union.values()] };
		}
		// Admins have access to everything: what other rows set for it doesn't apply to the role.
		if (member.access.role === 'admin') member.access = { role: 'admin' };
	}
	return { desired, conflicts };
}

type Field = (typeof FIELDS)[number];
type FieldValue = Role | readonly string[] | null;
/** By field, its entries by their keys: thousands of rows may add to one list. */
type Unions = Map<Field, Map<string, string>>;

function addTo(
	unions: Map<string, Unions>,
	key: string,
	field: Field,
	before: readonly string[],
	now: readonly string[],
): void {
	const ofMember = unions.get(key) ?? new Map<Field, Map<string, string>>();
	unions.set(key, ofMember);
	const union = ofMember.get(field) ?? new Map<string, string>();
	ofMember.set(field, union);
	for (const entry of union.size === 0 ? [...before, ...now] : now) {
		const entryKey = keyOf(field, entry);
		if (!union.has(entryKey)) union.set(entryKey, entry);
	}
}

const isList = (access: FieldValue): access is readonly string[] =>
	typeof access === 'object' && access !== null;

function isSame(a: FieldValue, b: FieldValue, field: Field): boolean {
	if (!isList(a) || !isList(b)) return a === b;
	if (a.length !== b.length) return false;
	const keys = new Set(a.map((entry) => keyOf(field, entry)));
	return b.every((entry) => keys.has(keyOf(field, entry)));
}

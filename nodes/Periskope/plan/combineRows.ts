import type { Access, MemberChange, Role } from '../model';
import type { DuplicateEmails } from '../options';
import { distinct, foldCase } from '../text';

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
	email: string;
	field: keyof Access;
	/** the first two rows that differ, by index */
	rows: readonly [number, number];
}

export interface Combined {
	/** by email, case folded, in the order of their first rows */
	desired: Map<string, DesiredAccess>;
	/** by email, case folded */
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
	for (const { index, change } of rows) {
		const { emails, ...access } = change;
		for (const email of emails) {
			const key = foldCase(email);
			const known = desired.get(key);
			if (known === undefined) {
				desired.set(key, { email, access, firstRow: index });
				continue;
			}
			for (const field of FIELDS) {
				const value = access[field];
				if (value === undefined) continue;
				const combined = combine(known.access[field], value, field, duplicateEmails);
				if (combined === CONFLICT) {
					const rows = [known.setBy?.[field] ?? known.firstRow, index] as const;
					if (!conflicts.has(key)) conflicts.set(key, { email: known.email, field, rows });
				} else {
					if (known.access[field] === undefined) known.setBy = { ...known.setBy, [field]: index };
					known.access = { ...known.access, [field]: combined };
				}
			}
		}
	}
	for (const key of conflicts.keys()) desired.delete(key);
	for (const member of desired.values()) {
		// Admins have access to everything: what other rows set for it doesn't apply to the role.
		if (member.access.role === 'admin') member.access = { role: 'admin' };
	}
	return { desired, conflicts };
}

type FieldValue = Role | readonly string[] | null;
const CONFLICT = 'conflict';

function combine(
	before: FieldValue | undefined,
	now: FieldValue,
	field: keyof Access,
	duplicateEmails: DuplicateEmails,
): FieldValue | typeof CONFLICT {
	if (before === undefined || duplicateEmails === 'lastRow') return now;
	if (isSame(before, now, field)) return before;
	if (duplicateEmails === 'fail' || !isList(before) || !isList(now)) return CONFLICT;
	return distinct([...before, ...now], field === 'labels' ? foldCase : undefined);
}

const isList = (access: FieldValue) => typeof access === 'object' && access !== null;

function isSame(a: FieldValue, b: FieldValue, field: keyof Access): boolean {
	if (!isList(a) || !isList(b)) return a === b;
	const keyOf = field === 'labels' ? foldCase : (entry: string) => entry;
	const keys = new Set(a.map(keyOf));
	return a.length === b.length && b.every((entry) => keys.has(keyOf(entry)));
}

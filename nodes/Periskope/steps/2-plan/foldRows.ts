import type { Access, MemberChange, Role } from '../1-read/memberChange';
import { caseless, distinct } from '../1-read/distinct';

export type DuplicateEmails = 'fail' | 'merge' | 'lastRow';

export interface RowChange {
	/** index of the row, from 0 */
	row: number;
	change: MemberChange;
}

/** What one member is to have after all rows that name the email. */
export interface DesiredAccess {
	/** as the first row spells it */
	email: string;
	access: Access;
	firstRow: number;
	/** the row that first said something of a field, where that isn't the first row */
	saidBy?: Partial<Record<keyof Access, number>>;
}

/** An email that two rows want different things for, in a way that must not be guessed at. */
export interface Conflict {
	email: string;
	field: keyof Access;
	/** the first two rows that differ, by index */
	rows: readonly [number, number];
}

export interface Folded {
	/** by email without regard to case, in the order of their first rows */
	desired: Map<string, DesiredAccess>;
	conflicts: Map<string, Conflict>;
}

const FIELDS = ['role', 'labels', 'orgPhones'] as const;

/**
 * Folds rows to one desired access per email. A row that leaves a field unchanged says nothing
 * about it; rows that say the same of a field agree. Where they differ, `fail` makes a conflict,
 * `merge` takes the union of the lists, and `lastRow` what row-by-row runs would leave. Null can't
 * be merged with a list, nor one role with another, for nobody could say which of the two was
 * meant: that stays a conflict.
 */
export function foldRows(rows: readonly RowChange[], duplicateEmails: DuplicateEmails): Folded {
	const desired = new Map<string, DesiredAccess>();
	const conflicts = new Map<string, Conflict>();
	for (const { row, change } of rows) {
		const { emails, ...access } = change;
		for (const email of emails) {
			const key = caseless(email);
			const known = desired.get(key);
			if (known === undefined) {
				desired.set(key, { email, access, firstRow: row });
				continue;
			}
			for (const field of FIELDS) {
				const said = access[field];
				if (said === undefined) continue;
				const combined = combine(known.access[field], said, field, duplicateEmails);
				if (combined === CONFLICT) {
					const rows = [known.saidBy?.[field] ?? known.firstRow, row] as const;
					if (!conflicts.has(key)) conflicts.set(key, { email: known.email, field, rows });
				} else {
					if (known.access[field] === undefined) known.saidBy = { ...known.saidBy, [field]: row };
					known.access = { ...known.access, [field]: combined };
				}
			}
		}
	}
	for (const key of conflicts.keys()) desired.delete(key);
	for (const member of desired.values()) {
		// Admins have access to everything: what other rows said of it falls away with the role.
		if (member.access.role === 'admin') member.access = { role: 'admin' };
	}
	return { desired, conflicts };
}

type FieldAccess = Role | readonly string[] | null;
const CONFLICT = 'conflict';

function combine(
	before: FieldAccess | undefined,
	now: FieldAccess,
	field: keyof Access,
	duplicateEmails: DuplicateEmails,
): FieldAccess | typeof CONFLICT {
	if (before === undefined || duplicateEmails === 'lastRow') return now;
	if (isSame(before, now, field)) return before;
	if (duplicateEmails === 'fail' || !isList(before) || !isList(now)) return CONFLICT;
	return distinct([...before, ...now], field === 'labels' ? caseless : undefined);
}

const isList = (access: FieldAccess) => typeof access === 'object' && access !== null;

function isSame(a: FieldAccess, b: FieldAccess, field: keyof Access): boolean {
	if (!isList(a) || !isList(b)) return a === b;
	const keyOf = field === 'labels' ? caseless : (entry: string) => entry;
	const keys = new Set(a.map(keyOf));
	return a.length === b.length && b.every((entry) => keys.has(keyOf(entry)));
}

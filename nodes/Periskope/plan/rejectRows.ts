import { FIELD_NAMES, keyOf } from '../model';
import type { ReadRow } from '../read/readRows';
import { failRow, rowName, type RowFailure, type RowId } from '../rowFailure';
import { formatted, withoutMarkup } from '../text';
import type { Conflict } from './combineRows';

/** What keeps the emails of a row from being sent, by the key of the email; '' for a row without one. */
export type RejectedEmails = ReadonlyMap<string, RowFailure>;

type Unreadable = Extract<ReadRow, { kind: 'unreadable' }>;
type Change = Extract<ReadRow, { kind: 'change' }>;

const MAX_PROBLEMS_NAMED = 10;

/**
 * The rows that aren't sent, or some of whose emails aren't. A row that can't be read is rejected
 * with all of its emails, or once where it has none.
 *
 * @param conflicts by the key of the email
 * @param unreadable the first row that names an email and can't be read, by the key of the email
 * @returns by index of the row, with no entry for a row that can be sent whole
 */
export function rejectRows(
	rows: readonly ReadRow[],
	conflicts: ReadonlyMap<string, Conflict>,
	unreadable: ReadonlyMap<string, number>,
): Map<number, RejectedEmails> {
	const rejected = new Map<number, RejectedEmails>();
	for (const row of rows) {
		const emails =
			row.kind === 'unreadable'
				? rejectUnreadable(row)
				: rejectSome(row, rows, conflicts, unreadable);
		if (emails.size > 0) rejected.set(row.index, emails);
	}
	return rejected;
}

function rejectUnreadable(row: Unreadable): RejectedEmails {
	const problem = {
		what: inShort(row.problems),
		advice: 'Nothing was sent for this row. Correct it and run it again.',
		adviceForMany: 'Correct these rows and run again.',
	};
	if (row.emails.length === 0) return new Map([['', failRow(row, problem, INVALID)]]);
	return new Map(
		row.emails.map((email) => [
			keyOf('emails', email),
			failRow(row, problem, { email: withoutMarkup(email), ...INVALID }),
		]),
	);
}

const INVALID = { reason: 'invalidRow', applied: 'no' } as const;

/** A wrong column can bring thousands of problems, and each email of the row would repeat them all. */
function inShort(problems: readonly string[]): string {
	const more = problems.length - MAX_PROBLEMS_NAMED;
	const named = problems.slice(0, MAX_PROBLEMS_NAMED).join('. ');
	return more > 0 ? `${named}. … and ${formatted(more)} more` : named;
}

function rejectSome(
	row: Change,
	rows: readonly RowId[],
	conflicts: ReadonlyMap<string, Conflict>,
	unreadable: ReadonlyMap<string, number>,
): RejectedEmails {
	const emails = new Map<string, RowFailure>();
	if (conflicts.size === 0 && unreadable.size === 0) return emails;
	for (const email of row.change.emails) {
		const key = keyOf('emails', email);
		const unreadableRow = unreadable.get(key);
		const conflict = conflicts.get(key);
		if (unreadableRow !== undefined) {
			emails.set(key, heldBack(row, email, nameIn(rows, unreadableRow)));
		} else if (conflict) {
			emails.set(key, conflictFailure(row, email, conflict, rows));
		}
	}
	return emails;
}

const nameIn = (rows: readonly RowId[], index: number) => rowName(rows[index] ?? { index });

const heldBack = (row: RowId, email: string, unreadableRow: string): RowFailure =>
	failRow(
		row,
		{
			what: `${email} is also on ${unreadableRow}, which needs correction`,
			advice: `Nothing was sent for this email. Correct ${unreadableRow} and run both rows again.`,
			isHeldBack: true,
		},
		{ email, reason: 'notSent', applied: 'no' },
	);

const conflictFailure = (
	row: RowId,
	email: string,
	{ field, rows: [one, other] }: Conflict,
	rows: readonly RowId[],
): RowFailure =>
	failRow(
		row,
		{
			what: `${email} is on ${nameIn(rows, one)} and ${nameIn(rows, other)}, which differ in ${FIELD_NAMES[field]}`,
			advice:
				"Nothing was sent for this email. Keep one row for it, or choose Merge or Use Last Row under 'When an Email Repeats'. Null can't be merged with a list, nor one role with another.",
		},
		{ email, reason: 'conflict', applied: 'no' },
	);

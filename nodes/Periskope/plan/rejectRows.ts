import { FIELD_NAMES } from '../model';
import type { ReadRow } from '../read/readRows';
import type { RowFailure } from '../rowFailure';
import { foldCase, formatted } from '../text';
import type { Conflict } from './combineRows';

/** What keeps the emails of a row from being sent, by email, case folded; '' for a row without one. */
export type RejectedEmails = ReadonlyMap<string, RowFailure>;

type Unreadable = Extract<ReadRow, { kind: 'unreadable' }>;
type Change = Extract<ReadRow, { kind: 'change' }>;

const MAX_PROBLEMS_NAMED = 10;

/**
 * The rows that aren't sent, or some of whose emails aren't. A row that can't be read is rejected
 * with all of its emails, or once where it has none.
 *
 * @returns by index of the row, with no entry for a row that can be sent whole
 */
export function rejectRows(
	rows: readonly ReadRow[],
	conflicts: ReadonlyMap<string, Conflict>,
): Map<number, RejectedEmails> {
	const rejected = new Map<number, RejectedEmails>();
	for (const row of rows) {
		const emails = row.kind === 'unreadable' ? unreadable(row) : conflicting(row, conflicts);
		if (emails.size > 0) rejected.set(row.index, emails);
	}
	return rejected;
}

function unreadable({ index, emails, problems }: Unreadable): RejectedEmails {
	const failure = {
		row: index,
		what: inShort(problems),
		advice: 'Nothing was sent for this row. Correct it and run it again.',
		adviceForMany: 'Correct these rows and run again.',
	};
	if (emails.length === 0) return new Map([['', { ...failure, details: {} }]]);
	return new Map(emails.map((email) => [foldCase(email), { ...failure, details: { email } }]));
}

/** A wrong column can bring thousands of problems, and each email of the row would repeat them all. */
function inShort(problems: readonly string[]): string {
	const more = problems.length - MAX_PROBLEMS_NAMED;
	const named = problems.slice(0, MAX_PROBLEMS_NAMED).join('. ');
	return more > 0 ? `${named}. … and ${formatted(more)} more` : named;
}

function conflicting(
	{ index, change }: Change,
	conflicts: ReadonlyMap<string, Conflict>,
): RejectedEmails {
	const emails = new Map<string, RowFailure>();
	if (conflicts.size === 0) return emails;
	for (const email of change.emails) {
		const conflict = conflicts.get(foldCase(email));
		if (conflict) emails.set(foldCase(email), conflictFailure(index, email, conflict));
	}
	return emails;
}

const conflictFailure = (
	row: number,
	email: string,
	{ field, rows: [one, other] }: Conflict,
): RowFailure => ({
	row,
	what: `${email} is on several rows that differ in ${FIELD_NAMES[field]} (row ${one + 1} and row ${other + 1})`,
	advice:
		'Nothing was sent for this email. Leave one row for it, or choose under Duplicate Emails to merge the rows or to use the last one. Null cannot be merged with a list, nor one role with another.',
	details: { email },
});

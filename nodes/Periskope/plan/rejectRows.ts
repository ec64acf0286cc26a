import { FIELD_NAMES, keyOf } from '../model';
import type { ReadRow } from '../read/readRows';
import { rowName, type RowFailure } from '../rowFailure';
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
			row.kind === 'unreadable' ? rejectUnreadable(row) : rejectSome(row, conflicts, unreadable);
		if (emails.size > 0) rejected.set(row.index, emails);
	}
	return rejected;
}

function rejectUnreadable({ index, emails, problems }: Unreadable): RejectedEmails {
	const failure = {
		row: index,
		what: inShort(problems),
		advice: 'Nothing was sent for this row. Correct it and run it again.',
		adviceForMany: 'Correct these rows and run again.',
	};
	if (emails.length === 0) return new Map([['', { ...failure, details: {} }]]);
	return new Map(
		emails.map((email) => [
			keyOf('emails', email),
			{ ...failure, details: { email: withoutMarkup(email) } },
		]),
	);
}

/** A wrong column can bring thousands of problems, and each email of the row would repeat them all. */
function inShort(problems: readonly string[]): string {
	const more = problems.length - MAX_PROBLEMS_NAMED;
	const named = problems.slice(0, MAX_PROBLEMS_NAMED).join('. ');
	return more > 0 ? `${named}. … and ${formatted(more)} more` : named;
}

function rejectSome(
	{ index, change }: Change,
	conflicts: ReadonlyMap<string, Conflict>,
	unreadable: ReadonlyMap<string, number>,
): RejectedEmails {
	const emails = new Map<string, RowFailure>();
	if (conflicts.size === 0 && unreadable.size === 0) return emails;
	for (const email of change.emails) {
		const key = keyOf('emails', email);
		const unreadableRow = unreadable.get(key);
		const conflict = conflicts.get(key);
		if (unreadableRow !== undefined) {
			emails.set(key, heldBack(index, email, unreadableRow));
		} else if (conflict) {
			emails.set(key, conflictFailure(index, email, conflict));
		}
	}
	return emails;
}

const heldBack = (row: number, email: string, unreadableRow: number): RowFailure => ({
	row,
	what: `${email} is also on ${rowName(unreadableRow)}, which needs correction`,
	advice: `Nothing was sent for this email. Correct ${rowName(unreadableRow)} and run both rows again.`,
	isHeldBack: true,
	details: { email },
});

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

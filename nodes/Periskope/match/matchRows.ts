import { keyOf, type Access } from '../model';
import { adviceOnRow, type OperationMessages } from '../operationMessages';
import type { Plan } from '../plan/planRows';
import type { ReadRow } from '../read/readRows';
import { failRow, type RowFailure, type RowId, type Failure } from '../rowFailure';
import type { Difference } from './compareAccess';
import type { Done, Matched, NotReturned, Outcome, Planned } from './matchMembers';

/** Result of one email of a row, according to the row's options. */
export type RowResult = { row: RowId } & Result;
type Result = DoneResult | Planned | ReportedMember | { kind: 'failed'; failure: RowFailure };

/** A member that was returned; where its access differs, that doesn't count as failed. */
export interface DoneResult extends Done {
	/** as the row spells it */
	email: string;
	simplify: boolean;
	/** what differs, where the row wants to know */
	accessMismatch?: string;
}

/** An email that wasn't returned and that doesn't count as failed. */
export interface ReportedMember {
	kind: 'notReturned';
	email: string;
	/** what is known of it, and no guess beyond that */
	reason: string;
	/** what it was to have, for another operation to go on with */
	access: Access;
	missingMembers: 'report' | 'ignore';
}

/** Should never happen, because every planned email has an outcome. */
const NO_OUTCOME: Outcome = {
	kind: 'failed',
	failure: {
		what: 'Internal error: no result was recorded for this email',
		advice:
			'Check the member in Periskope, and please open an issue on the GitHub page of this node.',
		reason: 'unavailable',
		applied: 'unknown',
		details: {},
	},
};

/** One result for each email of each row, in the order of the rows and of their emails. */
export function matchRows(
	rows: readonly ReadRow[],
	{ rejected, blockedBy }: Pick<Plan, 'rejected' | 'blockedBy'>,
	{ outcomes }: Pick<Matched, 'outcomes'>,
	messages: OperationMessages,
): RowResult[] {
	const results: RowResult[] = [];
	for (const row of rows) {
		const { index, rowNumber } = row;
		const id: RowId = { index, rowNumber };
		const rejectedEmails = rejected.get(index);
		const fail = (failure: RowFailure) => results.push({ row: id, kind: 'failed', failure });
		if (row.kind === 'unreadable') {
			for (const failure of rejectedEmails?.values() ?? []) fail(failure);
			continue;
		}
		for (const email of row.change.emails) {
			const key = keyOf('emails', email);
			const rejection = rejectedEmails?.get(key);
			if (rejection) fail(rejection);
			else if (blockedBy) fail(failureOf(id, email, blockedBy, blockedBy.advice));
			else {
				const outcome = outcomes.get(key) ?? NO_OUTCOME;
				results.push({ row: id, ...resultFor(row, email, outcome, messages) });
			}
		}
	}
	return results;
}

function resultFor(
	row: ReadRow,
	email: string,
	outcome: Outcome,
	messages: OperationMessages,
): Result {
	switch (outcome.kind) {
		case 'planned':
			return outcome;
		case 'done':
			return doneResult(row, email, outcome);
		case 'failed': {
			const { failure } = outcome;
			return failed(failureOf(row, email, failure, adviceOnRow(failure, messages)));
		}
		case 'notReturned':
			return notReturnedResult(row, email, outcome, messages);
	}
}

function doneResult(row: ReadRow, email: string, outcome: Done): Result {
	const { accessMismatch: handling, simplify } = row.options;
	const { differences, details } = outcome;
	if (differences.length === 0 || handling === 'ignore') return { ...outcome, email, simplify };
	const what = mismatchOf(differences);
	if (handling === 'report') return { ...outcome, email, simplify, accessMismatch: `${what}.` };
	const problem = { what, advice: ADVICE_IF_DIFFERENT };
	// An admin may have been returned without any change.
	const applied = differences.some(({ field }) => field === 'role') ? 'unknown' : 'yes';
	const failure: Failure = { ...problem, reason: 'accessMismatch', applied, details };
	return failed(failureOf(row, email, failure, problem.advice));
}

const mismatchOf = (differences: readonly Difference[]) =>
	[
		'Periskope returned different access than requested',
		...differences.map(({ what }) => what),
	].join('. ');
const ADVICE_IF_DIFFERENT = 'Check the member in Periskope.';

function notReturnedResult(
	row: ReadRow,
	email: string,
	{ access, words, applied, appliedBefore, details }: NotReturned,
	messages: OperationMessages,
): Result {
	const { missingMembers } = row.options;
	const { notReturned, adviceIfNotReturned: advice, ifUnknown } = messages;
	const what = words === '' ? notReturned : `${notReturned}. Periskope's message: ${words}`;
	if (missingMembers !== 'fail') {
		const reason = appliedBefore === 'unknown' ? `${what}. ${ifUnknown}` : `${what}.`;
		return { kind: 'notReturned', email, reason, access, missingMembers };
	}
	const failure: Failure = { what, advice, reason: 'notReturned', applied, details };
	return failed(
		failureOf(row, email, failure, adviceOnRow({ ...failure, applied: appliedBefore }, messages)),
	);
}

const failed = (failure: RowFailure): Result => ({ kind: 'failed', failure });

const failureOf = (
	row: RowId,
	email: string,
	{ what, reason, applied, details }: Failure,
	advice: string,
): RowFailure => failRow(row, { what, advice }, { email, reason, applied, ...details });

import type { Failure } from '../api/failure';
import type { Member } from '../api/member';
import { keyOf, type Access } from '../model';
import { adviceOnRow, type OperationMessages } from '../operationMessages';
import type { RowOptions } from '../options';
import type { Plan } from '../plan/planRows';
import type { ReadRow } from '../read/readRows';
import type { RowFailure } from '../rowFailure';
import type { Matched, Outcome, Planned } from './matchMembers';

/** What happened to one email of a row, as the row's options want it told. */
export type RowResult = { row: number } & (
	| { kind: 'done'; member: Member; output: RowOptions['output'] }
	| Planned
	| ReportedMember
	| { kind: 'failed'; failure: RowFailure }
);

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

/** Can't come about as long as every email that is planned has an outcome. If it does, it is said. */
const NO_OUTCOME: Outcome = {
	kind: 'failed',
	failure: {
		what: 'The node lost track of this email, which is a defect in it',
		advice: 'Look at the member in Periskope, and please report this with the workflow.',
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
		const { index } = row;
		const rejectedEmails = rejected.get(index);
		const fail = (failure: RowFailure) => results.push({ row: index, kind: 'failed', failure });
		if (row.kind === 'unreadable') {
			for (const failure of rejectedEmails?.values() ?? []) fail(failure);
			continue;
		}
		for (const email of row.change.emails) {
			const key = keyOf('emails', email);
			const rejection = rejectedEmails?.get(key);
			if (rejection) fail(rejection);
			else if (blockedBy) fail({ row: index, ...blockedBy, details: { email } });
			else results.push(resultFor(row, email, outcomes.get(key) ?? NO_OUTCOME, messages));
		}
	}
	return results;
}

function resultFor(
	{ index: row, options: { missingMembers, output } }: ReadRow,
	email: string,
	outcome: Outcome,
	messages: OperationMessages,
): RowResult {
	switch (outcome.kind) {
		case 'done':
			return { row, kind: 'done', member: outcome.member, output };
		case 'planned':
			return { row, ...outcome };
		case 'failed':
			return failed(row, email, outcome.failure, messages);
		case 'notReturned': {
			const { access, words, applied, details } = outcome;
			const what =
				words === ''
					? messages.notReturned
					: `${messages.notReturned}. Periskope's message: ${words}`;
			const reason = applied === 'unknown' ? `${what}. ${messages.ifUnknown}` : what;
			if (missingMembers !== 'fail') {
				return { row, kind: 'notReturned', email, reason, access, missingMembers };
			}
			const advice = messages.adviceIfNotReturned;
			return failed(row, email, { what, advice, applied, details }, messages);
		}
	}
}

const failed = (
	row: number,
	email: string,
	failure: Failure,
	messages: OperationMessages,
): RowResult => ({
	row,
	kind: 'failed',
	failure: {
		row,
		what: failure.what,
		advice: adviceOnRow(failure, messages),
		details: { email, ...failure.details },
	},
});

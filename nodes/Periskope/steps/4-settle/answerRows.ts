import { caseless } from '../1-read/distinct';
import type { RowOptions } from '../1-read/options';
import type { ReadRow } from '../1-read/readRows';
import { refusalsOf, type Plan } from '../2-plan/planRows';
import type { MemberRequest } from '../2-plan/planRequests';
import { adviceOf, type Failure } from '../3-send/failure';
import type { Member } from '../3-send/member';
import type { Access } from '../1-read/memberChange';
import type { OperationWords } from '../operationWords';
import type { RowFailure } from '../rowFailure';
import type { Missing, Outcome, Settled } from './settle';

/** What one email of a row is answered with. */
export type Answer =
	| { kind: 'member'; member: Member; output: RowOptions['output'] }
	| { kind: 'planned'; planned: PlannedEmail }
	| { kind: 'missing'; missing: MissingEmail; missingMembers: 'report' | 'ignore' }
	| { kind: 'failed'; failure: RowFailure };

export type RowAnswer = Answer & { row: number };

export interface MissingEmail {
	email: string;
	/** what is known of it, and no guess beyond that */
	reason: string;
	/** what it was to have, for another operation to go on with */
	access: Access;
}

export interface PlannedEmail {
	/** as it would be sent */
	email: string;
	request: MemberRequest;
	/** of the request, from 1 */
	number: number;
}

/** Can't come about as long as every email that is planned is settled. If it does, it is said. */
const UNANSWERED: Outcome = {
	kind: 'failed',
	failure: {
		what: 'The node lost track of this email, which is a defect in it',
		advice: 'Look at the member in Periskope, and please report this with the workflow.',
		applied: 'maybe',
	},
};

/**
 * Every row in order, with one answer for each of its emails. Members that came back unasked
 * follow the row that they are paired with.
 */
export function answerRows(
	rows: readonly ReadRow[],
	plan: Plan,
	{ outcomes, unasked }: Settled,
	words: OperationWords,
): RowAnswer[] {
	const planned = plannedEmails(plan.dryRun.requests);
	const answers: RowAnswer[] = [];
	for (const row of rows) {
		const give = (answer: Answer) => answers.push({ ...answer, row: row.index });
		const refusals = refusalsOf(row, plan);
		if ('problems' in row) {
			for (const failure of refusals.values()) give({ kind: 'failed', failure });
			continue;
		}
		for (const email of row.change.emails) {
			const key = caseless(email);
			const failure = refusals.get(key);
			const plannedEmail = row.options.dryRun ? planned.get(key) : undefined;
			if (failure) give({ kind: 'failed', failure });
			else if (plannedEmail) give({ kind: 'planned', planned: plannedEmail });
			else give(answerTo(row, email, outcomes.get(key) ?? UNANSWERED, words));
		}
		for (const member of unasked.get(row.index) ?? []) {
			give({ kind: 'member', member, output: row.options.output });
		}
	}
	return answers;
}

function answerTo(
	{ index, options }: ReadRow,
	email: string,
	outcome: Outcome,
	words: OperationWords,
): Answer {
	switch (outcome.kind) {
		case 'done':
			return { kind: 'member', member: outcome.member, output: options.output };
		case 'failed':
			return { kind: 'failed', failure: failureOn(index, email, outcome.failure, words) };
		case 'missing': {
			const { missingMembers } = options;
			if (missingMembers === 'fail') {
				const failure = failureFrom(outcome, words);
				return { kind: 'failed', failure: failureOn(index, email, failure, words) };
			}
			const { access } = outcome;
			return {
				kind: 'missing',
				missing: { email, reason: outcome.words ?? words.missing, access },
				missingMembers,
			};
		}
	}
}

const failureFrom = (missing: Missing, words: OperationWords): Failure => ({
	what: missing.words ?? words.missing,
	advice: words.ifMissing,
	applied: 'no',
	...(missing.traceId !== undefined && { traceId: missing.traceId }),
});

function failureOn(
	row: number,
	email: string,
	failure: Failure,
	words: OperationWords,
): RowFailure {
	const { what, httpCode, code, fields, traceId } = failure;
	const details = {
		email,
		...(httpCode !== undefined && { httpCode }),
		...(code !== undefined && { code }),
		...(fields !== undefined && { fields }),
		...(traceId !== undefined && { traceId }),
	};
	return { row, what, advice: adviceOf(failure, words), details };
}

function plannedEmails(requests: readonly MemberRequest[]): Map<string, PlannedEmail> {
	return new Map(
		requests.flatMap((request, index) =>
			request.emails.map((email) => [caseless(email), { email, request, number: index + 1 }]),
		),
	);
}

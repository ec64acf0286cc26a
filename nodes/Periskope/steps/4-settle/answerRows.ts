import { caseless } from '../1-read/distinct';
import type { RowOptions } from '../1-read/options';
import type { ReadRow } from '../1-read/readRows';
import { refusalsOf, type AccessPlan } from '../2-plan/planAccess';
import type { AccessRequest } from '../2-plan/planRequests';
import { adviceOf, type Failure } from '../3-send/failure';
import type { Member } from '../3-send/member';
import type { RowFailure } from '../rowFailure';
import type { Outcome, Settled } from './settle';

/** What one email of a row is answered with. */
export type Answer =
	| { kind: 'member'; member: Member; output: RowOptions['output'] }
	| { kind: 'planned'; planned: PlannedEmail }
	| { kind: 'missing'; email: string; missingMembers: 'report' | 'ignore' }
	| { kind: 'failed'; failure: RowFailure };

export type RowAnswer = Answer & { row: number };

export interface PlannedEmail {
	/** as it would be sent */
	email: string;
	request: AccessRequest;
	/** of the request, from 1 */
	number: number;
}

/** What is known of an email that the answer leaves out, and no guess beyond it. */
export const NOT_RETURNED =
	"Periskope's answer does not contain this email, so nothing is known to have changed for it";
const MISSING_ADVICE =
	'Check the spelling, and that the person is in the organization with the role member: Periskope skips admins, who have access to everything.';

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
	plan: AccessPlan,
	{ outcomes, unasked }: Settled,
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
			else give(answerTo(row, email, outcomes.get(key) ?? UNANSWERED));
		}
		for (const member of unasked.get(row.index) ?? []) {
			give({ kind: 'member', member, output: row.options.output });
		}
	}
	return answers;
}

function answerTo({ index, options }: ReadRow, email: string, outcome: Outcome): Answer {
	switch (outcome.kind) {
		case 'updated':
			return { kind: 'member', member: outcome.member, output: options.output };
		case 'failed':
			return { kind: 'failed', failure: failureOn(index, email, outcome.failure) };
		case 'missing':
			return options.missingMembers === 'fail'
				? { kind: 'failed', failure: failureOn(index, email, missing(outcome.traceId)) }
				: { kind: 'missing', email, missingMembers: options.missingMembers };
	}
}

const missing = (traceId: string | undefined): Failure => ({
	what: NOT_RETURNED,
	advice: MISSING_ADVICE,
	applied: 'no',
	...(traceId !== undefined && { traceId }),
});

function failureOn(row: number, email: string, failure: Failure): RowFailure {
	const { what, httpCode, code, fields, traceId } = failure;
	const details = {
		email,
		...(httpCode !== undefined && { httpCode }),
		...(code !== undefined && { code }),
		...(fields !== undefined && { fields }),
		...(traceId !== undefined && { traceId }),
	};
	return { row, what, advice: adviceOf(failure), details };
}

function plannedEmails(requests: readonly AccessRequest[]): Map<string, PlannedEmail> {
	return new Map(
		requests.flatMap((request, index) =>
			request.emails.map((email) => [caseless(email), { email, request, number: index + 1 }]),
		),
	);
}

import type { Failure } from '../api/failure';
import type { Member } from '../api/member';
import { firstRowOf, type Access, type MemberRequest } from '../model';
import type { SentRequest } from '../send/sendRequests';
import { foldCase } from '../text';

/** What happened to an email. */
export type Outcome =
	{ kind: 'done'; member: Member } | Planned | NotReturned | { kind: 'failed'; failure: Failure };

/** What a dry run would send. */
export interface Planned {
	kind: 'planned';
	/** as it would be sent */
	email: string;
	access: Access;
	/** number of the request, from 1 */
	request: number;
}

/** The request succeeded, but the response doesn't account for the email. */
export interface NotReturned {
	kind: 'notReturned';
	/** what the email was to have */
	access: Access;
	/** what the response says of it, where it does */
	words?: string;
	details: Failure['details'];
}

/** By email, case folded. */
export type Outcomes = ReadonlyMap<string, Outcome>;

export interface Matched {
	/** every email that was to be sent has exactly one */
	outcomes: Outcomes;
	/** members that were returned but not requested, by the first row of their request */
	unexpected: ReadonlyMap<number, Member[]>;
}

/** Matches the members that were returned with the emails that were requested, whatever their case. */
export function matchMembers(sent: readonly SentRequest[]): Matched {
	const outcomes = new Map<string, Outcome>();
	const unexpected = new Map<number, Member[]>();
	for (const { request, reply } of sent) {
		if (reply.kind === 'failed') {
			for (const email of request.emails) {
				outcomes.set(foldCase(email), { kind: 'failed', failure: reply.failure });
			}
			continue;
		}
		const { traceId, notFound } = reply;
		const details = traceId === undefined ? {} : { traceId };
		const requested = new Set(request.emails.map(foldCase));
		for (const member of reply.members) {
			const key = foldCase(member.email);
			// Deleted when found, so that a member that is returned twice isn't lost.
			if (requested.delete(key)) {
				outcomes.set(key, { kind: 'done', member });
			} else {
				const firstRow = firstRowOf(request);
				unexpected.set(firstRow, [...(unexpected.get(firstRow) ?? []), member]);
			}
		}
		for (const key of requested) {
			const problem = reply.rejected?.get(key);
			outcomes.set(
				key,
				problem
					? { kind: 'failed', failure: { ...problem, applied: 'no', details } }
					: {
							kind: 'notReturned',
							access: request.access,
							...(notFound !== undefined && { words: notFound }),
							details,
						},
			);
		}
	}
	return { outcomes, unexpected };
}

/** The outcomes of a dry run. */
export const matchPlan = (requests: readonly MemberRequest[]): Matched => ({
	outcomes: new Map(
		requests.flatMap(({ emails, access }, index) =>
			emails.map((email): [string, Outcome] => [
				foldCase(email),
				{ kind: 'planned', email, access, request: index + 1 },
			]),
		),
	),
	unexpected: new Map(),
});

export const membersDone = (outcomes: Outcomes) =>
	[...outcomes.values()].filter(({ kind }) => kind === 'done').length;

/** Emails for which it isn't known whether the change was applied. */
export const membersUnknown = (outcomes: Outcomes) =>
	[...outcomes.values()].filter(
		(outcome) => outcome.kind === 'failed' && outcome.failure.applied === 'unknown',
	).length;

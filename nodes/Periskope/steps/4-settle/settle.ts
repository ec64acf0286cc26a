import { caseless } from '../1-read/distinct';
import type { Access } from '../1-read/memberChange';
import { firstRowOf } from '../2-plan/planRequests';
import type { Failure } from '../3-send/failure';
import type { Member } from '../3-send/member';
import type { Content } from '../3-send/reply';
import type { SentRequest } from '../3-send/sendRequests';

/** How an email ended. */
export type Outcome =
	| { kind: 'done'; member: Member }
	/** the request was carried out, but its answer doesn't account for the email */
	| ({ kind: 'missing' } & Missing)
	| { kind: 'failed'; failure: Failure };

export interface Missing {
	/** what the email was to have */
	access: Access;
	/** Periskope's own words on it, where it has some */
	words?: string;
	traceId?: string;
}

export interface Settled {
	/** by email without regard to case; every email that was to be sent has exactly one */
	outcomes: Map<string, Outcome>;
	/** members that came back without being asked for, by the first row of their request */
	unasked: Map<number, Member[]>;
}

/** Matches the members that came back with the emails that were asked for, whatever their case. */
export function settle(sent: readonly SentRequest[]): Settled {
	const outcomes = new Map<string, Outcome>();
	const unasked = new Map<number, Member[]>();
	for (const { request, reply } of sent) {
		if ('failure' in reply) {
			for (const email of request.emails) {
				outcomes.set(caseless(email), { kind: 'failed', failure: reply.failure });
			}
			continue;
		}
		const { traceId, refused = NOBODY, notFound } = reply;
		const trace = traceId !== undefined && { traceId };
		const asked = new Set(request.emails.map(caseless));
		for (const member of reply.members) {
			// Deleted when found, so that a member that comes back twice isn't lost.
			if (asked.delete(caseless(member.email))) {
				outcomes.set(caseless(member.email), { kind: 'done', member });
			} else {
				const firstRow = firstRowOf(request);
				unasked.set(firstRow, [...(unasked.get(firstRow) ?? []), member]);
			}
		}
		for (const key of asked) {
			const refusal = refused.get(key);
			outcomes.set(
				key,
				refusal === undefined
					? {
							kind: 'missing',
							access: request.access,
							...(notFound !== undefined && { words: notFound }),
							...trace,
						}
					: {
							kind: 'failed',
							failure: { ...refusal, applied: 'no', ...trace },
						},
			);
		}
	}
	return { outcomes, unasked };
}

const NOBODY: NonNullable<Content['refused']> = new Map();

export const membersDone = (outcomes: Settled['outcomes']) =>
	[...outcomes.values()].filter(({ kind }) => kind === 'done').length;

/** Of whom nobody can say whether it was carried out. */
export const membersInDoubt = (outcomes: Settled['outcomes']) =>
	[...outcomes.values()].filter(
		(outcome) => outcome.kind === 'failed' && outcome.failure.applied === 'maybe',
	).length;

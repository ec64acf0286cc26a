import { saysNo, type Member } from '../api/member';
import type { Reply } from '../api/reply';
import { keyOf, type Access, type Applied, type MemberRequest } from '../model';
import type { Failure, Problem } from '../rowFailure';
import type { SentRequest } from '../send/sendRequests';
import { inOneLine } from '../text';
import { compareAccess, type Difference } from './compareAccess';

/** What happened to an email. */
export type Outcome = Done | Planned | NotReturned | { kind: 'failed'; failure: Failure };

/** Periskope returned the member. */
export interface Done {
	kind: 'done';
	member: Member;
	/** what was requested */
	access: Access;
	/** none where the member was returned with what was requested */
	differences: readonly Difference[];
	details: Failure['details'];
}

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
	/** what the response may say of it; blank where it says nothing */
	words: string;
	/** `no` where Periskope said that there is no such member */
	applied: Applied;
	/** whether an earlier attempt may have been applied */
	appliedBefore: Applied;
	details: Failure['details'];
}

/** By the key of the email. */
export type Outcomes = ReadonlyMap<string, Outcome>;

export interface Matched {
	/** every email that was to be sent has exactly one */
	outcomes: Outcomes;
	/** emails of members that were returned but not requested */
	unexpected: readonly string[];
	/** what Periskope said without naming an email of the request */
	remarks: readonly string[];
}

/**
 * Matches the members that were returned with the emails that were requested, whatever their case.
 * A member counts as done where nothing in the response contradicts that.
 */
export function matchMembers(sent: readonly SentRequest[]): Matched {
	const outcomes = new Map<string, Outcome>();
	const unexpected: string[] = [];
	const remarks: string[] = [];
	for (const { request, reply } of sent) {
		const keys = request.emails.map((email) => keyOf('emails', email));
		if (reply.kind === 'failed') {
			for (const key of keys) outcomes.set(key, { kind: 'failed', failure: reply.failure });
			continue;
		}
		const returned = new Map<string, Member[]>(keys.map((key) => [key, []]));
		for (const member of reply.members) {
			const members = returned.get(keyOf('emails', member.email));
			if (members) members.push(member);
			else unexpected.push(member.email);
		}
		for (const [key, members] of returned) {
			outcomes.set(key, outcomeOf(members, reply.rejected?.get(key), request, reply));
		}
		for (const remark of reply.remarks ?? []) remarks.push(remark);
	}
	return { outcomes, unexpected, remarks };
}

function outcomeOf(
	members: readonly Member[],
	rejection: Problem | undefined,
	{ access }: MemberRequest,
	{ details, appliedBefore, notFound, remarks = [] }: Extract<Reply, { kind: 'content' }>,
): Outcome {
	const [member] = members;
	if (rejection) {
		const failure: Failure =
			member === undefined
				? { ...rejection, reason: 'rejected', applied: appliedBefore, details }
				: {
						what: `Periskope returned this member, but rejected it too. ${rejection.what}`,
						advice: CHECK,
						reason: 'rejected',
						applied: 'unknown',
						details,
					};
		return { kind: 'failed', failure };
	}
	if (member === undefined) {
		const words = inOneLine([notFound, ...remarks]);
		const applied = notFound === undefined ? 'unknown' : appliedBefore;
		return { kind: 'notReturned', access, words, applied, appliedBefore, details };
	}
	if (members.some(saysNo)) {
		return { kind: 'failed', failure: { ...RETURNED_WITH_ERROR, details } };
	}
	return haveSameAccess(members)
		? { kind: 'done', member, access, differences: compareAccess(member, access), details }
		: { kind: 'failed', failure: { ...CONTRADICTION, details } };
}

const CHECK = 'Check the member in Periskope.';
const RETURNED_WITH_ERROR = {
	what: 'Periskope returned this member, but says that something failed',
	advice: CHECK,
	reason: 'rejected',
	applied: 'unknown',
} as const;
const CONTRADICTION = {
	what: 'Periskope returned this member more than once, with different access',
	advice: CHECK,
	reason: 'accessMismatch',
	applied: 'unknown',
} as const;

const ACCESS_FIELDS = ['role', 'label_ids', 'org_phones', 'is_active'] as const;

/** A field that is left out says nothing. The order of a list doesn't matter. */
const haveSameAccess = (members: readonly Member[]): boolean =>
	members.length < 2 ||
	ACCESS_FIELDS.every((field) => {
		const values = members.map((member) => member[field]).filter((value) => value !== undefined);
		return new Set(values.map(asText)).size < 2;
	});

const asText = (value: unknown) =>
	Array.isArray(value)
		? value
				.map((entry) => JSON.stringify(entry))
				.sort()
				.join()
		: JSON.stringify(value);

/** The outcomes of a dry run. */
export const matchPlan = (requests: readonly MemberRequest[]): Matched => ({
	outcomes: new Map(
		requests.flatMap(({ emails, access }, index) =>
			emails.map((email): [string, Outcome] => [
				keyOf('emails', email),
				{ kind: 'planned', email, access, request: index + 1 },
			]),
		),
	),
	unexpected: [],
	remarks: [],
});

/** Members that were returned with what was requested. */
export const membersDone = (outcomes: Outcomes) =>
	[...outcomes.values()].filter(
		(outcome) => outcome.kind === 'done' && outcome.differences.length === 0,
	).length;

/** Members that were returned with something else. */
export const membersThatDiffer = (outcomes: Outcomes) =>
	[...outcomes.values()].filter(
		(outcome) => outcome.kind === 'done' && outcome.differences.length > 0,
	).length;

/** Emails for which it isn't known whether the change was applied. */
export const membersUnknown = (outcomes: Outcomes) =>
	[...outcomes.values()].filter(
		(outcome) =>
			(outcome.kind === 'failed' && outcome.failure.applied === 'unknown') ||
			(outcome.kind === 'notReturned' && outcome.applied === 'unknown'),
	).length;

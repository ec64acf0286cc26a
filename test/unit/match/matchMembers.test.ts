import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Failure } from '../../../nodes/Periskope/api/failure';
import type { Member } from '../../../nodes/Periskope/api/member';
import type { MemberRequest } from '../../../nodes/Periskope/model';
import {
	matchMembers,
	matchPlan,
	membersDone,
	membersUnknown,
	type Outcome,
} from '../../../nodes/Periskope/match/matchMembers';
import { combineRows } from '../../../nodes/Periskope/plan/combineRows';
import { planRequests } from '../../../nodes/Periskope/plan/planRequests';
import type { SentRequest } from '../../../nodes/Periskope/send/sendRequests';
import { duplicateEmails, sheet } from '../plan/sheet';

const FAILURE: Failure = { what: 'No', advice: 'Wait.', applied: 'no', details: {} };

describe('the outcome of an email', () => {
	const EMAILS = ['a@x.co', 'B@x.co', 'c@X.co', '__proto__@x.co', 'e@x.co', 'f@x.co'];
	const returned = fc
		.tuple(fc.constantFrom(...EMAILS, 'stranger@x.co', '__proto__'), fc.boolean())
		.map(([email, isUpper]) => ({ email: isUpper ? email.toUpperCase() : email }));
	const reply: fc.Arbitrary<SentRequest['reply']> = fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record(
				{
					kind: fc.constant('content' as const),
					members: fc.array(returned, { maxLength: 6 }),
					traceId: fc.string(),
				},
				{ requiredKeys: ['kind', 'members'] },
			),
		},
		{ weight: 1, arbitrary: fc.constant({ kind: 'failed' as const, failure: FAILURE }) },
	);
	/** Each email in one request, as they are planned; the replies are anything at all. */
	const sent: fc.Arbitrary<SentRequest[]> = fc
		.shuffledSubarray(EMAILS)
		.chain((emails) =>
			fc.tuple(
				fc.constant(emails),
				fc.array(fc.integer({ min: 1, max: 3 })),
				fc.array(reply, { minLength: 6, maxLength: 6 }),
			),
		)
		.map(([emails, sizes, replies]) => {
			const requests: SentRequest[] = [];
			let start = 0;
			for (const reply of replies) {
				const some = emails.slice(start, start + (sizes[requests.length] ?? 2));
				if (some.length === 0) break;
				const rows = some.map((_, position) => start + position);
				requests.push({ request: { emails: some, rows, access: {} }, reply });
				start += some.length;
			}
			return requests;
		});

	it('is exactly one for each email that was requested, and none for any other', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes } = matchMembers(requests);
				const requested = requests.flatMap(({ request }) =>
					request.emails.map((email) => email.toLowerCase()),
				);
				expect([...outcomes.keys()].sort()).toEqual(requested.sort());
			}),
		);
	});

	it('is the failure of its request; else its member, or that it was not returned', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes } = matchMembers(requests);
				for (const { request, reply } of requests) {
					for (const email of request.emails.map((spelled) => spelled.toLowerCase())) {
						if (reply.kind === 'failed') {
							expect(outcomes.get(email)).toEqual({ kind: 'failed', failure: FAILURE });
							continue;
						}
						const { members, traceId } = reply;
						const member = members.find((found) => found.email.toLowerCase() === email);
						expect(outcomes.get(email)).toEqual(
							member
								? { kind: 'done', member }
								: {
										kind: 'notReturned',
										access: request.access,
										details: traceId === undefined ? {} : { traceId },
									},
						);
					}
				}
			}),
		);
	});

	it('loses no returned member: each is matched once, or is among the unexpected ones', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes, unexpected } = matchMembers(requests);
				const kept = [
					...[...outcomes.values()].flatMap((one) => (one.kind === 'done' ? [one.member] : [])),
					...[...unexpected.values()].flat(),
				];
				const came = requests.flatMap(({ reply }) =>
					reply.kind === 'content' ? reply.members : [],
				);
				expect(kept).toHaveLength(came.length);
				expect(new Set(kept)).toEqual(new Set(came));
				const firstRows = requests.map(({ request }) => request.rows[0]);
				for (const row of unexpected.keys()) expect(firstRows).toContain(row);
			}),
		);
	});
});

describe('matchMembers', () => {
	const request: MemberRequest = {
		emails: ['A@x.co', 'b@x.co'],
		rows: [0, 1],
		access: { labels: null },
	};

	it('keeps a member that is returned twice', () => {
		const { outcomes, unexpected } = matchMembers([
			{
				request: { emails: ['a@x.co'], rows: [3], access: {} },
				reply: {
					kind: 'content',
					members: [
						{ email: 'A@x.co', n: 1 },
						{ email: 'a@x.co', n: 2 },
					],
				},
			},
		]);
		expect(outcomes.get('a@x.co')).toEqual({ kind: 'done', member: { email: 'A@x.co', n: 1 } });
		expect(unexpected.get(3)).toEqual([{ email: 'a@x.co', n: 2 }]);
	});

	it('does not match a member with an email of another request', () => {
		const replyWith = (email: string): SentRequest['reply'] => ({
			kind: 'content',
			members: [{ email }],
		});
		const { outcomes, unexpected } = matchMembers([
			{
				request: { emails: ['a@x.co'], rows: [0], access: { labels: null } },
				reply: replyWith('b@x.co'),
			},
			{
				request: { emails: ['b@x.co'], rows: [1], access: { labels: ['VIP'] } },
				reply: replyWith('a@x.co'),
			},
		]);
		expect([...outcomes.values()]).toEqual([
			{ kind: 'notReturned', access: { labels: null }, details: {} },
			{ kind: 'notReturned', access: { labels: ['VIP'] }, details: {} },
		]);
		expect(unexpected).toEqual(
			new Map([
				[0, [{ email: 'b@x.co' }]],
				[1, [{ email: 'a@x.co' }]],
			]),
		);
	});

	it("fails an email that Periskope rejects with Periskope's words, and no other", () => {
		const { outcomes } = matchMembers([
			{
				request,
				reply: {
					kind: 'content',
					members: [{ email: 'b@x.co' }],
					rejected: new Map([['a@x.co', { what: 'Is there', advice: 'Take it out.' }]]),
					traceId: 't',
				},
			},
		]);
		expect(outcomes.get('a@x.co')).toEqual({
			kind: 'failed',
			failure: {
				what: 'Is there',
				advice: 'Take it out.',
				applied: 'no',
				details: { traceId: 't' },
			},
		});
		expect(outcomes.get('b@x.co')).toEqual({ kind: 'done', member: { email: 'b@x.co' } });
	});

	it('has no details of a rejected email where the response has no trace id', () => {
		const rejected = new Map([['a@x.co', { what: 'Is there', advice: 'Take it out.' }]]);
		const { outcomes } = matchMembers([
			{ request, reply: { kind: 'content', members: [], rejected } },
		]);
		expect(outcomes.get('a@x.co')).toStrictEqual({
			kind: 'failed',
			failure: { what: 'Is there', advice: 'Take it out.', applied: 'no', details: {} },
		});
	});

	it('takes an email for done that is both returned and rejected', () => {
		const { outcomes } = matchMembers([
			{
				request,
				reply: {
					kind: 'content',
					members: [{ email: 'a@x.co' }],
					rejected: new Map([['a@x.co', { what: 'Is there', advice: 'Take it out.' }]]),
				},
			},
		]);
		expect(outcomes.get('a@x.co')).toEqual({ kind: 'done', member: { email: 'a@x.co' } });
	});

	it("keeps Periskope's words on an email that is not found", () => {
		const { outcomes } = matchMembers([
			{ request, reply: { kind: 'content', members: [], notFound: 'Not there' } },
		]);
		expect(outcomes.get('a@x.co')).toEqual({
			kind: 'notReturned',
			access: { labels: null },
			words: 'Not there',
			details: {},
		});
	});
});

describe('matchPlan', () => {
	it('gives each email as it would be sent, with its access and its request counted from 1', () => {
		const { outcomes, unexpected } = matchPlan([
			{ emails: ['Asha@x.co', 'b@x.co'], rows: [0, 2], access: { labels: ['Sales'] } },
			{ emails: ['c@x.co'], rows: [1], access: { role: 'admin' } },
		]);
		const first = { kind: 'planned', access: { labels: ['Sales'] }, request: 1 };
		expect(outcomes).toEqual(
			new Map([
				['asha@x.co', { ...first, email: 'Asha@x.co' }],
				['b@x.co', { ...first, email: 'b@x.co' }],
				['c@x.co', { kind: 'planned', access: { role: 'admin' }, request: 2, email: 'c@x.co' }],
			]),
		);
		expect(unexpected.size).toBe(0);
	});

	it('gives an outcome for the same emails as sending would', () => {
		fc.assert(
			fc.property(
				sheet,
				duplicateEmails,
				fc.integer({ min: 1, max: 3 }),
				(rows, handling, size) => {
					const requests = planRequests(combineRows(rows, handling).desired.values(), size);
					const sent = requests.map((request): SentRequest => ({
						request,
						reply: { kind: 'content', members: [] },
					}));
					expect([...matchPlan(requests).outcomes.keys()]).toEqual([
						...matchMembers(sent).outcomes.keys(),
					]);
				},
			),
		);
	});
});

describe('counting outcomes', () => {
	const outcomesOf = (...outcomes: Outcome[]) =>
		new Map(outcomes.map((outcome, index) => [`m${index}@x.co`, outcome]));
	const member: Member = { email: 'm@x.co' };
	const outcomes = outcomesOf(
		{ kind: 'done', member },
		{ kind: 'done', member },
		{ kind: 'planned', email: 'm@x.co', access: {}, request: 1 },
		{ kind: 'notReturned', access: {}, details: {} },
		{ kind: 'failed', failure: FAILURE },
		{ kind: 'failed', failure: { ...FAILURE, applied: 'unknown' } },
	);

	it('counts only the members for whom the request succeeded as done', () => {
		expect(membersDone(outcomes)).toBe(2);
		expect(membersDone(new Map())).toBe(0);
	});

	it('counts only failures with unknown outcome as unknown', () => {
		expect(membersUnknown(outcomes)).toBe(1);
		expect(membersUnknown(new Map())).toBe(0);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Member } from '../../../nodes/Periskope/api/member';
import type { Reply } from '../../../nodes/Periskope/api/reply';
import type { MemberRequest } from '../../../nodes/Periskope/model';
import {
	matchMembers,
	matchPlan,
	membersDone,
	membersThatDiffer,
	membersUnknown,
	type Done,
	type Outcome,
} from '../../../nodes/Periskope/match/matchMembers';
import { combineRows } from '../../../nodes/Periskope/plan/combineRows';
import { planRequests } from '../../../nodes/Periskope/plan/planRequests';
import type { Failure, Problem } from '../../../nodes/Periskope/rowFailure';
import type { SentRequest } from '../../../nodes/Periskope/send/sendRequests';
import { duplicateEmails, emailKey, sheet } from '../plan/sheet';

const FAILURE: Failure = {
	what: 'No',
	advice: 'Wait.',
	reason: 'unavailable',
	applied: 'no',
	details: {},
};

const done = (member: Member, more: Partial<Done> = {}): Done => ({
	kind: 'done',
	member,
	access: {},
	differences: [],
	details: {},
	...more,
});

type Content = Extract<Reply, { kind: 'content' }>;

/** A response of members and nothing else, but for what is given. */
const content = (members: Member[], more: Partial<Content> = {}): Content => ({
	kind: 'content',
	members,
	appliedBefore: 'no',
	details: {},
	...more,
});

describe('the outcome of an email', () => {
	const EMAILS = ['a@x.co', 'B@x.co', 'c@X.co', '__proto__@x.co', 'ken@x.co', '\u212aen@x.co'];
	const STRANGERS = ['stranger@x.co', '__proto__', 'b@x.co.uk'];
	const KEYS = [...EMAILS, ...STRANGERS].map(emailKey);
	/** Few emails and few values, so that members are often returned twice, agreeing or not. */
	const returnedOf = (emails: readonly string[]): fc.Arbitrary<Member> =>
		fc
			.record(
				{
					email: fc.constantFrom(...emails),
					isUpper: fc.boolean(),
					role: fc.constantFrom('member', 'member', 'member', 'admin'),
					label_ids: fc.constantFrom([1, 2], [2, 1], [1, 2], null),
					org_phones: fc.constantFrom(['9@c.us', '8@c.us'], ['8@c.us', '9@c.us'], ['9@c.us']),
					is_active: fc.constantFrom(true, true, true, false),
					name: fc.string(),
				},
				{ requiredKeys: ['email', 'isUpper'] },
			)
			.map(({ email, isUpper, ...member }) => ({
				...member,
				email: isUpper ? email.toUpperCase() : email,
			}));
	const returned = fc
		.shuffledSubarray([...EMAILS, ...EMAILS, ...STRANGERS], { minLength: 1, maxLength: 4 })
		.chain((emails) => fc.array(returnedOf(emails), { maxLength: 8 }));
	const rejections = fc
		.array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom('Is there', 'Too many')), {
			maxLength: 2,
		})
		.map(
			(rejected) =>
				new Map(rejected.map(([key, what]): [string, Problem] => [key, { what, advice: 'Go.' }])),
		);
	const reply: fc.Arbitrary<Reply> = fc.oneof(
		{
			weight: 5,
			arbitrary: fc.record(
				{
					kind: fc.constant('content' as const),
					appliedBefore: fc.constantFrom('no' as const, 'unknown' as const),
					members: returned,
					rejected: rejections,
					remarks: fc.array(fc.constantFrom('Plan is full', 'stranger@x.co; Is there'), {
						maxLength: 2,
					}),
					notFound: fc.constantFrom('', 'Not there'),
					details: fc.constantFrom({}, { traceId: 't' }, { httpCode: '404', traceId: 't' }),
				},
				{ requiredKeys: ['kind', 'members', 'details', 'appliedBefore'] },
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
				requests.push({
					request: { emails: some, rows, access: { labels: [`L${start}`] } },
					reply,
				});
				start += some.length;
			}
			return requests;
		});

	/** Each email that was requested in a response, with all that the response says of it. */
	const saidOfEach = (requests: readonly SentRequest[]) =>
		requests.flatMap(({ request, reply }) =>
			reply.kind === 'failed'
				? []
				: request.emails.map(emailKey).map((key) => ({
						key,
						access: request.access,
						members: reply.members.filter(({ email }) => emailKey(email) === key),
						rejection: reply.rejected?.get(key),
						words: [reply.notFound, ...(reply.remarks ?? [])].filter(Boolean).join('; '),
						applied: reply.notFound === undefined ? 'unknown' : reply.appliedBefore,
						appliedBefore: reply.appliedBefore,
						details: reply.details,
					})),
		);

	/** Whether no two of the members have different access, where both of them say something of it. */
	const doAgree = (members: readonly Member[]) =>
		['role', 'label_ids', 'org_phones', 'is_active'].every((field) => {
			const values = members.map((member) => member[field]).filter((value) => value !== undefined);
			const plain = values.map((value) =>
				JSON.stringify(Array.isArray(value) ? value.toSorted() : value),
			);
			return new Set(plain).size <= 1;
		});

	it('is exactly one for each email that was requested, and none for any other', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes } = matchMembers(requests);
				const requested = requests.flatMap(({ request }) => request.emails.map(emailKey));
				expect([...outcomes.keys()].sort()).toEqual(requested.sort());
			}),
		);
	});

	it('is the failure of its request, where that failed', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes } = matchMembers(requests);
				for (const { request, reply } of requests) {
					if (reply.kind === 'content') continue;
					for (const key of request.emails.map(emailKey)) {
						expect(outcomes.get(key)).toEqual({ kind: 'failed', failure: FAILURE });
					}
				}
			}),
		);
	});

	it('is done only where it was returned, all that was returned of it agrees, and it was not rejected', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes } = matchMembers(requests);
				for (const { key, members, rejection } of saidOfEach(requests)) {
					const isDone = members.length > 0 && doAgree(members) && rejection === undefined;
					const outcome = outcomes.get(key);
					expect(outcome?.kind === 'done').toBe(isDone);
					if (outcome?.kind === 'done') expect(outcome.member).toBe(members[0]);
				}
			}),
		);
	});

	it('is unknown where the response contradicts itself, and says all of it', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes } = matchMembers(requests);
				for (const { key, members, rejection, details } of saidOfEach(requests)) {
					if (members.length === 0 || (rejection === undefined && doAgree(members))) continue;
					expect(outcomes.get(key)).toEqual({
						kind: 'failed',
						failure: {
							what: rejection
								? `Periskope returned this member, but rejected it too. ${rejection.what}`
								: 'Periskope returned this member more than once, with different access',
							advice: 'Check the member in Periskope.',
							reason: rejection ? 'rejected' : 'accessMismatch',
							applied: 'unknown',
							details,
						},
					});
				}
			}),
		);
	});

	it('is its rejection, or that it was not returned and what Periskope says, where no member came', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes } = matchMembers(requests);
				for (const { key, members, rejection, ...said } of saidOfEach(requests)) {
					if (members.length > 0) continue;
					const { appliedBefore: applied, details } = said;
					expect(outcomes.get(key)).toStrictEqual(
						rejection
							? { kind: 'failed', failure: { ...rejection, reason: 'rejected', applied, details } }
							: { kind: 'notReturned', ...said },
					);
				}
			}),
		);
	});

	it('is never about a member that was not requested: those are all listed, and nowhere else', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes, unexpected } = matchMembers(requests);
				const strangers = requests.flatMap(({ request, reply }) => {
					const keys = request.emails.map(emailKey);
					const members = reply.kind === 'content' ? reply.members : [];
					return members.filter(({ email }) => !keys.includes(emailKey(email)));
				});
				expect(unexpected).toEqual(strangers.map(({ email }) => email));
				for (const [key, outcome] of outcomes) {
					if (outcome.kind !== 'done') continue;
					expect(emailKey(outcome.member.email)).toBe(key);
					expect(strangers).not.toContain(outcome.member);
				}
			}),
		);
	});

	it('comes with every remark of every response, in their order', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				expect(matchMembers(requests).remarks).toEqual(
					requests.flatMap(({ reply }) => (reply.kind === 'content' ? (reply.remarks ?? []) : [])),
				);
			}),
		);
	});
});

describe('a member that is returned more than once', () => {
	const outcomeFor = (members: Array<Omit<Member, 'email'>>) =>
		matchMembers([
			{
				request: { emails: ['a@x.co'], rows: [3], access: {} },
				reply: content(
					members.map((member, n) => ({ email: n % 2 === 0 ? 'A@x.co' : 'a@x.co', ...member })),
					{ details: { traceId: 't' } },
				),
			},
		]);

	it.each<[string, Array<Omit<Member, 'email'>>]>([
		['with nothing but its email', [{}, {}]],
		['with the same role', [{ role: 'member' }, { role: 'member' }]],
		[
			'with lists in another order',
			[{ label_ids: ['1', '2', '3'] }, { label_ids: ['3', '1', '2'] }],
		],
		['with phones in another order', [{ org_phones: ['8', '9'] }, { org_phones: ['9', '8'] }]],
		['without a field the second time', [{ role: 'member', label_ids: [1] }, { role: 'member' }]],
		['without a field the first time', [{ role: 'member' }, { role: 'member', label_ids: [1] }]],
		['with another name, which is no access', [{ name: 'Asha' }, { name: 'A. Rao' }]],
		['with null both times', [{ label_ids: null }, { label_ids: null }]],
		['three times', [{ is_active: true }, {}, { is_active: true }]],
	])('is done where that agrees: %s', (_, members) => {
		const { outcomes, unexpected } = outcomeFor(members);
		expect(outcomes.get('a@x.co')).toEqual(
			done({ email: 'A@x.co', ...members[0] }, { details: { traceId: 't' } }),
		);
		expect(unexpected).toEqual([]);
	});

	it.each<[string, Array<Omit<Member, 'email'>>]>([
		['in role', [{ role: 'member' }, { role: 'admin' }]],
		['in labels', [{ label_ids: [1, 2] }, { label_ids: [1, 3] }]],
		['in the number of labels', [{ label_ids: [1] }, { label_ids: [1, 2] }]],
		['in how often a label is there', [{ label_ids: [1, 1, 2] }, { label_ids: [1, 2, 2] }]],
		['in labels that are objects', [{ label_ids: [{ id: 1 }] }, { label_ids: [{ id: 2 }] }]],
		['in phones', [{ org_phones: ['8'] }, { org_phones: ['9'] }]],
		['in whether there are phones', [{ org_phones: [] }, { org_phones: null }]],
		['in whether it is active', [{ is_active: true }, { is_active: false }]],
		['in the third alone', [{ role: 'member' }, { role: 'member' }, { role: 'admin' }]],
		['in two that follow one without access', [{}, { role: 'member' }, { role: 'admin' }]],
	])('failed with an unknown outcome where that differs: %s', (_, members) => {
		const { outcomes, unexpected } = outcomeFor(members);
		expect(outcomes.get('a@x.co')).toEqual({
			kind: 'failed',
			failure: {
				what: 'Periskope returned this member more than once, with different access',
				advice: 'Check the member in Periskope.',
				reason: 'accessMismatch',
				applied: 'unknown',
				details: { traceId: 't' },
			},
		});
		expect(unexpected).toEqual([]);
	});
});

describe('matchMembers', () => {
	const request: MemberRequest = {
		emails: ['A@x.co', 'b@x.co'],
		rows: [0, 1],
		access: { labels: null },
	};
	const rejected = new Map([['a@x.co', { what: 'Is there', advice: 'Take it out.' }]]);

	it.each([
		{ error: 'Not changed' },
		{ error: { message: 'No' } },
		{ code: 'NOT_FOUND' },
		{ success: false },
		{ updated: false },
		{ invited: false },
	])('has an unknown outcome where the returned member says that something failed: %j', (said) => {
		const { outcomes } = matchMembers([
			{
				request: { emails: ['a@x.co'], rows: [0], access: {} },
				reply: content([{ email: 'a@x.co', ...said }]),
			},
		]);
		expect(outcomes.get('a@x.co')).toMatchObject({
			kind: 'failed',
			failure: { applied: 'unknown', what: expect.stringContaining('something failed') as unknown },
		});
	});

	it('does not match a member with an email of another request', () => {
		const { outcomes, unexpected } = matchMembers([
			{
				request: { emails: ['a@x.co'], rows: [0], access: { labels: null } },
				reply: content([{ email: 'b@x.co' }]),
			},
			{
				request: { emails: ['b@x.co'], rows: [1], access: { labels: ['VIP'] } },
				reply: content([{ email: 'A@x.co' }]),
			},
		]);
		const notReturned = {
			kind: 'notReturned',
			words: '',
			applied: 'unknown',
			appliedBefore: 'no',
			details: {},
		};
		expect([...outcomes]).toEqual([
			['a@x.co', { ...notReturned, access: { labels: null } }],
			['b@x.co', { ...notReturned, access: { labels: ['VIP'] } }],
		]);
		expect(unexpected).toEqual(['b@x.co', 'A@x.co']);
	});

	it('does not match a member whose email has a Kelvin sign with the email that has a k', () => {
		const { outcomes, unexpected } = matchMembers([
			{
				request: { ...request, emails: ['ken@x.io'] },
				reply: content([{ email: '\u212aen@x.io' }]),
			},
		]);
		expect([...outcomes.values()]).toMatchObject([{ kind: 'notReturned' }]);
		expect(unexpected).toEqual(['\u212aen@x.io']);
	});

	it('lists tens of thousands of members of one response that were not requested', () => {
		const strangers = Array.from({ length: 50_000 }, (_, n) => ({ email: `s${n}@x.co` }));
		const { outcomes, unexpected } = matchMembers([
			{ request, reply: content([...strangers, { email: 'a@x.co' }]) },
		]);
		expect(unexpected).toEqual(strangers.map(({ email }) => email));
		expect([...outcomes]).toEqual([
			['a@x.co', done({ email: 'a@x.co' }, { access: { labels: null } })],
			[
				'b@x.co',
				{
					kind: 'notReturned',
					access: { labels: null },
					words: '',
					applied: 'unknown',
					appliedBefore: 'no',
					details: {},
				},
			],
		]);
	});

	it("fails an email that Periskope rejects with Periskope's words, and no other", () => {
		const { outcomes } = matchMembers([
			{ request, reply: content([{ email: 'b@x.co' }], { rejected, details: { traceId: 't' } }) },
		]);
		expect(outcomes.get('a@x.co')).toEqual({
			kind: 'failed',
			failure: {
				what: 'Is there',
				advice: 'Take it out.',
				reason: 'rejected',
				applied: 'no',
				details: { traceId: 't' },
			},
		});
		expect(outcomes.get('b@x.co')).toEqual(
			done({ email: 'b@x.co' }, { access: { labels: null }, details: { traceId: 't' } }),
		);
	});

	it('has no details of a rejected email where the response has none', () => {
		const { outcomes } = matchMembers([{ request, reply: content([], { rejected }) }]);
		expect(outcomes.get('a@x.co')).toStrictEqual({
			kind: 'failed',
			failure: {
				what: 'Is there',
				advice: 'Take it out.',
				reason: 'rejected',
				applied: 'no',
				details: {},
			},
		});
	});

	it('says both of an email that is returned and rejected, and that its outcome is unknown', () => {
		const { outcomes } = matchMembers([
			{ request, reply: content([{ email: 'a@x.co' }], { rejected, details: { traceId: 't' } }) },
		]);
		expect(outcomes.get('a@x.co')).toEqual({
			kind: 'failed',
			failure: {
				what: 'Periskope returned this member, but rejected it too. Is there',
				advice: 'Check the member in Periskope.',
				reason: 'rejected',
				applied: 'unknown',
				details: { traceId: 't' },
			},
		});
	});

	it("keeps Periskope's words and the details of the response on an email that is not found", () => {
		const details = { httpCode: '404', code: 'NOT_FOUND', traceId: 't' };
		const { outcomes, remarks } = matchMembers([
			{ request, reply: content([], { notFound: 'Not there', details }) },
		]);
		expect(outcomes.get('a@x.co')).toEqual({
			kind: 'notReturned',
			access: { labels: null },
			words: 'Not there',
			applied: 'no',
			appliedBefore: 'no',
			details,
		});
		expect(remarks).toEqual([]);
	});

	it('says remarks of the emails that were not returned, and lists them', () => {
		const { outcomes, remarks } = matchMembers([
			{
				request,
				reply: content([{ email: 'b@x.co' }], { remarks: ['Plan is full', 'x@x.co; Is there'] }),
			},
			{ request: { ...request, emails: ['c@x.co'] }, reply: content([], { remarks: ['Wait'] }) },
		]);
		expect([...outcomes.values()]).toMatchObject([
			{ kind: 'notReturned', words: 'Plan is full; x@x.co; Is there' },
			{ kind: 'done' },
			{ kind: 'notReturned', words: 'Wait' },
		]);
		expect(remarks).toEqual(['Plan is full', 'x@x.co; Is there', 'Wait']);
	});
});

describe('matchPlan', () => {
	it('gives each email as it would be sent, with its access and its request counted from 1', () => {
		const { outcomes, unexpected, remarks } = matchPlan([
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
		expect([unexpected, remarks]).toEqual([[], []]);
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
						reply: content([]),
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
	const missing = { kind: 'notReturned' as const, access: {}, words: '', details: {} };
	const outcomes = outcomesOf(
		done(member),
		done(member),
		done(member, { differences: [{ field: 'labels', what: 'Labels: 1 requested, 2 returned' }] }),
		{ kind: 'planned', email: 'm@x.co', access: {}, request: 1 },
		{ ...missing, applied: 'no', appliedBefore: 'no' },
		{ ...missing, applied: 'unknown', appliedBefore: 'no' },
		{ kind: 'failed', failure: FAILURE },
		{ kind: 'failed', failure: { ...FAILURE, applied: 'unknown' } },
	);

	it('counts only the members for whom the request succeeded as done', () => {
		expect(membersDone(outcomes)).toBe(2);
		expect(membersDone(new Map())).toBe(0);
	});

	it('counts members with different access than requested apart', () => {
		expect(membersThatDiffer(outcomes)).toBe(1);
		expect(membersThatDiffer(new Map())).toBe(0);
	});

	it('counts only failures with unknown outcome as unknown', () => {
		expect(membersUnknown(outcomes)).toBe(2);
		expect(membersUnknown(new Map())).toBe(0);
	});
});

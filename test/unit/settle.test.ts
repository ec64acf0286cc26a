import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import type { ReadRow } from '../../nodes/Periskope/steps/1-read/readRows';
import { planRows } from '../../nodes/Periskope/steps/2-plan/planRows';
import type { SentRequest } from '../../nodes/Periskope/steps/3-send/sendRequests';
import { answerRows } from '../../nodes/Periskope/steps/4-settle/answerRows';
import { membersDone, settle } from '../../nodes/Periskope/steps/4-settle/settle';

const email = fc.constantFrom('a@x.co', 'b@x.co', 'C@x.co', 'd@x.co', 'e@x.co');
const failure = { what: 'No', advice: 'Wait.', applied: 'no' as const };

const sheet: fc.Arbitrary<ReadRow[]> = fc
	.array(
		fc.record({
			emails: fc.uniqueArray(email, { minLength: 1 }),
			label: fc.constantFrom('Sales', 'VIP'),
			dryRun: fc.boolean(),
			isBad: fc.boolean(),
		}),
	)
	.map((rows) =>
		rows.map(({ emails, label, dryRun, isBad }, index): ReadRow => ({
			index,
			options: { dryRun, emptyLists: 'fail', missingMembers: 'fail', output: 'full' },
			...(isBad ? { emails, problems: ['Bad'] } : { change: { emails, labels: [label] } }),
		})),
	);

describe('settling', () => {
	it('answers each row exactly once per email, in order, and loses no member that came back', () => {
		const replies = fc.infiniteStream(
			fc.record({
				fails: fc.boolean(),
				leavesOut: fc.boolean(),
				lowers: fc.boolean(),
				adds: fc.boolean(),
			}),
		);
		fc.assert(
			fc.property(
				sheet,
				replies,
				fc.constantFrom('fail' as const, 'lastRow' as const),
				(rows, stream, duplicateEmails) => {
					const plan = planRows(rows, { batchSize: 2, duplicateEmails });
					const sent = plan.toSend.requests.map((request): SentRequest => {
						const next = stream.next();
						if (next.done === true) throw new Error('The replies ended');
						const { fails, leavesOut, lowers, adds } = next.value;
						if (fails) return { request, reply: { failure } };
						const members = request.emails
							.slice(leavesOut ? 1 : 0)
							.map((spelled) => ({ email: lowers ? spelled.toLowerCase() : spelled }));
						return {
							request,
							reply: { members: adds ? [...members, { email: 'stranger@x.co' }] : members },
						};
					});
					const settled = settle(sent);
					const answers = answerRows(rows, plan, settled, UPDATE_ACCESS.words);
					const strangers = answers.filter(
						(answer) => answer.kind === 'member' && answer.member.email === 'stranger@x.co',
					);
					const own = answers.filter((answer) => !strangers.includes(answer));

					const expected = rows.flatMap((row) =>
						('change' in row ? row.change.emails : row.emails).map((asked) => [
							row.index,
							asked.toLowerCase(),
						]),
					);
					const answered = own.map((answer) => [
						answer.row,
						(answer.kind === 'member'
							? answer.member.email
							: answer.kind === 'planned'
								? answer.planned.email
								: answer.kind === 'missing'
									? answer.missing.email
									: (answer.failure.details.email ?? '')
						).toLowerCase(),
					]);
					expect(answered).toEqual(expected);
					expect(strangers).toHaveLength(
						sent.filter(
							({ reply }) =>
								'members' in reply &&
								reply.members.some((member) => member.email === 'stranger@x.co'),
						).length,
					);
					expect(answers.map(({ row }) => row)).toEqual(
						answers.map(({ row }) => row).toSorted((a, b) => a - b),
					);
				},
			),
		);
	});

	it('keeps a member that comes back twice', () => {
		const request = { emails: ['a@x.co'], rows: [3], access: {} };
		const { outcomes, unasked } = settle([
			{
				request,
				reply: {
					members: [
						{ email: 'A@x.co', n: 1 },
						{ email: 'a@x.co', n: 2 },
					],
				},
			},
		]);
		expect(outcomes.get('a@x.co')).toEqual({ kind: 'done', member: { email: 'A@x.co', n: 1 } });
		expect(unasked.get(3)).toEqual([{ email: 'a@x.co', n: 2 }]);
	});

	it('says so should an email ever be left without an outcome', () => {
		const rows: ReadRow[] = [
			{
				index: 0,
				options: { dryRun: false, emptyLists: 'fail', missingMembers: 'fail', output: 'full' },
				change: { emails: ['a@x.co'], labels: null },
			},
		];
		const plan = planRows(rows, { batchSize: 1, duplicateEmails: 'fail' });
		expect(answerRows(rows, plan, settle([]), UPDATE_ACCESS.words)).toMatchObject([
			{ kind: 'failed', failure: { what: expect.stringContaining('lost track') as unknown } },
		]);
	});

	it('counts a failure that may have been carried out as such', () => {
		const request = { emails: ['a@x.co'], rows: [0], access: {} };
		const rows: ReadRow[] = [
			{
				index: 0,
				options: { dryRun: false, emptyLists: 'fail', missingMembers: 'fail', output: 'full' },
				change: { emails: ['a@x.co'], labels: null },
			},
		];
		const plan = planRows(rows, { batchSize: 1, duplicateEmails: 'fail' });
		const [maybe] = answerRows(
			rows,
			plan,
			settle([{ request, reply: { failure: { ...failure, applied: 'maybe' } } }]),
			UPDATE_ACCESS.words,
		);
		const [no] = answerRows(
			rows,
			plan,
			settle([{ request, reply: { failure } }]),
			UPDATE_ACCESS.words,
		);
		expect(maybe).toMatchObject({
			failure: { advice: `Wait. ${UPDATE_ACCESS.words.doubt} ${UPDATE_ACCESS.words.ifMaybe}` },
		});
		expect(no).toMatchObject({ failure: { advice: 'Wait.' } });
	});
});

describe('the outcome of an email', () => {
	const EMAILS = ['a@x.co', 'B@x.co', 'c@X.co', '__proto__@x.co', 'e@x.co', 'f@x.co'];
	const returned = fc
		.tuple(fc.constantFrom(...EMAILS, 'stranger@x.co', '__proto__'), fc.boolean())
		.map(([spelled, isUpper]) => ({ email: isUpper ? spelled.toUpperCase() : spelled }));
	const reply: fc.Arbitrary<SentRequest['reply']> = fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record(
				{ members: fc.array(returned, { maxLength: 6 }), traceId: fc.string() },
				{ requiredKeys: ['members'] },
			),
		},
		{ weight: 1, arbitrary: fc.constant({ failure }) },
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
			for (const answer of replies) {
				const some = emails.slice(start, start + (sizes[requests.length] ?? 2));
				if (some.length === 0) break;
				const rows = some.map((_, position) => start + position);
				requests.push({ request: { emails: some, rows, access: {} }, reply: answer });
				start += some.length;
			}
			return requests;
		});

	it('is exactly one for each email that was requested, and none for any other', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes } = settle(requests);
				const requested = requests.flatMap(({ request }) =>
					request.emails.map((email) => email.toLowerCase()),
				);
				expect([...outcomes.keys()].sort()).toEqual(requested.sort());
			}),
		);
	});

	it('is the failure of its request; else its member, or that it did not come back', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes } = settle(requests);
				for (const { request, reply: answer } of requests) {
					for (const email of request.emails.map((spelled) => spelled.toLowerCase())) {
						if ('failure' in answer) {
							expect(outcomes.get(email)).toEqual({ kind: 'failed', failure });
							continue;
						}
						const { members, traceId } = answer;
						const member = members.find((found) => found.email.toLowerCase() === email);
						expect(outcomes.get(email)).toEqual(
							member
								? { kind: 'done', member }
								: {
										kind: 'missing',
										access: request.access,
										...(traceId !== undefined && { traceId }),
									},
						);
					}
				}
			}),
		);
	});

	it('takes no returned member from the output: each is there once, the rest as unasked', () => {
		fc.assert(
			fc.property(sent, (requests) => {
				const { outcomes, unasked } = settle(requests);
				const kept = [
					...[...outcomes.values()].flatMap((one) => (one.kind === 'done' ? [one.member] : [])),
					...[...unasked.values()].flat(),
				];
				const came = requests.flatMap(({ reply: answer }) =>
					'members' in answer ? answer.members : [],
				);
				expect(kept).toHaveLength(came.length);
				expect(new Set(kept)).toEqual(new Set(came));
				const firstRows = requests.map(({ request }) => request.rows[0]);
				for (const row of unasked.keys()) expect(firstRows).toContain(row);
			}),
		);
	});
});

describe('an answer that says more than members', () => {
	const request = { emails: ['A@x.co', 'b@x.co'], rows: [0, 1], access: { labels: null } };

	it("fails an email that it refuses with Periskope's words, and no other", () => {
		const reply = {
			members: [{ email: 'b@x.co' }],
			refused: new Map([['a@x.co', { what: 'Is there', advice: 'Take it out.' }]]),
		};
		const { outcomes } = settle([{ request, reply: { ...reply, traceId: 't' } }]);
		expect(outcomes.get('a@x.co')).toEqual({
			kind: 'failed',
			failure: {
				what: 'Is there',
				advice: 'Take it out.',
				applied: 'no',
				traceId: 't',
			},
		});
		expect(outcomes.get('b@x.co')).toEqual({ kind: 'done', member: { email: 'b@x.co' } });
	});

	it('counts the members alone for whom it was done', () => {
		const reply = { members: [{ email: 'b@x.co' }] };
		const { outcomes } = settle([{ request, reply }]);
		expect(outcomes.size).toBe(2);
		expect(membersDone(outcomes)).toBe(1);
	});

	it('keeps what it says of an email that is not found', () => {
		const { outcomes } = settle([{ request, reply: { members: [], notFound: 'Not there' } }]);
		expect(outcomes.get('a@x.co')).toEqual({
			kind: 'missing',
			access: { labels: null },
			words: 'Not there',
		});
	});
});

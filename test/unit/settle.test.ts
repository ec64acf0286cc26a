import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { ReadRow } from '../../nodes/Periskope/steps/1-read/readRows';
import { planAccess } from '../../nodes/Periskope/steps/2-plan/planAccess';
import type { SentRequest } from '../../nodes/Periskope/steps/3-send/sendRequests';
import { answerRows } from '../../nodes/Periskope/steps/4-settle/answerRows';
import { settle } from '../../nodes/Periskope/steps/4-settle/settle';

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
					const plan = planAccess(rows, { batchSize: 2, duplicateEmails });
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
					const answers = answerRows(rows, plan, settled);
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
									? answer.email
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
		expect(outcomes.get('a@x.co')).toEqual({ kind: 'updated', member: { email: 'A@x.co', n: 1 } });
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
		const plan = planAccess(rows, { batchSize: 1, duplicateEmails: 'fail' });
		expect(answerRows(rows, plan, settle([]))).toMatchObject([
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
		const plan = planAccess(rows, { batchSize: 1, duplicateEmails: 'fail' });
		const [maybe] = answerRows(
			rows,
			plan,
			settle([{ request, reply: { failure: { ...failure, applied: 'maybe' } } }]),
		);
		const [no] = answerRows(rows, plan, settle([{ request, reply: { failure } }]));
		expect(maybe).toMatchObject({
			failure: { advice: 'Wait. The change may have been made all the same.' },
		});
		expect(no).toMatchObject({ failure: { advice: 'Wait.' } });
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Failure } from '../../../nodes/Periskope/rowFailure';
import {
	matchMembers,
	matchPlan,
	type Done,
	type Matched,
	type NotReturned,
	type Outcome,
} from '../../../nodes/Periskope/match/matchMembers';
import { matchRows, type RowResult } from '../../../nodes/Periskope/match/matchRows';
import type { RowOptions } from '../../../nodes/Periskope/options';
import { planRows, type Plan, type PlanLimits } from '../../../nodes/Periskope/plan/planRows';
import type { ReadRow } from '../../../nodes/Periskope/read/readRows';
import { DELETE } from '../../../nodes/Periskope/resources/member/delete';
import { INVITE } from '../../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';
import type { SentRequest } from '../../../nodes/Periskope/send/sendRequests';
import { emailKey, readable, unreadable } from '../plan/sheet';

const { messages } = UPDATE_ACCESS;
const FAILURE: Failure = {
	what: 'No',
	advice: 'Wait.',
	reason: 'unavailable',
	applied: 'no',
	details: {},
};

const done = (email: string, more: Partial<Done> = {}): Done => ({
	kind: 'done',
	member: { email },
	access: {},
	differences: [],
	details: {},
	...more,
});
/** The result of that, on a row. */
const doneOn = (index: number, email: string, simplify = false) => ({
	...done(email.toLowerCase()),
	row: { index },
	email,
	simplify,
});

const matched = (
	outcomes: Record<string, Outcome>,
	unexpected: readonly string[] = [],
	remarks: readonly string[] = [],
): Matched => ({ outcomes: new Map(Object.entries(outcomes)), unexpected, remarks });

const limits = (batchSize: number, members = Infinity): PlanLimits => ({
	batchSize,
	max: { members, option: 'maxMembers' },
});

const planOf = (rows: readonly ReadRow[], dryRun = false, batchSize = 100) =>
	planRows(rows, { dryRun, duplicateEmails: 'fail' }, limits(batchSize));

const resultsOf = (rows: readonly ReadRow[], outcomes: Matched) =>
	matchRows(rows, planOf(rows), outcomes, messages);

/** The result of a row with one email that has this outcome. */
function resultOf(outcome: Outcome, options: Partial<RowOptions> = {}) {
	const results = resultsOf(
		[readable(4, { emails: ['Asha@x.co'], labels: null }, options)],
		matched({ 'asha@x.co': outcome }),
	);
	expect(results).toHaveLength(1);
	return results[0];
}

/** The email that a result is about. */
function emailOf(result: RowResult): string | undefined {
	switch (result.kind) {
		case 'done':
			return result.member.email;
		case 'failed':
			return result.failure.details.email;
		default:
			return result.email;
	}
}

describe('matchRows', () => {
	it('gives results in the order of the rows and of their emails, each with its row', () => {
		const rows = [
			readable(0, { emails: ['b@x.co', 'A@x.co'], labels: ['Sales'] }),
			unreadable(1, ['d@x.co', 'c@x.co'], ["'Labels' is empty"]),
			readable(2, { emails: ['a@x.co'], labels: ['Sales'] }, { simplify: true }),
			unreadable(3, [], ["'Emails' is empty"]),
		];
		const outcomes = matched({ 'a@x.co': done('a@x.co'), 'b@x.co': done('b@x.co') });
		const problem = { what: "'Labels' is empty", row: 1 };
		expect(resultsOf(rows, outcomes)).toMatchObject([
			doneOn(0, 'b@x.co'),
			doneOn(0, 'A@x.co'),
			{ row: { index: 1 }, kind: 'failed', failure: { ...problem, details: { email: 'd@x.co' } } },
			{ row: { index: 1 }, kind: 'failed', failure: { ...problem, details: { email: 'c@x.co' } } },
			doneOn(2, 'a@x.co', true),
			{ row: { index: 3 }, kind: 'failed', failure: { what: "'Emails' is empty", row: 3 } },
		]);
	});

	it('gives a member as Periskope returned it', () => {
		const member = { email: 'ASHA@x.co', new_field: { x: 1 } };
		const result = resultOf(done('ASHA@x.co', { member }));
		expect(result).toEqual({ ...doneOn(4, 'Asha@x.co'), member });
	});

	it('leaves out members that were not requested, and remarks', () => {
		const rows = [
			readable(0, { emails: ['a@x.co', 'b@x.co'], labels: ['Sales'] }, { simplify: true }),
			readable(1, { emails: ['c@x.co'], labels: ['VIP'] }),
		];
		const outcomes = matched(
			{
				'a@x.co': done('a@x.co'),
				'b@x.co': done('b@x.co'),
				'c@x.co': done('c@x.co'),
			},
			['s1@x.co', 's2@x.co'],
			['Plan is full'],
		);
		expect(resultsOf(rows, outcomes)).toEqual([
			doneOn(0, 'a@x.co', true),
			doneOn(0, 'b@x.co', true),
			doneOn(1, 'c@x.co'),
		]);
	});

	it('gives a rejected email its reason, and the other emails of its row their outcomes', () => {
		const rows = [
			readable(0, { emails: ['a@x.co', 'b@x.co'], labels: ['Sales'] }),
			readable(1, { emails: ['A@x.co'], labels: ['VIP'] }),
		];
		const what = expect.stringContaining('on Row 1 and Row 2, which differ in Labels') as unknown;
		expect(resultsOf(rows, matched({ 'b@x.co': done('b@x.co') }))).toMatchObject([
			{ kind: 'failed', failure: { row: 0, what, details: { email: 'a@x.co' } } },
			doneOn(0, 'b@x.co'),
			{ kind: 'failed', failure: { row: 1, what, details: { email: 'A@x.co' } } },
		]);
	});

	it('gives emails that differ in a Kelvin sign the outcome that each has', () => {
		const rows = [readable(0, { emails: ['KEN@x.io', '\u212aen@x.io'], labels: ['Sales'] })];
		const outcomes = matched({
			'ken@x.io': done('ken@x.io'),
			'\u212aen@x.io': { kind: 'failed', failure: FAILURE },
		});
		expect(resultsOf(rows, outcomes)).toMatchObject([
			{ kind: 'done', member: { email: 'ken@x.io' } },
			{ kind: 'failed', failure: { details: { email: '\u212aen@x.io' } } },
		]);
	});

	it('reports an email without an outcome as unknown', () => {
		const [result] = resultsOf([readable(4, { emails: ['Asha@x.co'], labels: null })], matched({}));
		expect(result).toEqual({
			row: { index: 4 },
			kind: 'failed',
			failure: {
				row: 4,
				what: 'Internal error: no result was recorded for this email',
				advice:
					'Check the member in Periskope, and please open an issue on the GitHub page of this node. The change may still have been applied. Try again. Sending the same access twice is safe.',
				details: { email: 'Asha@x.co', reason: 'unavailable', applied: 'unknown' },
			},
		});
	});

	it('gives one result for each email of each row, in order, and none for any other', () => {
		const email = fc.constantFrom('a@x.co', 'b@x.co', 'K@x.co', '\u212a@x.co', 'e@x.co');
		const rowsOfSheet: fc.Arbitrary<ReadRow[]> = fc
			.array(
				fc.record({
					emails: fc.uniqueArray(email, { minLength: 1 }),
					label: fc.constantFrom('Sales', 'VIP'),
					isReadable: fc.boolean(),
				}),
			)
			.map((rows) =>
				rows.map(({ emails, label, isReadable }, index) =>
					isReadable
						? readable(index, { emails, labels: [label] })
						: unreadable(index, emails, ['Bad']),
				),
			);
		const replies = fc.infiniteStream(
			fc.record({
				fails: fc.boolean(),
				leavesOneOut: fc.boolean(),
				changesCase: fc.boolean(),
				hasStranger: fc.boolean(),
			}),
		);
		const STRANGER = 'stranger@x.co';
		const run = fc.record({
			dryRun: fc.boolean(),
			duplicateEmails: fc.constantFrom('fail' as const, 'lastRow' as const),
			maxMembers: fc.constantFrom(1, Infinity, Infinity),
		});
		fc.assert(
			fc.property(rowsOfSheet, replies, run, (rows, stream, { maxMembers, ...options }) => {
				const plan = planRows(rows, options, limits(2, maxMembers));
				const sent = plan.requests.map((request): SentRequest => {
					const next = stream.next();
					if (next.done === true) throw new Error('The replies ended');
					const { fails, leavesOneOut, changesCase, hasStranger } = next.value;
					if (fails) return { request, reply: { kind: 'failed', failure: FAILURE } };
					const members = request.emails
						.slice(leavesOneOut ? 1 : 0)
						.map((spelled) => ({ email: changesCase ? emailKey(spelled) : spelled }));
					if (hasStranger) members.push({ email: STRANGER });
					return { request, reply: { kind: 'content', members, appliedBefore: 'no', details: {} } };
				});
				const outcomes = options.dryRun ? matchPlan(plan.requests) : matchMembers(sent);
				const results = matchRows(rows, plan, outcomes, messages);
				const withStranger = sent.filter(
					({ reply }) =>
						reply.kind === 'content' && reply.members.some(({ email }) => email === STRANGER),
				);
				expect(outcomes.unexpected).toEqual(options.dryRun ? [] : withStranger.map(() => STRANGER));
				expect(
					results.map((result) => [result.row.index, emailKey(emailOf(result) ?? '')]),
				).toEqual(
					rows.flatMap((row) =>
						(row.kind === 'change' ? row.change.emails : row.emails).map((requested) => [
							row.index,
							emailKey(requested),
						]),
					),
				);
				const failures = results.flatMap((one) => (one.kind === 'failed' ? [one] : []));
				for (const { row, failure } of failures) {
					expect(failure.row).toBe(row.index);
					expect(failure.what).not.toContain('Internal error');
				}
			}),
		);
	});
});

describe('a run that is blocked as a whole', () => {
	const blockedBy: Failure = {
		what: 'Too many',
		advice: 'Check the rows.',
		reason: 'tooMany',
		applied: 'no',
		details: { httpCode: '401' },
	};
	const resultsOfRefused = (rows: readonly ReadRow[]) =>
		matchRows(rows, { ...planOf(rows), blockedBy }, matched({}), messages);

	it('fails each email of each row with the reason, as the row spells it', () => {
		const rows = [
			readable(0, { emails: ['Asha@x.co', 'b@x.co'] }),
			readable(3, { emails: ['asha@x.co'] }),
		];
		const { what, advice, reason, applied, details } = blockedBy;
		const failed = (row: number, email: string) => ({
			row: { index: row, rowNumber: undefined },
			kind: 'failed',
			failure: { row, what, advice, details: { email, reason, applied, ...details } },
		});
		expect(resultsOfRefused(rows)).toStrictEqual([
			failed(0, 'Asha@x.co'),
			failed(0, 'b@x.co'),
			failed(3, 'asha@x.co'),
		]);
	});

	it('fails rejected rows and emails with their own reasons', () => {
		const rows = [
			readable(0, { emails: ['a@x.co', 'b@x.co'], labels: ['Sales'] }),
			readable(1, { emails: ['a@x.co'], labels: ['VIP'] }),
			unreadable(2, ['c@x.co'], ["'Labels' is empty"]),
			unreadable(3, [], ["'Emails' is empty"]),
		];
		const conflict = expect.stringContaining('differ in Labels') as unknown;
		expect(resultsOfRefused(rows)).toMatchObject([
			{ failure: { row: 0, what: conflict, details: { email: 'a@x.co' } } },
			{ failure: { row: 0, what: 'Too many', details: { email: 'b@x.co' } } },
			{ failure: { row: 1, what: conflict, details: { email: 'a@x.co' } } },
			{ failure: { row: 2, what: "'Labels' is empty", details: { email: 'c@x.co' } } },
			{ failure: { row: 3, what: "'Emails' is empty", details: {} } },
		]);
	});
});

describe('a dry run', () => {
	const resultsOfDryRun = (rows: readonly ReadRow[], batchSize = 100) => {
		const plan: Plan = planOf(rows, true, batchSize);
		return matchRows(rows, plan, matchPlan(plan.requests), messages);
	};

	it('gives each email as it would be sent, with its access and its request counted from 1', () => {
		const rows = [
			readable(0, { emails: ['A@x.co', 'b@x.co'], labels: ['Sales'] }),
			readable(1, { emails: ['c@x.co'], labels: ['VIP'] }),
			readable(2, { emails: ['a@x.co'], labels: ['Sales'] }),
		];
		const sales = { kind: 'planned', access: { labels: ['Sales'] } };
		const vip = { kind: 'planned', access: { labels: ['VIP'] } };
		expect(resultsOfDryRun(rows, 1)).toEqual([
			{ ...sales, row: { index: 0 }, email: 'A@x.co', request: 1 },
			{ ...sales, row: { index: 0 }, email: 'b@x.co', request: 2 },
			{ ...vip, row: { index: 1 }, email: 'c@x.co', request: 3 },
			{ ...sales, row: { index: 2 }, email: 'A@x.co', request: 1 },
		]);
	});

	it('rejects what it would not send', () => {
		const rows = [
			readable(0, { emails: ['a@x.co'], labels: ['Sales'] }),
			readable(1, { emails: ['a@x.co', 'b@x.co'], labels: ['VIP'] }),
			unreadable(2, ['c@x.co'], ["'Labels' is empty"]),
		];
		expect(resultsOfDryRun(rows)).toMatchObject([
			{ kind: 'failed', failure: { row: 0, details: { email: 'a@x.co' } } },
			{ kind: 'failed', failure: { row: 1, details: { email: 'a@x.co' } } },
			{ row: { index: 1 }, kind: 'planned', email: 'b@x.co', request: 1 },
			{ kind: 'failed', failure: { row: 2, details: { email: 'c@x.co' } } },
		]);
	});
});

describe('an email that was not returned', () => {
	const access = { labels: ['Sales'] };
	const outcome: NotReturned = {
		kind: 'notReturned',
		access,
		words: '',
		applied: 'unknown',
		appliedBefore: 'no',
		details: { traceId: 'trace-1' },
	};
	const known = { email: 'Asha@x.co', reason: 'notReturned', applied: 'unknown' };
	const failure = {
		row: 4,
		what: "Periskope didn't return this member, so the change isn't confirmed",
		advice:
			'Check the spelling, and that the organization has this member with the role member. Periskope skips admins, who have access to everything.',
	};

	it('fails its row, with the details of the response and the advice for a known outcome', () => {
		for (const details of [outcome.details, { httpCode: '404', code: 'NOT_FOUND' }, {}]) {
			expect(resultOf({ ...outcome, details })).toStrictEqual({
				row: { index: 4, rowNumber: undefined },
				kind: 'failed',
				failure: { ...failure, details: { ...known, ...details } },
			});
		}
	});

	it('fails with no change where Periskope said that there is no such member', () => {
		expect(resultOf({ ...outcome, applied: 'no', words: 'Not there' })).toMatchObject({
			failure: { details: { reason: 'notReturned', applied: 'no' } },
		});
	});

	it('says that an attempt before may have been applied', () => {
		const before: NotReturned = { ...outcome, appliedBefore: 'unknown' };
		expect(resultOf(before)).toMatchObject({
			failure: { advice: `${failure.advice} ${messages.ifUnknown} ${messages.adviceIfUnknown}` },
		});
		expect(resultOf(before, { missingMembers: 'report' })).toMatchObject({
			reason: `${messages.notReturned}. ${messages.ifUnknown}`,
		});
	});

	it("fails with Periskope's own words too where it has some", () => {
		expect(resultOf({ ...outcome, words: 'Not there' })).toEqual({
			row: { index: 4 },
			kind: 'failed',
			failure: {
				...failure,
				what: `${failure.what}. Periskope's message: Not there`,
				details: { ...known, traceId: 'trace-1' },
			},
		});
	});

	it.each(['report', 'ignore'] as const)(
		'is not a failure where the option is "%s"',
		(missingMembers) => {
			const result = {
				row: { index: 4 },
				kind: 'notReturned',
				email: 'Asha@x.co',
				access,
				missingMembers,
			};
			expect(resultOf(outcome, { missingMembers })).toEqual({
				...result,
				reason: `${messages.notReturned}.`,
			});
			expect(resultOf({ ...outcome, words: 'Not there' }, { missingMembers })).toEqual({
				...result,
				reason: `${messages.notReturned}. Periskope's message: Not there.`,
			});
		},
	);

	it('is handled on each row as the options of that row say', () => {
		const rows = [
			readable(0, { emails: ['a@x.co'], labels: null }, { missingMembers: 'ignore' }),
			readable(1, { emails: ['A@x.co'], labels: null }),
			readable(2, { emails: ['a@X.co'], labels: null }, { missingMembers: 'report' }),
		];
		expect(resultsOf(rows, matched({ 'a@x.co': outcome }))).toMatchObject([
			{ row: { index: 0 }, kind: 'notReturned', email: 'a@x.co', missingMembers: 'ignore' },
			{ kind: 'failed', failure: { row: 1, details: { email: 'A@x.co' } } },
			{ row: { index: 2 }, kind: 'notReturned', email: 'a@X.co', missingMembers: 'report' },
		]);
	});
});

describe('a member that was returned with other access', () => {
	const DIFFERENT: Done['differences'] = [
		{ field: 'labels', what: 'Labels: 2 requested, 1 returned' },
		{ field: 'orgPhones', what: 'Org Phones: 1 not returned' },
	];
	const what =
		'Periskope returned different access than requested. Labels: 2 requested, 1 returned. Org Phones: 1 not returned';
	const outcome = done('asha@x.co', { differences: DIFFERENT, details: { traceId: 't' } });
	const member = { ...outcome, row: { index: 4 }, email: 'Asha@x.co', simplify: false };

	it.each<[string, Done['differences'], 'unknown' | 'yes']>([
		['lists differ', DIFFERENT, 'yes'],
		['the role differs', [{ field: 'role', what: 'This member is an admin' }], 'unknown'],
	])(
		'fails where its row says so, and whether that is in place is known: %s',
		(_, differences, applied) => {
			expect(resultOf({ ...outcome, differences })).toMatchObject({
				kind: 'failed',
				failure: {
					row: 4,
					what: [
						'Periskope returned different access than requested',
						...differences.map((one) => one.what),
					].join('. '),
					advice: 'Check the member in Periskope.',
					details: { email: 'Asha@x.co', reason: 'accessMismatch', applied, traceId: 't' },
				},
			});
		},
	);

	it('is returned with what differs, or without, where its row says so', () => {
		expect(resultOf(outcome, { accessMismatch: 'report' })).toEqual({
			...member,
			accessMismatch: `${what}.`,
		});
		expect(resultOf(outcome, { accessMismatch: 'ignore' })).toEqual(member);
	});

	it.each(['fail', 'report', 'ignore'] as const)(
		'is nothing but a member where nothing differs: %s',
		(accessMismatch) => {
			expect(resultOf(done('asha@x.co'), { accessMismatch })).toEqual(doneOn(4, 'Asha@x.co'));
		},
	);
});

describe('an email that failed', () => {
	const resultWith = (failure: Failure, options: Partial<RowOptions> = {}) =>
		resultOf({ kind: 'failed', failure }, options);

	it.each<[string, Failure['details']]>([
		['nothing', {}],
		['its HTTP status', { httpCode: '503' }],
		['its code', { code: 'ECONNRESET' }],
		['its fields', { fields: {} }],
		['its trace id', { traceId: 'trace-1' }],
		[
			'all of them',
			{
				httpCode: '422',
				code: 'VALIDATION_ERROR',
				fields: { emails: { message: 'unknown' } },
				traceId: 'trace-1',
			},
		],
	])('has the email as its row spells it, and the known details alone: %s', (_, details) => {
		expect(resultWith({ ...FAILURE, details })).toStrictEqual({
			row: { index: 4, rowNumber: undefined },
			kind: 'failed',
			failure: {
				row: 4,
				what: 'No',
				advice: 'Wait.',
				details: { email: 'Asha@x.co', reason: 'unavailable', applied: 'no', ...details },
			},
		});
	});

	it.each([
		['updateAccess', UPDATE_ACCESS.messages],
		['invite', INVITE.messages],
		['delete', DELETE.messages],
	])('has the advice of %s for its outcome', (_, operationMessages) => {
		const rows = [readable(0, { emails: ['a@x.co'] })];
		const adviceOn = (failure: Failure) => {
			const outcomes = matched({ 'a@x.co': { kind: 'failed', failure } });
			const [result] = matchRows(rows, planOf(rows), outcomes, operationMessages);
			return result?.kind === 'failed' ? result.failure.advice : undefined;
		};
		const { ifUnknown, adviceIfUnknown, adviceIfRetryable } = operationMessages;
		expect(adviceOn(FAILURE)).toBe('Wait.');
		expect(adviceOn({ ...FAILURE, isRetryable: true })).toBe(`Wait. ${adviceIfRetryable}`);
		expect(adviceOn({ ...FAILURE, applied: 'unknown' })).toBe(
			`Wait. ${ifUnknown} ${adviceIfUnknown}`,
		);
	});

	it('fails whatever the option for missing members is', () => {
		for (const missingMembers of ['report', 'ignore'] as const) {
			expect(resultWith(FAILURE, { missingMembers })).toMatchObject({ kind: 'failed' });
		}
	});

	it('fails each of its rows under that row', () => {
		const rows = [2, 5].map((row) => readable(row, { emails: ['a@x.co'], labels: null }));
		const outcomes = matched({ 'a@x.co': { kind: 'failed', failure: FAILURE } });
		expect(resultsOf(rows, outcomes)).toMatchObject([
			{ row: { index: 2 }, kind: 'failed', failure: { row: 2 } },
			{ row: { index: 5 }, kind: 'failed', failure: { row: 5 } },
		]);
	});
});

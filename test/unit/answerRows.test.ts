import { describe, expect, it } from '@jest/globals';

import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import type { MemberChange } from '../../nodes/Periskope/steps/1-read/memberChange';
import type { RowOptions } from '../../nodes/Periskope/steps/1-read/options';
import type { ReadRow } from '../../nodes/Periskope/steps/1-read/readRows';
import { planRows } from '../../nodes/Periskope/steps/2-plan/planRows';
import type { Failure } from '../../nodes/Periskope/steps/3-send/failure';
import type { Member } from '../../nodes/Periskope/steps/3-send/member';
import { answerRows } from '../../nodes/Periskope/steps/4-settle/answerRows';
import type { Outcome, Settled } from '../../nodes/Periskope/steps/4-settle/settle';

const OPTIONS: RowOptions = {
	dryRun: false,
	emptyLists: 'fail',
	missingMembers: 'fail',
	output: 'full',
};
const FAILURE: Failure = { what: 'No', advice: 'Wait.', applied: 'no' };

const good = (index: number, change: MemberChange, options: Partial<RowOptions> = {}): ReadRow => ({
	index,
	options: { ...OPTIONS, ...options },
	change,
});
const bad = (index: number, emails: string[], problems: string[]): ReadRow => ({
	index,
	options: OPTIONS,
	emails,
	problems,
});

const updated = (email: string): Outcome => ({ kind: 'done', member: { email } });

function settled(
	outcomes: Record<string, Outcome>,
	unasked: ReadonlyArray<[number, Member[]]> = [],
): Settled {
	return { outcomes: new Map(Object.entries(outcomes)), unasked: new Map(unasked) };
}

function answersTo(rows: readonly ReadRow[], outcomes: Settled, batchSize = 100) {
	return answerRows(
		rows,
		planRows(rows, { batchSize, duplicateEmails: 'fail' }),
		outcomes,
		UPDATE_ACCESS.words,
	);
}

/** The answer to a row with one email that ended in this way. */
const answerTo = (outcome: Outcome, options: Partial<RowOptions> = {}) => {
	const answers = answersTo(
		[good(4, { emails: ['Asha@x.co'], labels: null }, options)],
		settled({ 'asha@x.co': outcome }),
	);
	expect(answers).toHaveLength(1);
	return answers[0];
};

describe('the answers to rows', () => {
	it('come in the order of the rows and their emails, each with its row', () => {
		const rows = [
			good(0, { emails: ['b@x.co', 'A@x.co'], labels: ['Sales'] }),
			bad(1, ['d@x.co', 'c@x.co'], ['Labels is empty']),
			good(2, { emails: ['a@x.co'], labels: ['Sales'] }, { output: 'simplified' }),
			bad(3, [], ['Emails is empty']),
		];
		const outcomes = settled({ 'a@x.co': updated('a@x.co'), 'b@x.co': updated('b@x.co') });
		const problem = { what: 'Labels is empty', row: 1 };
		expect(answersTo(rows, outcomes)).toMatchObject([
			{ row: 0, kind: 'member', member: { email: 'b@x.co' }, output: 'full' },
			{ row: 0, kind: 'member', member: { email: 'a@x.co' }, output: 'full' },
			{ row: 1, kind: 'failed', failure: { ...problem, details: { email: 'd@x.co' } } },
			{ row: 1, kind: 'failed', failure: { ...problem, details: { email: 'c@x.co' } } },
			{ row: 2, kind: 'member', member: { email: 'a@x.co' }, output: 'simplified' },
			{ row: 3, kind: 'failed', failure: { what: 'Emails is empty', row: 3, details: {} } },
		]);
	});

	it('hand a member on as Periskope returned it', () => {
		const member = { email: 'ASHA@x.co', new_field: { x: 1 } };
		const answer = answerTo({ kind: 'done', member });
		expect(answer).toEqual({ row: 4, kind: 'member', member, output: 'full' });
	});

	it('put members that nobody asked for after the row that they are paired with', () => {
		const rows = [
			good(0, { emails: ['a@x.co', 'b@x.co'], labels: ['Sales'] }, { output: 'simplified' }),
			good(1, { emails: ['c@x.co'], labels: ['VIP'] }),
		];
		const outcomes = settled(
			{
				'a@x.co': updated('a@x.co'),
				'b@x.co': updated('b@x.co'),
				'c@x.co': updated('c@x.co'),
			},
			[
				[1, [{ email: 's3@x.co' }]],
				[0, [{ email: 's1@x.co' }, { email: 's2@x.co' }]],
			],
		);
		const simplified = { kind: 'member', row: 0, output: 'simplified' };
		expect(answersTo(rows, outcomes)).toEqual([
			{ ...simplified, member: { email: 'a@x.co' } },
			{ ...simplified, member: { email: 'b@x.co' } },
			{ ...simplified, member: { email: 's1@x.co' } },
			{ ...simplified, member: { email: 's2@x.co' } },
			{ kind: 'member', row: 1, output: 'full', member: { email: 'c@x.co' } },
			{ kind: 'member', row: 1, output: 'full', member: { email: 's3@x.co' } },
		]);
	});

	it('give an email that is refused its reason, and the others of its row what became of them', () => {
		const rows = [
			good(0, { emails: ['a@x.co', 'b@x.co'], labels: ['Sales'] }),
			good(1, { emails: ['A@x.co'], labels: ['VIP'] }),
		];
		const what = expect.stringContaining('differ in Labels (row 1 and row 2)') as unknown;
		expect(answersTo(rows, settled({ 'b@x.co': updated('b@x.co') }))).toMatchObject([
			{ row: 0, kind: 'failed', failure: { row: 0, what, details: { email: 'a@x.co' } } },
			{ row: 0, kind: 'member', member: { email: 'b@x.co' } },
			{ row: 1, kind: 'failed', failure: { row: 1, what, details: { email: 'A@x.co' } } },
		]);
	});

	it('say where the node has lost track of an email, and that it may have been changed', () => {
		const [answer] = answersTo([good(4, { emails: ['Asha@x.co'], labels: null })], settled({}));
		expect(answer).toEqual({
			row: 4,
			kind: 'failed',
			failure: {
				row: 4,
				what: 'The node lost track of this email, which is a defect in it',
				advice:
					'Look at the member in Periskope, and please report this with the workflow. The change may have been made all the same. Run again: sending the same access twice does no harm.',
				details: { email: 'Asha@x.co' },
			},
		});
	});
});

describe('a dry run', () => {
	const DRY: Partial<RowOptions> = { dryRun: true };

	it('answers each email with the request that would carry it, counted from 1', () => {
		const rows = [
			good(0, { emails: ['A@x.co', 'b@x.co'], labels: ['Sales'] }, DRY),
			good(1, { emails: ['c@x.co'], labels: ['VIP'] }, DRY),
			good(2, { emails: ['a@x.co'], labels: ['Sales'] }, DRY),
		];
		const sales = { access: { labels: ['Sales'] } };
		const [first, second, third] = [
			{ ...sales, emails: ['A@x.co'], rows: [0] },
			{ ...sales, emails: ['b@x.co'], rows: [0] },
			{ access: { labels: ['VIP'] }, emails: ['c@x.co'], rows: [1] },
		];
		expect(answersTo(rows, settled({}), 1)).toEqual([
			{ row: 0, kind: 'planned', planned: { email: 'A@x.co', request: first, number: 1 } },
			{ row: 0, kind: 'planned', planned: { email: 'b@x.co', request: second, number: 2 } },
			{ row: 1, kind: 'planned', planned: { email: 'c@x.co', request: third, number: 3 } },
			{ row: 2, kind: 'planned', planned: { email: 'A@x.co', request: first, number: 1 } },
		]);
	});

	it('of one row does not hide what became of the same email on another', () => {
		const rows = [
			good(0, { emails: ['a@x.co'], labels: ['Sales'] }, DRY),
			good(1, { emails: ['a@x.co'], labels: ['VIP'] }),
		];
		expect(answersTo(rows, settled({ 'a@x.co': updated('a@x.co') }))).toMatchObject([
			{ row: 0, kind: 'planned' },
			{ row: 1, kind: 'member', member: { email: 'a@x.co' } },
		]);
	});

	it('refuses what it would refuse to send', () => {
		const rows = [
			good(0, { emails: ['a@x.co'], labels: ['Sales'] }, DRY),
			good(1, { emails: ['a@x.co', 'b@x.co'], labels: ['VIP'] }, DRY),
		];
		expect(answersTo(rows, settled({}))).toMatchObject([
			{ row: 0, kind: 'failed', failure: { details: { email: 'a@x.co' } } },
			{ row: 1, kind: 'failed', failure: { details: { email: 'a@x.co' } } },
			{ row: 1, kind: 'planned', planned: { email: 'b@x.co', number: 1 } },
		]);
	});
});

describe('a member that did not come back', () => {
	const access = { labels: ['Sales'] };
	const missing: Outcome = { kind: 'missing', access, traceId: 'trace-1' };
	const failure = {
		row: 4,
		what: "Periskope's answer does not contain this email, so nothing is known to have changed for it",
		advice:
			'Check the spelling, and that the person is in the organization with the role member: Periskope skips admins, who have access to everything.',
	};

	it('fails its row, with the trace id of the answer and no doubt about the change', () => {
		expect(answerTo(missing)).toEqual({
			row: 4,
			kind: 'failed',
			failure: { ...failure, details: { email: 'Asha@x.co', traceId: 'trace-1' } },
		});
		expect(answerTo({ kind: 'missing', access })).toStrictEqual({
			row: 4,
			kind: 'failed',
			failure: { ...failure, details: { email: 'Asha@x.co' } },
		});
	});

	it.each(['report', 'ignore'] as const)(
		'is no failure where Missing Members says "%s"',
		(missingMembers) => {
			expect(answerTo(missing, { missingMembers })).toEqual({
				row: 4,
				kind: 'missing',
				missing: { email: 'Asha@x.co', reason: UPDATE_ACCESS.words.missing, access },
				missingMembers,
			});
		},
	);

	it('is answered on each row as that row says', () => {
		const rows = [
			good(0, { emails: ['a@x.co'], labels: null }, { missingMembers: 'ignore' }),
			good(1, { emails: ['A@x.co'], labels: null }),
			good(2, { emails: ['a@X.co'], labels: null }, { missingMembers: 'report' }),
		];
		expect(answersTo(rows, settled({ 'a@x.co': missing }))).toMatchObject([
			{ row: 0, kind: 'missing', missing: { email: 'a@x.co' }, missingMembers: 'ignore' },
			{ row: 1, kind: 'failed', failure: { row: 1, details: { email: 'A@x.co' } } },
			{ row: 2, kind: 'missing', missing: { email: 'a@X.co' }, missingMembers: 'report' },
		]);
	});
});

describe('an email that failed', () => {
	const failed = (failure: Failure, options: Partial<RowOptions> = {}) =>
		answerTo({ kind: 'failed', failure }, options);

	it('passes on everything that is known of it, and the email as its row spells it', () => {
		const known = {
			httpCode: '422',
			code: 'VALIDATION_ERROR',
			fields: { emails: { message: 'unknown' } },
			traceId: 'trace-1',
		};
		expect(failed({ ...FAILURE, ...known })).toEqual({
			row: 4,
			kind: 'failed',
			failure: {
				row: 4,
				what: 'No',
				advice: 'Wait.',
				details: { email: 'Asha@x.co', ...known },
			},
		});
	});

	it.each<[string, Partial<Failure>]>([
		['nothing', {}],
		['its HTTP code', { httpCode: '503' }],
		['its code', { code: 'ECONNRESET' }],
		['its fields', { fields: {} }],
		['its trace id', { traceId: 'trace-1' }],
	])('has details for what is known alone: %s', (_, known) => {
		expect(failed({ ...FAILURE, ...known })).toStrictEqual({
			row: 4,
			kind: 'failed',
			failure: {
				row: 4,
				what: 'No',
				advice: 'Wait.',
				details: { email: 'Asha@x.co', ...known },
			},
		});
	});

	it('is advised with the doubt where the change may have been made, and without it where not', () => {
		expect(failed({ ...FAILURE, applied: 'maybe' })).toMatchObject({
			failure: { advice: `Wait. ${UPDATE_ACCESS.words.doubt} ${UPDATE_ACCESS.words.ifMaybe}` },
		});
		expect(failed(FAILURE)).toMatchObject({ failure: { advice: 'Wait.' } });
	});

	it('fails whatever Missing Members says', () => {
		for (const missingMembers of ['report', 'ignore'] as const) {
			expect(failed(FAILURE, { missingMembers })).toMatchObject({ kind: 'failed' });
		}
	});

	it('fails each of its rows under that row', () => {
		const rows = [2, 5].map((row) => good(row, { emails: ['a@x.co'], labels: null }));
		const outcomes = settled({ 'a@x.co': { kind: 'failed', failure: FAILURE } });
		expect(answersTo(rows, outcomes)).toMatchObject([
			{ row: 2, kind: 'failed', failure: { row: 2 } },
			{ row: 5, kind: 'failed', failure: { row: 5 } },
		]);
	});
});

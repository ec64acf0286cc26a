import { describe, expect, it } from '@jest/globals';
import type { NodeExecutionHint } from 'n8n-workflow';

import {
	matchPlan,
	type Done,
	type Matched,
	type Outcome,
} from '../../../nodes/Periskope/match/matchMembers';
import type { RowResult } from '../../../nodes/Periskope/match/matchRows';
import type { OperationMessages } from '../../../nodes/Periskope/operationMessages';
import { hintsFor, showHints, type Remarks } from '../../../nodes/Periskope/output/hints';
import { DELETE } from '../../../nodes/Periskope/resources/member/delete';
import { INVITE } from '../../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';

const outcomeOf = (row: number, differences: Done['differences'] = []): Done => ({
	kind: 'done',
	member: { email: `m${row}@x.co` },
	access: {},
	differences,
	details: {},
});
const member = (row: number, differences?: Done['differences']): RowResult => ({
	...outcomeOf(row, differences),
	row: { index: row },
	email: `m${row}@x.co`,
	simplify: false,
});
const DIFFERENT: Done['differences'] = [
	{ field: 'labels', what: 'Labels: 2 requested, 1 returned' },
];
const failed = (row: number): RowResult => ({
	kind: 'failed',
	row: { index: row },
	failure: {
		row,
		what: 'No',
		advice: 'Wait.',
		details: { reason: 'unavailable', applied: 'no' },
	},
});
const notReturned = (row: number, missingMembers: 'report' | 'ignore'): RowResult => ({
	kind: 'notReturned',
	row: { index: row },
	email: `m${row}@x.co`,
	reason: 'Not there',
	access: {},
	missingMembers,
});
const planned = (row: number): RowResult => ({
	kind: 'planned',
	row: { index: row },
	email: `m${row}@x.co`,
	access: { labels: null },
	request: 1,
});

/** So many members updated, and those that were returned but not requested. */
function matched(
	updated: number,
	unexpected: readonly string[] = [],
	remarks: readonly string[] = [],
): Matched {
	const outcomes = new Map<string, Outcome>(
		Array.from({ length: updated }, (_, row) => [`m${row}@x.co`, outcomeOf(row)]),
	);
	return { outcomes, unexpected, remarks };
}

const strangers = (count: number) => Array.from({ length: count }, (_, n) => `s${n}@x.co`);

const hintsOf = (
	results: readonly RowResult[],
	outcomes: Matched,
	requestsSent: number,
	retries = 0,
) => hintsFor(results, outcomes, { requestsSent, retries }, UPDATE_ACCESS.messages);

describe('hintsFor', () => {
	it('gives none for one email that succeeded, and for no row', () => {
		expect(hintsOf([member(0)], matched(1), 1)).toEqual([]);
		expect(hintsOf([planned(0)], matched(0), 0)).toEqual([]);
		expect(hintsOf([], matched(0), 0)).toEqual([]);
	});

	it('sums several updates up, as information', () => {
		expect(hintsOf([member(0), member(1)], matched(2), 1)).toEqual([
			{ message: '2 members updated with 1 request.', type: 'info', location: 'outputPane' },
		]);
	});

	it.each<[string, OperationMessages]>([
		['updated', UPDATE_ACCESS.messages],
		['invited', INVITE.messages],
		['deleted', DELETE.messages],
	])('says that members were %s where the operation did that', (done, messages) => {
		const results = [member(0), failed(1), notReturned(2, 'report')];
		const progress = { requestsSent: 3, retries: 0 };
		expect(hintsFor(results, matched(1), progress, messages)[0]?.message).toBe(
			`1 member ${done} with 3 requests. ` +
				'1 email failed. The items with "error" say why. ' +
				`Periskope didn't return 1 email. See the items with "${done}": false.`,
		);
	});

	it('says how many requests were retries', () => {
		const messageWith = (retries: number) =>
			hintsOf([member(0), member(1)], matched(2), 5, retries)[0]?.message;
		expect(messageWith(1)).toBe('2 members updated with 5 requests, including 1 retry.');
		expect(messageWith(3)).toBe('2 members updated with 5 requests, including 3 retries.');
	});

	it('counts thousands readably', () => {
		const results = Array.from({ length: 2000 }, (_, row) => member(row));
		expect(hintsOf(results, matched(2000), 1200)[0]?.message).toBe(
			'2,000 members updated with 1,200 requests.',
		);
	});

	it.each<[string, RowResult[], Matched, string]>([
		['a failure', [failed(0)], matched(0), '1 email failed. The items with "error" say why.'],
		[
			'a missing member that is reported',
			[notReturned(0, 'report')],
			matched(0),
			'Periskope didn\'t return 1 email. See the items with "updated": false.',
		],
		[
			'a missing member that is ignored',
			[notReturned(0, 'ignore')],
			matched(0),
			"Left out 1 email that Periskope didn't return.",
		],
		[
			'a member with other access',
			[member(0, DIFFERENT)],
			matched(1),
			'Periskope returned different access than requested for 1 email.',
		],
		[
			'a member without the requested lists',
			[{ ...member(0), access: { labels: null } }] as RowResult[],
			matched(1),
			"Periskope returned 1 email without the requested lists, so access wasn't compared.",
		],
		[
			'a member that was not requested',
			[member(0)],
			matched(1, ['S@x.co']),
			"Periskope returned 1 member that you didn't request: S@x.co. Check in Periskope what changed for them.",
		],
		[
			'a remark of Periskope',
			[member(0)],
			matched(1, [], ['Plan is full']),
			"Periskope's message: Plan is full.",
		],
	])('warns of %s, on a single row too', (_, results, outcomes, sentence) => {
		const [hint, ...more] = hintsOf(results, outcomes, 1);
		expect(more).toEqual([]);
		expect(hint?.type).toBe('warning');
		expect(hint?.message).toMatch(/^\d members? updated with 1 request\. /);
		expect(hint?.message.endsWith(` ${sentence}`)).toBe(true);
	});

	it.each([
		[2, 's0@x.co, s1@x.co'],
		[5, 's0@x.co, s1@x.co, s2@x.co, s3@x.co, s4@x.co'],
		[6, 's0@x.co, s1@x.co, s2@x.co, s3@x.co, s4@x.co and 1 more'],
		[50_000, 's0@x.co, s1@x.co, s2@x.co, s3@x.co, s4@x.co and 49,995 more'],
	])('names five members that were not requested, and counts the rest of %i', (number, names) => {
		const [hint] = hintsOf([member(0)], matched(1, strangers(number)), 1);
		expect(hint?.message).toBe(
			`1 member updated with 1 request. Periskope returned ${number.toLocaleString('en-US')} members ` +
				`that you didn't request: ${names}. Check in Periskope what changed for them.`,
		);
	});

	it('shows what is hidden in an email that was not requested', () => {
		const [hint] = hintsOf([member(0)], matched(1, ['s\u202e@x.co']), 1);
		expect(hint?.message).toContain('request: s\\u{202e}@x.co.');
	});

	it('says each remark once, five of them at most, and counts the rest', () => {
		const saidOf = (remarks: readonly string[]) =>
			hintsOf([member(0)], matched(1, [], remarks), 1)[0]?.message;
		const said = "1 member updated with 1 request. Periskope's message: ";
		expect(saidOf(['One', 'Two', 'One'])).toBe(`${said}One; Two.`);
		expect(saidOf(['A', 'B', 'A', 'C', 'D', 'E'])).toBe(`${said}A; B; C; D; E.`);
		expect(saidOf(['A', 'B', 'C', 'D', 'E', 'F', 'G'])).toBe(`${said}A; B; C; D; E and 2 more.`);
	});

	it('does not mention updates where nothing was sent', () => {
		const dryRun = matchPlan([
			{ emails: ['m0@x.co', 'm1@x.co'], rows: [0, 1], access: { labels: null } },
		]);
		expect(hintsOf([planned(0), planned(1)], dryRun, 0)).toEqual([
			{
				message: 'Dry run: 2 emails planned, nothing sent.',
				type: 'info',
				location: 'outputPane',
			},
		]);
		expect(hintsOf([failed(0)], matched(0), 0)[0]?.message).toBe(
			'1 email failed. The items with "error" say why.',
		);
	});

	it('says each of several things in a sentence of its own', () => {
		const results = [
			member(0),
			planned(1),
			failed(2),
			failed(3),
			notReturned(4, 'report'),
			notReturned(5, 'ignore'),
			member(6, DIFFERENT),
		];
		expect(hintsOf(results, matched(1, strangers(2), ['Plan is full']), 2)[0]?.message).toBe(
			'1 member updated with 2 requests. ' +
				'Dry run: 1 email planned, nothing sent. ' +
				'2 emails failed. The items with "error" say why. ' +
				'Periskope returned different access than requested for 1 email. ' +
				'Periskope didn\'t return 1 email. See the items with "updated": false. ' +
				"Left out 1 email that Periskope didn't return. " +
				"Periskope returned 2 members that you didn't request: s0@x.co, s1@x.co. " +
				'Check in Periskope what changed for them. ' +
				"Periskope's message: Plan is full.",
		);
	});
});

describe('what a run has to say beside its results', () => {
	const why = { what: 'Periskope is down', advice: 'Wait.' };
	const hintOf = (remarks: Remarks) =>
		hintsFor(
			[member(0)],
			matched(1),
			{ requestsSent: 1, retries: 0 },
			UPDATE_ACCESS.messages,
			remarks,
		);

	it.each<[string, Remarks, string]>([
		['that org phones', { notChecked: why }, "Org phones weren't checked. Periskope is down."],
		[
			'that a run',
			{ wouldBeBlockedBy: { ...why, reason: 'tooMany', applied: 'no', details: {} } },
			"Without 'Dry Run' nothing would be sent. Periskope is down.",
		],
	])('is a warning, on a single row too: %s', (_, remarks, sentence) => {
		expect(hintOf(remarks)).toEqual([
			{
				message: `1 member updated with 1 request. ${sentence}`,
				type: 'warning',
				location: 'outputPane',
			},
		]);
		expect(hintOf({})).toEqual([]);
	});
});

describe('showHints', () => {
	const hints: NodeExecutionHint[] = [{ message: 'One.' }, { message: 'Two.' }];

	it('shows each hint', () => {
		const shown: NodeExecutionHint[] = [];
		showHints({ addExecutionHints: (...more) => shown.push(...more) }, hints);
		expect(shown).toEqual(hints);
	});

	it('shows none, and does not fail, where n8n has no panel for them', () => {
		expect(() => {
			showHints({}, hints);
		}).not.toThrow();
	});
});

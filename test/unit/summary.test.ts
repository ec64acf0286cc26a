import { describe, expect, it } from '@jest/globals';

import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import type { RowAnswer } from '../../nodes/Periskope/steps/4-settle/answerRows';
import type { Outcome, Settled } from '../../nodes/Periskope/steps/4-settle/settle';
import { count, hintsFor } from '../../nodes/Periskope/steps/5-items/summary';

const member = (row: number): RowAnswer => ({
	kind: 'member',
	row,
	output: 'full',
	member: { email: `m${row}@x.co` },
});
const failed = (row: number): RowAnswer => ({
	kind: 'failed',
	row,
	failure: { row, what: 'No', advice: 'Wait.', details: {} },
});
const missing = (row: number, missingMembers: 'report' | 'ignore'): RowAnswer => ({
	kind: 'missing',
	row,
	missing: { email: `m${row}@x.co`, reason: 'Not there', access: {} },
	missingMembers,
});
const planned = (row: number): RowAnswer => ({
	kind: 'planned',
	row,
	planned: {
		email: `m${row}@x.co`,
		request: { emails: [`m${row}@x.co`], rows: [row], access: { labels: null } },
		number: 1,
	},
});

/** As many members updated, and as many that came back unasked. */
function settled(updated: number, strangers = 0): Settled {
	const outcomes = new Map<string, Outcome>(
		Array.from({ length: updated }, (_, row) => [
			`m${row}@x.co`,
			{ kind: 'done', member: { email: `m${row}@x.co` } },
		]),
	);
	const unasked = new Map([[0, Array.from({ length: strangers }, () => ({ email: 's@x.co' }))]]);
	return { outcomes, unasked };
}
const progress = (requestsSent: number, retries = 0) => ({
	emails: 0,
	emailsDone: 0,
	requestsSent,
	retries,
	waits: 0,
});

describe('the hint of a run', () => {
	it('is none for one plain update, and for nothing', () => {
		expect(hintsFor([member(0)], settled(1), progress(1), UPDATE_ACCESS.words)).toEqual([]);
		expect(hintsFor([planned(0)], settled(0), progress(0), UPDATE_ACCESS.words)).toEqual([]);
		expect(hintsFor([], settled(0), undefined, UPDATE_ACCESS.words)).toEqual([]);
	});

	it('sums several updates up, as information', () => {
		expect(hintsFor([member(0), member(1)], settled(2), progress(1), UPDATE_ACCESS.words)).toEqual([
			{ message: '2 members updated with 1 request.', type: 'info', location: 'outputPane' },
		]);
	});

	it('tells how many requests were retries', () => {
		const message = (retries: number) =>
			hintsFor([member(0), member(1)], settled(2), progress(5, retries), UPDATE_ACCESS.words)[0]
				?.message;
		expect(message(1)).toBe('2 members updated with 5 requests, 1 retry among them.');
		expect(message(3)).toBe('2 members updated with 5 requests, 3 retries among them.');
	});

	it.each<[string, RowAnswer[], Settled, string]>([
		['a failure', [failed(0)], settled(0), '1 email not updated: see the items with an error.'],
		[
			'a missing member that is reported',
			[missing(0, 'report')],
			settled(0),
			`1 email not in Periskope's answer: see the items with "updated": false.`,
		],
		[
			'a missing member that is ignored',
			[missing(0, 'ignore')],
			settled(0),
			"1 email not in Periskope's answer and left out, as Missing Members says.",
		],
		[
			'a member that nobody asked for',
			[member(0)],
			settled(1, 1),
			'1 member came back without being asked for.',
		],
	])('warns of %s, on a single row too', (_, answers, outcome, sentence) => {
		const [hint, ...more] = hintsFor(answers, outcome, progress(1), UPDATE_ACCESS.words);
		expect(more).toEqual([]);
		expect(hint?.type).toBe('warning');
		expect(hint?.message).toMatch(/^\d members? updated with 1 request\. /);
		expect(hint?.message.endsWith(` ${sentence}`)).toBe(true);
	});

	it('does not speak of updates where nothing was sent', () => {
		expect(
			hintsFor([planned(0), planned(1)], settled(0), progress(0), UPDATE_ACCESS.words),
		).toEqual([
			{
				message: 'Dry run: 2 emails planned, nothing sent for them.',
				type: 'info',
				location: 'outputPane',
			},
		]);
		expect(hintsFor([failed(0)], settled(0), undefined, UPDATE_ACCESS.words)[0]?.message).toBe(
			'1 email not updated: see the items with an error.',
		);
	});

	it('says each of several things in a sentence of its own', () => {
		const answers = [
			member(0),
			planned(1),
			failed(2),
			failed(3),
			missing(4, 'report'),
			missing(5, 'ignore'),
		];
		expect(hintsFor(answers, settled(1, 2), progress(2), UPDATE_ACCESS.words)[0]?.message).toBe(
			'1 member updated with 2 requests. ' +
				'Dry run: 1 email planned, nothing sent for them. ' +
				'2 emails not updated: see the items with an error. ' +
				`1 email not in Periskope's answer: see the items with "updated": false. ` +
				"1 email not in Periskope's answer and left out, as Missing Members says. " +
				'2 members came back without being asked for.',
		);
	});
});

describe('a count', () => {
	it.each([
		[0, '0 rows'],
		[1, '1 row'],
		[2, '2 rows'],
		[1234567, '1,234,567 rows'],
	])('of %i reads "%s"', (number, text) => {
		expect(count(number, 'row')).toBe(text);
	});
});

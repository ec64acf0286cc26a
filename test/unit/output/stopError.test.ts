import { describe, expect, it } from '@jest/globals';
import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Failure } from '../../../nodes/Periskope/rowFailure';
import { matchMembers, type Outcome } from '../../../nodes/Periskope/match/matchMembers';
import { matchRows } from '../../../nodes/Periskope/match/matchRows';
import { stopBeforeSending, stopOnFailures } from '../../../nodes/Periskope/output/stopError';
import { DEFAULTS } from '../../../nodes/Periskope/options';
import { planRows } from '../../../nodes/Periskope/plan/planRows';
import type { ReadRow } from '../../../nodes/Periskope/read/readRows';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';
import type { SentRequest } from '../../../nodes/Periskope/send/sendRequests';
import { readable, unreadable } from '../plan/sheet';

const { messages } = UPDATE_ACCESS;
const LIMITS = UPDATE_ACCESS.limits(DEFAULTS);
const NODE: INode = {
	id: '1',
	name: 'Periskope',
	type: 'n8n-nodes-periskope.periskope',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What is shown of the error, or undefined where nothing is thrown. */
function errorOf(run: () => void) {
	try {
		run();
	} catch (error) {
		if (!(error instanceof NodeApiError) && !(error instanceof NodeOperationError)) throw error;
		const { message, description, context, name } = error;
		return {
			name,
			message,
			lines: description?.split('<br />'),
			row: context.itemIndex,
			...(error instanceof NodeApiError && { httpCode: error.httpCode }),
		};
	}
	return undefined;
}

describe('stopBeforeSending', () => {
	const REFUSED: Failure = {
		what: "The run has 11 members, and 'Max Deletions' allows 10",
		advice: "Nothing was sent. Raise 'Max Deletions'.",
		reason: 'tooMany',
		applied: 'no',
		details: {},
	};
	const errorFor = (rows: readonly ReadRow[], blockedBy?: Failure, node = NODE) =>
		errorOf(() => {
			const { rejected } = planRows(rows, { dryRun: false, duplicateEmails: 'fail' }, LIMITS);
			stopBeforeSending(node, { rejected, ...(blockedBy && { blockedBy }) });
		});

	it('does not stop a plan that can be sent whole', () => {
		expect(errorFor([])).toBeUndefined();
		expect(errorFor([readable(0, { emails: ['a@x.co'] })])).toBeUndefined();
	});

	it('stops on one row with its problem and the advice, though it has several emails', () => {
		expect(errorFor([unreadable(3, ['a@x.co', 'b@x.co'], ["'Labels' is empty"])])).toEqual({
			name: 'NodeOperationError',
			message: "Row 4: 'Labels' is empty. Nothing was sent.",
			lines: ['Nothing was sent for this row. Correct it and run it again.'],
			row: 3,
		});
	});

	it('names each of several rows in a line, and stops on the first', () => {
		const rows = [
			unreadable(1, ['a@x.co', 'b@x.co'], ["'Labels' is empty"]),
			unreadable(4, [], ["'Emails' is empty"]),
		];
		expect(errorFor(rows)).toEqual({
			name: 'NodeOperationError',
			message: '2 rows need correction. Nothing was sent.',
			lines: [
				"Row 2: 'Labels' is empty.",
				"Row 5: 'Emails' is empty.",
				'Correct these rows and run again.',
			],
			row: 1,
		});
	});

	it('names the row that needs correction, and not those whose emails it holds back', () => {
		const rows = [
			readable(0, { emails: ['a@x.co', 'b@x.co'], labels: ['Sales'] }),
			unreadable(2, ['A@x.co', 'b@x.co'], ["'Labels' is empty"]),
			readable(3, { emails: ['b@x.co'], labels: ['Sales'] }),
		];
		expect(errorFor(rows)).toEqual({
			name: 'NodeOperationError',
			message: "Row 3: 'Labels' is empty. Nothing was sent.",
			lines: ['Nothing was sent for this row. Correct it and run it again.'],
			row: 2,
		});
		expect(errorFor([...rows, unreadable(5, ['b@x.co'], ['Role is empty'])])).toEqual({
			name: 'NodeOperationError',
			message: '2 rows need correction. Nothing was sent.',
			lines: [
				"Row 3: 'Labels' is empty.",
				'Row 6: Role is empty.',
				'Correct these rows and run again.',
			],
			row: 2,
		});
	});

	it('names a row for its own problem where another of its emails is held back', () => {
		const rows = [
			readable(0, { emails: ['a@x.co', 'c@x.co'], labels: ['Sales'] }),
			unreadable(1, ['a@x.co'], ["'Labels' is empty"]),
			readable(2, { emails: ['c@x.co'], labels: ['VIP'] }),
		];
		const conflict = 'c@x.co is on Row 1 and Row 3, which differ in Labels.';
		expect(errorFor(rows)?.lines?.slice(0, 3)).toEqual([
			`Row 1: ${conflict}`,
			"Row 2: 'Labels' is empty.",
			`Row 3: ${conflict}`,
		]);
		expect(errorFor(rows)).toMatchObject({
			message: '3 rows need correction. Nothing was sent.',
			row: 0,
		});
	});

	it('names twenty rows, and counts the rest', () => {
		const rowsOf = (count: number) =>
			Array.from({ length: count }, (_, row) => unreadable(row, [], ['Bad']));
		expect(errorFor(rowsOf(20))?.lines).toHaveLength(21);
		const lines = errorFor(rowsOf(1020))?.lines;
		expect(lines).toHaveLength(22);
		expect(lines?.slice(19)).toEqual([
			'Row 20: Bad.',
			'… and 1,000 more.',
			'Correct these rows and run again.',
		]);
	});

	it('stops a run that is blocked as a whole, and points at no row', () => {
		expect(errorFor([readable(0, { emails: ['a@x.co'] })], REFUSED)).toEqual({
			name: 'NodeOperationError',
			message: "The run has 11 members, and 'Max Deletions' allows 10.",
			lines: ["Nothing was sent. Raise 'Max Deletions'."],
			row: undefined,
		});
	});

	it('says both where rows are rejected and the run is blocked as a whole', () => {
		expect(errorFor([unreadable(2, [], ["'Emails' is empty"])], REFUSED)).toEqual({
			name: 'NodeOperationError',
			message: "Row 3: 'Emails' is empty. Nothing was sent.",
			lines: [
				'Nothing was sent for this row. Correct it and run it again.',
				"The run has 11 members, and 'Max Deletions' allows 10.",
				"Nothing was sent. Raise 'Max Deletions'.",
			],
			row: 2,
		});
	});

	it('keeps the arrow of an expression that a person may paste', () => {
		const lines = errorFor([
			unreadable(0, [], ['Map {{ $json.a.map(t => t.b) }}']),
			unreadable(1, [], ['Bad']),
		])?.lines;
		expect(lines?.[0]).toBe('Row 1: Map {{ $json.a.map(t => t.b) }}.');
	});

	it('keeps its message where an email contains the name of a system error', () => {
		const what = '"theaccess@acme.com" is EACCES';
		expect(errorFor([unreadable(0, [], [what])])?.message).toBe(
			`Row 1: ${what}. Nothing was sent.`,
		);
	});
});

describe('stopOnFailures', () => {
	const FAILURE: Failure = {
		what: 'Periskope said no',
		advice: 'Wait.',
		reason: 'unavailable',
		applied: 'no',
		details: { httpCode: '503', traceId: 'trace-1' },
	};
	const ROWS = [
		readable(0, { emails: ['a@x.co'], labels: ['Sales'] }),
		readable(2, { emails: ['b@x.co', 'c@x.co'], labels: ['VIP'] }),
	];
	const PLAN = planRows(ROWS, { dryRun: false, duplicateEmails: 'fail' }, LIMITS);
	const returns = (...emails: string[]): SentRequest['reply'] => ({
		kind: 'content',
		appliedBefore: 'no',
		members: emails.map((email) => ({ email })),
		details: {},
	});
	const fails = (failure: Partial<Failure> = {}): SentRequest['reply'] => ({
		kind: 'failed',
		failure: { ...FAILURE, ...failure },
	});
	const errorAfter = (...replies: Array<SentRequest['reply']>) =>
		errorOf(() => {
			const sent = PLAN.requests.map((request, index): SentRequest => ({
				request,
				reply: replies[index] ?? fails(),
			}));
			const matched = matchMembers(sent);
			const results = matchRows(ROWS, PLAN, matched, messages);
			stopOnFailures(NODE, ROWS, sent, matched.outcomes, results, messages);
		});

	it('does not stop a run in which every email succeeded', () => {
		expect(errorAfter(returns('a@x.co'), returns('b@x.co', 'c@x.co'))).toBeUndefined();
	});

	it('stops on the first row of a failed request, and counts the members that were updated', () => {
		expect(errorAfter(returns('a@x.co'), fails())).toEqual({
			name: 'NodeApiError',
			message: 'Periskope said no.',
			lines: [
				'Row 3 is the first row of the request (b@x.co and 1 more).',
				'Wait.',
				`1 of 3 emails updated. ${messages.adviceIfStopped}`,
				"Trace ID for Periskope's support: trace-1",
			],
			row: 2,
			httpCode: '503',
		});
	});

	it('says for how many emails the outcome is unknown', () => {
		const error = errorAfter(fails({ details: {} }), fails({ applied: 'unknown' }));
		expect(error?.lines?.slice(1, 3)).toEqual([
			`Wait. ${messages.ifUnknown}`,
			`0 of 3 emails updated, 2 with unknown outcome. ${messages.adviceIfStopped}`,
		]);
	});

	it('shows a failure that Periskope or the network gave rather than one that was not sent', () => {
		const notSent = fails({ what: 'Not sent', details: {} });
		expect(errorAfter(notSent, fails())).toMatchObject({ row: 2, message: 'Periskope said no.' });
		expect(errorAfter(notSent, fails({ details: { code: 'ECONNRESET' } }))).toMatchObject({
			row: 2,
			httpCode: 'ECONNRESET',
		});
		expect(errorAfter(notSent, notSent)).toMatchObject({ row: 0, message: 'Not sent.' });
	});

	it('stops on an email that was not returned', () => {
		expect(errorAfter(returns('a@x.co'), returns('c@x.co'))).toEqual({
			name: 'NodeOperationError',
			message: `Row 3, b@x.co: ${messages.notReturned}.`,
			lines: [
				messages.adviceIfNotReturned,
				`2 of 3 emails updated, 1 with unknown outcome. ${messages.adviceIfStopped}`,
			],
			row: 2,
		});
	});

	it('names each of several emails that were not returned', () => {
		expect(errorAfter(returns(), returns('c@x.co'))).toEqual({
			name: 'NodeOperationError',
			message: `2 emails failed. First: Row 1, a@x.co: ${messages.notReturned}.`,
			lines: [
				`Row 1, a@x.co: ${messages.notReturned}.`,
				`Row 3, b@x.co: ${messages.notReturned}.`,
				messages.adviceIfNotReturned,
				`1 of 3 emails updated, 2 with unknown outcome. ${messages.adviceIfStopped}`,
			],
			row: 0,
		});
	});

	it('does not stop a dry run', () => {
		const planned = { kind: 'planned' as const, email: 'a@x.co', access: {}, request: 1 };
		const outcomes = new Map<string, Outcome>([['a@x.co', planned]]);
		expect(
			errorOf(() => {
				stopOnFailures(NODE, [], [], outcomes, [{ row: { index: 0 }, ...planned }], messages);
			}),
		).toBeUndefined();
	});
});

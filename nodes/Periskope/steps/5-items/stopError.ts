import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { firstRowOf, type MemberRequest } from '../2-plan/planRequests';
import { causeOf, type Failure } from '../3-send/failure';
import type { SentRequest } from '../3-send/sendRequests';
import type { RowAnswer } from '../4-settle/answerRows';
import { membersDone, membersInDoubt, type Settled } from '../4-settle/settle';
import type { OperationWords } from '../operationWords';
import { lineOf, rowName, type RowFailure } from '../rowFailure';
import { count } from './summary';

const MOST_ROWS_NAMED = 20;

/**
 * For a node that stops on errors: names every row at fault.
 *
 * @throws NodeOperationError with the index of the first of them, when there is one
 */
export function stopBeforeSending(node: INode, failures: readonly RowFailure[]): void {
	const ofRows = failures.filter(({ isOfRun }) => !isOfRun);
	const [ofRun] = failures.filter(({ isOfRun }) => isOfRun);
	const [first] = ofRows;
	if (first === undefined) {
		if (ofRun) throw operationError(node, `${ofRun.what}.`, [ofRun.advice], ofRun.row);
		return;
	}
	const rows = new Set(ofRows.map(({ row }) => row)).size;
	// One line a row, not one for each of its emails: they share what is wrong.
	const lines = [...new Set(ofRows.map(({ row, what }) => `${rowName(row)}: ${what}.`))];
	const message =
		rows === 1
			? `${lines.join(' ')} Nothing was sent.`
			: `${count(rows, 'row')} cannot be used, and nothing was sent. The first is ${lines[0] ?? ''}`;
	const list = rows === 1 ? [first.advice] : [...listOf(lines), ...advicesForMany(ofRows)];
	const andAll = ofRun ? [`${ofRun.what}.`, ofRun.advice] : [];
	throw operationError(node, message, [...list, ...andAll], first.row);
}

/**
 * For a node that stops on errors: says what had been carried out, and what a re-run would do.
 *
 * @throws NodeApiError for the first request that failed for good; else NodeOperationError when
 *   all were answered but some emails came to nothing. Both with the index of the first row.
 */
export function stopOnFailures(
	node: INode,
	sent: readonly SentRequest[],
	{ outcomes }: Settled,
	answers: readonly RowAnswer[],
	words: OperationWords,
): void {
	const soFar = `${membersDone(outcomes).toLocaleString('en-US')} of ${count(outcomes.size, 'email')} had been ${words.done} by then${andInDoubt(outcomes)}. ${words.ifStopped}`;
	const failedRequest = firstFailure(sent);
	if (failedRequest) throw requestError(node, failedRequest, words, soFar);

	const failures = answers.flatMap((answer) => (answer.kind === 'failed' ? [answer.failure] : []));
	const [first] = failures;
	if (first === undefined) return;
	const message =
		failures.length === 1
			? lineOf(first)
			: `${count(failures.length, 'email')} not ${words.done}. The first is ${lineOf(first)}`;
	throw operationError(
		node,
		message,
		[...(failures.length === 1 ? [] : listOf(failures.map(lineOf))), first.advice, soFar],
		first.row,
	);
}

/** The failure that is shown may leave no doubt where another one does. */
function andInDoubt(outcomes: Settled['outcomes']): string {
	const inDoubt = membersInDoubt(outcomes);
	return inDoubt === 0 ? '' : `; of ${inDoubt.toLocaleString('en-US')} nobody can say`;
}

function firstFailure(
	sent: readonly SentRequest[],
): { request: MemberRequest; failure: Failure } | undefined {
	const failed = sent.flatMap(({ request, reply }) =>
		'failure' in reply ? [{ request, failure: reply.failure }] : [],
	);
	return failed.find(({ failure }) => failure.httpCode ?? failure.code) ?? failed[0];
}

function requestError(
	node: INode,
	{ request, failure }: { request: MemberRequest; failure: Failure },
	words: OperationWords,
	soFar: string,
): NodeApiError {
	const { what, httpCode, code, traceId } = failure;
	const [email = ''] = request.emails;
	const others = request.emails.length - 1;
	const message = `${what}.`;
	const description = [
		`${rowName(firstRowOf(request))} is the first in the request (${email}${others > 0 ? ` and ${others} more` : ''}).`,
		causeOf(failure, words),
		soFar,
		...(traceId === undefined ? [] : [`Trace ID for Periskope's support: ${traceId}`]),
	];
	const error = new NodeApiError(
		node,
		// A plain object, not the original error: what is handed over is stored with the execution.
		{ message },
		{
			message,
			description: descriptionFor(node, message, description),
			itemIndex: firstRowOf(request),
			httpCode: httpCode ?? code ?? '',
		},
	);
	return withOwnWords(error, message);
}

function operationError(
	node: INode,
	message: string,
	description: string[],
	itemIndex: number,
): NodeOperationError {
	const error = new NodeOperationError(node, message, {
		description: descriptionFor(node, message, description),
		itemIndex,
	});
	return withOwnWords(error, message);
}

/**
 * n8n swaps a message for a stock text where it finds the name of a system error in it, and it
 * finds EACCES in theaccess@acme.com.
 */
function withOwnWords<E extends Error>(error: E, message: string): E {
	error.message = message;
	return error;
}

/** Before n8n 1.120 an agent is told the description of a tool's error, and not its message. */
const descriptionFor = (node: INode, message: string, lines: readonly string[]) =>
	paragraph(node.type.endsWith('Tool') ? [message, ...lines] : lines);

/**
 * The editor reads a description as HTML: line breaks have to be tags, and brackets around an
 * address would make it vanish.
 */
const paragraph = (lines: readonly string[]) =>
	lines
		.filter((line) => line !== '')
		.map((line) => line.replaceAll('<', '‹').replaceAll('>', '›'))
		.join('<br />');

/** Each once, for rows fail for different reasons. */
const advicesForMany = (failures: readonly RowFailure[]) => [
	...new Set(failures.map(({ advice, adviceForMany }) => adviceForMany ?? advice)),
];

function listOf(lines: readonly string[]): string[] {
	const named = lines.slice(0, MOST_ROWS_NAMED);
	const more = lines.length - named.length;
	return [...named, ...(more > 0 ? [`… and ${more.toLocaleString('en-US')} more.`] : [])];
}

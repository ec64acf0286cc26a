import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Failure } from '../api/failure';
import { membersDone, membersUnknown, type Outcomes } from '../match/matchMembers';
import type { RowResult } from '../match/matchRows';
import { firstRowOf, type MemberRequest } from '../model';
import { adviceOnCause, type OperationMessages } from '../operationMessages';
import type { Plan } from '../plan/planRows';
import { lineOf, rowName, type RowFailure } from '../rowFailure';
import type { SentRequest } from '../send/sendRequests';
import { count, formatted } from '../text';

const MAX_ROWS_NAMED = 20;

/**
 * For a node that stops on errors: names every row at fault.
 *
 * @throws NodeOperationError with the index of the first of them, when there is one; or for the
 *   run as a whole
 */
export function stopBeforeSending(
	node: INode,
	{ rejected, blockedBy }: Pick<Plan, 'rejected' | 'blockedBy'>,
): void {
	const failures = [...rejected.values()]
		.flatMap((emails) => [...emails.values()])
		.filter(({ isHeldBack }) => !isHeldBack);
	const rows = new Set(failures.map(({ row }) => row)).size;
	const ofRun = blockedBy ? [`${blockedBy.what}.`, blockedBy.advice] : [];
	const [first] = failures;
	if (first === undefined) {
		const [message, ...advice] = ofRun;
		if (message !== undefined) throw operationError(node, message, advice);
		return;
	}
	// One line a row, not one for each of its emails: they share what is wrong.
	const lines = [...new Set(failures.map(({ row, what }) => `${rowName(row)}: ${what}.`))];
	const message =
		rows === 1
			? `${lines.join(' ')} Nothing was sent.`
			: `${count(rows, 'row')} cannot be used, and nothing was sent. The first is ${lines[0] ?? ''}`;
	const list = rows === 1 ? [first.advice] : [...listOf(lines), ...advicesForMany(failures)];
	throw operationError(node, message, [...list, ...ofRun], first.row);
}

/**
 * For a node that stops on errors: says what was applied, and what a re-run would do.
 *
 * @throws NodeApiError for the first request that failed; else NodeOperationError when all
 *   requests succeeded but some emails failed. Both with the index of the first row.
 */
export function stopOnFailures(
	node: INode,
	sent: readonly SentRequest[],
	outcomes: Outcomes,
	results: readonly RowResult[],
	messages: OperationMessages,
): void {
	const soFar = `${formatted(membersDone(outcomes))} of ${count(outcomes.size, 'email')} had been ${messages.done} by then${andUnknown(outcomes)}. ${messages.adviceIfStopped}`;
	const failedRequest = firstFailure(sent);
	if (failedRequest) throw requestError(node, failedRequest, messages, soFar);

	const failures = results.flatMap((result) => (result.kind === 'failed' ? [result.failure] : []));
	const [first] = failures;
	if (first === undefined) return;
	const message =
		failures.length === 1
			? lineOf(first)
			: `${count(failures.length, 'email')} not ${messages.done}. The first is ${lineOf(first)}`;
	throw operationError(
		node,
		message,
		[...(failures.length === 1 ? [] : listOf(failures.map(lineOf))), first.advice, soFar],
		first.row,
	);
}

/** The failure that is shown may be one with a known result where another isn't. */
function andUnknown(outcomes: Outcomes): string {
	const unknown = membersUnknown(outcomes);
	return unknown === 0 ? '' : `; of ${formatted(unknown)} nobody can say`;
}

interface FailedRequest {
	request: MemberRequest;
	failure: Failure;
}

function firstFailure(sent: readonly SentRequest[]): FailedRequest | undefined {
	const failed = sent.flatMap(({ request, reply }) =>
		reply.kind === 'failed' ? [{ request, failure: reply.failure }] : [],
	);
	return failed.find(({ failure: { details } }) => details.httpCode ?? details.code) ?? failed[0];
}

function requestError(
	node: INode,
	{ request, failure }: FailedRequest,
	messages: OperationMessages,
	soFar: string,
): NodeApiError {
	const { httpCode, code, traceId } = failure.details;
	const [email = ''] = request.emails;
	const others = request.emails.length - 1;
	const message = `${failure.what}.`;
	const description = [
		`${rowName(firstRowOf(request))} is the first in the request (${email}${others > 0 ? ` and ${others} more` : ''}).`,
		adviceOnCause(failure, messages),
		soFar,
		...(traceId === undefined ? [] : [`Trace ID for Periskope's support: ${traceId}`]),
	];
	const error = new NodeApiError(
		node,
		// A plain object, not the original error: what is passed here is stored with the execution.
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
	itemIndex?: number,
): NodeOperationError {
	const error = new NodeOperationError(node, message, {
		description: descriptionFor(node, message, description),
		...(itemIndex !== undefined && { itemIndex }),
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

/** The editor reads a description as HTML, so line breaks have to be tags. */
const paragraph = (lines: readonly string[]) => lines.filter((line) => line !== '').join('<br />');

/** Each once, for rows fail for different reasons. */
const advicesForMany = (failures: readonly RowFailure[]) => [
	...new Set(failures.map(({ advice, adviceForMany }) => adviceForMany ?? advice)),
];

function listOf(lines: readonly string[]): string[] {
	const named = lines.slice(0, MAX_ROWS_NAMED);
	const more = lines.length - named.length;
	return [...named, ...(more > 0 ? [`… and ${formatted(more)} more.`] : [])];
}

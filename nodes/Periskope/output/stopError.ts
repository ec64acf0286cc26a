import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import {
	membersDone,
	membersThatDiffer,
	membersUnknown,
	type Outcomes,
} from '../match/matchMembers';
import type { RowResult } from '../match/matchRows';
import { firstRowOf, type MemberRequest } from '../model';
import { adviceOnCause, type OperationMessages } from '../operationMessages';
import type { Plan } from '../plan/planRows';
import {
	lineOf,
	nameOfFailedRow,
	rowName,
	type RowFailure,
	type RowId,
	type Failure,
} from '../rowFailure';
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
		if (blockedBy) stopRun(node, blockedBy);
		return;
	}
	// One line a row, not one for each of its emails: they share what is wrong.
	const lines = [
		...new Set(failures.map((failure) => `${nameOfFailedRow(failure)}: ${failure.what}.`)),
	];
	const message =
		rows === 1
			? `${lines.join(' ')} Nothing was sent.`
			: `${count(rows, 'row')} need correction. Nothing was sent.`;
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
	rows: readonly RowId[],
	sent: readonly SentRequest[],
	outcomes: Outcomes,
	results: readonly RowResult[],
	messages: OperationMessages,
): void {
	const soFar = `${formatted(membersDone(outcomes))} of ${count(outcomes.size, 'email')} ${messages.done}${andOthers(outcomes)}. ${messages.adviceIfStopped}`;
	const failedRequest = firstFailure(sent);
	if (failedRequest) {
		const index = firstRowOf(failedRequest.request);
		throw requestError(node, failedRequest, rows[index] ?? { index }, messages, soFar);
	}

	const failures = results.flatMap((result) => (result.kind === 'failed' ? [result.failure] : []));
	const [first] = failures;
	if (first === undefined) return;
	const message =
		failures.length === 1
			? lineOf(first)
			: `${count(failures.length, 'email')} failed. First: ${lineOf(first)}`;
	throw operationError(
		node,
		message,
		[...(failures.length === 1 ? [] : listOf(failures.map(lineOf))), first.advice, soFar],
		first.row,
	);
}

/** Counts differing and unknown members, because the error shows only one failure. */
function andOthers(outcomes: Outcomes): string {
	const different = membersThatDiffer(outcomes);
	const unknown = membersUnknown(outcomes);
	return [
		different > 0 ? `, ${formatted(different)} with different access than requested` : '',
		unknown > 0 ? `, ${formatted(unknown)} with unknown outcome` : '',
	].join('');
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
	row: RowId,
	messages: OperationMessages,
	soFar: string,
): NodeApiError {
	const { traceId } = failure.details;
	const [email = ''] = request.emails;
	const others = request.emails.length - 1;
	const message = `${failure.what}.`;
	const description = [
		`${rowName(row)} is the first row of the request (${email}${others > 0 ? ` and ${others} more` : ''}).`,
		adviceOnCause(failure, messages),
		soFar,
		...traceLine(traceId),
	];
	return apiError(node, message, description, failure, row.index);
}

const traceLine = (traceId: string | undefined) =>
	traceId === undefined ? [] : [`Trace ID for Periskope's support: ${traceId}`];

/**
 * Says why the run as a whole ends.
 *
 * @throws NodeApiError where a response says so, else NodeOperationError
 */
export function stopRun(node: INode, failure: Failure): never {
	const message = `${failure.what}.`;
	const description = [failure.advice, ...traceLine(failure.details.traceId)];
	throw failure.details.httpCode === undefined
		? operationError(node, message, description)
		: apiError(node, message, description, failure);
}

/** @throws NodeOperationError for one row that failed */
export function stopOnRow(node: INode, failure: RowFailure): never {
	throw operationError(node, lineOf(failure), [failure.advice], failure.row);
}

function apiError(
	node: INode,
	message: string,
	description: readonly string[],
	{ details: { httpCode, code } }: Failure,
	itemIndex?: number,
): NodeApiError {
	const error = new NodeApiError(
		node,
		// A plain object, not the original error: what is passed here is stored with the execution.
		{ message },
		{
			message,
			description: paragraph(description),
			...(itemIndex !== undefined && { itemIndex }),
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
		description: paragraph(description),
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

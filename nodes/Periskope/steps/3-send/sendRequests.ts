import type { AccessRequest } from '../2-plan/planRequests';
import type { Failure } from './failure';
import type { Reply } from './reply';

export interface SentRequest {
	request: AccessRequest;
	reply: Reply;
}

export interface SendOptions {
	/** most requests under way at once */
	concurrentRequests: number;
	/** whether one request that fails keeps the ones not yet started from being sent */
	stopOnFailure: boolean;
	isCancelled: () => boolean;
}

/**
 * Sends requests, some at a time. No email is in two of them, so their order doesn't matter.
 *
 * @returns each request with its reply, in the order of the requests; those that were not sent too
 */
export async function sendRequests(
	requests: readonly AccessRequest[],
	send: (request: AccessRequest) => Promise<Reply>,
	{ concurrentRequests, stopOnFailure, isCancelled }: SendOptions,
): Promise<SentRequest[]> {
	const sent: SentRequest[] = [];
	let next = 0;
	let hasFailed = false;

	const worker = async () => {
		for (let index = next++; index < requests.length; index = next++) {
			const request = requests[index];
			if (request === undefined) return;
			const held = isCancelled() ? CANCELLED : hasFailed && stopOnFailure ? STOPPED : undefined;
			const reply = held ? { failure: held } : await send(request);
			if ('failure' in reply) hasFailed = true;
			sent[index] = { request, reply };
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrentRequests, requests.length) }, worker));
	return sent;
}

const CANCELLED: Failure = {
	what: 'Not sent: the execution was cancelled',
	advice: 'Run again: sending the same access twice does no harm.',
	applied: 'no',
};
const STOPPED: Failure = {
	what: 'Not sent: an earlier request had failed',
	advice:
		'See the first failed request, then run again: sending the same access twice does no harm.',
	applied: 'no',
};

import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import type { UnfitCredential } from '../../transport/baseUrl';
import { connect, type ApiCall } from '../../transport/connection';
import type { RunOptions } from '../1-read/options';
import type { MemberRequest } from '../2-plan/planRequests';
import type { Failure } from './failure';
import type { Clock } from './gate';
import { progressLog } from './progressLog';
import { sendRequests, type ReplyRules, type Sent } from './sendRequests';

/** What an operation sends, and what it makes of the answers. */
export interface MemberCall extends ReplyRules {
	callFor(request: MemberRequest): Pick<ApiCall, 'method' | 'path' | 'body'>;
}

/** How soon a wait sees that the execution was cancelled. */
const SLICE_MS = 100;

const clock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	async pause(ms, isOver) {
		const until = Date.now() + ms;
		for (let left = ms; left > 0 && !isOver(); left = until - Date.now()) {
			await sleep(Math.min(left, SLICE_MS));
		}
	},
};

/**
 * Sends planned requests with the node's credential.
 *
 * @see https://docs.periskope.app/api-reference/introduction
 */
export async function sendPlan(
	context: IExecuteFunctions,
	call: MemberCall,
	requests: readonly MemberRequest[],
	{ concurrentRequests, maxRetries, timeout }: RunOptions,
): Promise<Sent> {
	const connection = await connect(context);
	if ('problem' in connection) return notSent(requests, connection);
	return await sendRequests(
		requests,
		call,
		(request) => connection({ ...call.callFor(request), timeoutSeconds: timeout }),
		clock,
		{
			concurrentRequests,
			maxRetries,
			stopOnFailure: !context.continueOnFail(),
			isCancelled: () => context.getExecutionCancelSignal()?.aborted ?? false,
		},
		progressLog((line) => context.logger.info(line), clock),
	);
}

function notSent(requests: readonly MemberRequest[], { problem, advice }: UnfitCredential): Sent {
	const failure: Failure = { what: problem, advice, applied: 'no' };
	return {
		requests: requests.map((request) => ({ request, reply: { failure } })),
		progress: { emails: 0, emailsDone: 0, requestsSent: 0, retries: 0, waits: 0 },
	};
}

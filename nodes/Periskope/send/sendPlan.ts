import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { connect } from '../api/client';
import { LIST_PHONES } from '../api/orgPhones';
import type { MemberCall } from '../api/reply';
import type { MemberRequest } from '../model';
import type { RunOptions } from '../options';
import type { Clock } from './clock';
import { progressLog } from './progressLog';
import { sendRequests, type Sent } from './sendRequests';

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

/** Of a run that has nothing to send. */
export const NOTHING_SENT: Sent = {
	requests: [],
	progress: { emails: 0, emailsDone: 0, requestsSent: 0, retries: 0 },
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
	if (requests.length === 0) return NOTHING_SENT;
	const client = await connect(context);
	if (client.kind === 'unusable') {
		const { what, advice } = client;
		const failure = { what, advice, applied: 'no' as const, details: {} };
		return {
			...NOTHING_SENT,
			requests: requests.map((request) => ({ request, reply: { kind: 'failed', failure } })),
		};
	}
	return await sendRequests(
		requests,
		(request) => client.send(call.callFor(request), timeout),
		call,
		clock,
		{
			concurrentRequests,
			maxRetries,
			stopOnFailure: !context.continueOnFail(),
			isCancelled: () => context.getExecutionCancelSignal()?.aborted ?? false,
			listPhones: () => client.send(LIST_PHONES, timeout),
		},
		progressLog((line) => context.logger.info(line), clock),
	);
}

import type { IExecuteFunctions } from 'n8n-workflow';

import type { Failure } from '../rowFailure';
import type { MemberCall } from '../api/reply';
import type { MemberRequest } from '../model';
import type { RunOptions } from '../options';
import { stopsOnErrors } from '../tool';
import { confirmApi } from './confirmApi';
import { progressLog } from './progressLog';
import { sendRequests, type Sent } from './sendRequests';
import { systemClock, type Session } from './session';

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
	session: Session,
	call: MemberCall,
	requests: readonly MemberRequest[],
	{ concurrentRequests, maxRetries, timeout }: RunOptions,
): Promise<Sent> {
	if (requests.length === 0) return NOTHING_SENT;
	const client = await session.client();
	if (client.kind === 'unusable') {
		const { what, advice } = client;
		const failure: Failure = { what, advice, reason: 'notSent', applied: 'no', details: {} };
		return {
			...NOTHING_SENT,
			requests: requests.map((request) => ({ request, reply: { kind: 'failed', failure } })),
		};
	}
	return await sendRequests(
		requests,
		(request) => client.send(call.callFor(request), timeout),
		call,
		systemClock,
		{
			concurrentRequests,
			maxRetries,
			stopOnFailure: stopsOnErrors(context),
			isCancelled: session.isCancelled,
			confirm: async (isOver) => confirmApi(await session.orgPhones(isOver)),
		},
		progressLog((line) => context.logger.info(line), systemClock),
	);
}

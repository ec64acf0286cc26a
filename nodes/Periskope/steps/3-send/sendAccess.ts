import type { IExecuteFunctions } from 'n8n-workflow';

import { connect } from '../../transport/connection';
import type { RunOptions } from '../1-read/options';
import type { AccessRequest } from '../2-plan/planRequests';
import { readReply } from './reply';
import { sendRequests, type SentRequest } from './sendRequests';

/**
 * Sends planned requests with the node's credential.
 *
 * @see https://docs.periskope.app/api-reference/introduction
 */
export async function sendAccess(
	context: IExecuteFunctions,
	requests: readonly AccessRequest[],
	{ concurrentRequests, timeout }: RunOptions,
): Promise<SentRequest[]> {
	const connection = await connect(context);
	if ('problem' in connection) {
		const failure = {
			what: connection.problem,
			advice: 'Correct the credential.',
			applied: 'no' as const,
		};
		return requests.map((request) => ({ request, reply: { failure } }));
	}
	return await sendRequests(
		requests,
		async ({ emails, access }) =>
			readReply(
				await connection({
					method: 'PATCH',
					path: '/members/access',
					body: { emails, ...access },
					timeoutSeconds: timeout,
				}),
			),
		{
			concurrentRequests,
			stopOnFailure: !context.continueOnFail(),
			isCancelled: () => context.getExecutionCancelSignal()?.aborted ?? false,
		},
	);
}

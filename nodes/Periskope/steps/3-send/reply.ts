import { header, type Exchange } from '../../transport/exchange';
import type { Failure } from './failure';
import { membersFrom, type Member } from './member';
import { failureFromFault } from './networkFault';
import { failureFromAnswer } from './refusal';

/** What one request ended in: members as Periskope returned them, or why there are none. */
export type Reply = { members: Member[]; traceId?: string } | { failure: Failure };

/** Reads an attempt's end. A success that isn't a list of members is a failure, never an empty result. */
export function readReply(exchange: Exchange): Reply {
	if ('fault' in exchange) return { failure: failureFromFault(exchange.fault) };
	if (exchange.status < 200 || exchange.status > 299) {
		return { failure: failureFromAnswer(exchange) };
	}
	const traceId = header(exchange, 'x-periskope-trace-id');
	const members = membersFrom(exchange.body);
	return members
		? { members, ...(traceId !== undefined && { traceId }) }
		: {
				failure: {
					what: 'The answer is not the list of members that Periskope documents, so nobody can say what was changed',
					advice:
						'Check the Base URL in the credential. If it is right, look at the members in Periskope and run again.',
					applied: 'maybe',
					httpCode: String(exchange.status),
					...(traceId !== undefined && { traceId }),
				},
			};
}

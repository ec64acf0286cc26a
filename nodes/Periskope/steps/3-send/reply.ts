import { header, type Exchange } from '../../transport/exchange';
import type { Failure } from './failure';
import type { Member } from './member';
import { failureFromFault } from './networkFault';
import { failureFromAnswer } from './refusal';

/** What one request ended in: what was carried out, or why nothing was. */
export type Reply = (Content & { traceId?: string }) | { failure: Failure };

/** What a success says. */
export interface Content {
	members: Member[];
	/** single emails that Periskope did nothing for, and why, by the email without regard to case */
	refused?: ReadonlyMap<string, Pick<Failure, 'what' | 'advice'>>;
	/** Periskope's words on emails that it knows nothing of, where it has some */
	notFound?: string;
}

/**
 * Reads an attempt's end. A success with another content than is documented is a failure, never an
 * empty result.
 *
 * @param contentOf gives undefined for a body that is not what Periskope documents
 */
export function readReply(
	exchange: Exchange,
	contentOf: (body: unknown) => Content | undefined,
): Reply {
	if ('fault' in exchange) return { failure: failureFromFault(exchange.fault) };
	if (exchange.status < 200 || exchange.status > 299) {
		return { failure: failureFromAnswer(exchange) };
	}
	const traceId = header(exchange, 'x-periskope-trace-id');
	const content = contentOf(exchange.body);
	return content
		? { ...content, ...(traceId !== undefined && { traceId }) }
		: {
				failure: {
					what: 'The answer is not what Periskope documents for this call, so nobody can say what was carried out',
					advice:
						'Check the Base URL in the credential. If it is right, look at the members in Periskope.',
					applied: 'maybe',
					httpCode: String(exchange.status),
					...(traceId !== undefined && { traceId }),
				},
			};
}

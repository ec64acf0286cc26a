import type { Applied, MemberRequest } from '../model';
import type { Failure, Problem } from '../rowFailure';
import { header, type AttemptResult, type HttpResponse } from './attempt';
import type { ApiCall } from './client';
import { failureFromResponse, isForeign, traceOf, undocumented, wordsOf } from './httpErrors';
import type { Member } from './member';
import { failureFromNetworkError } from './networkErrors';

/** Result of one request: what the response says, or the failure. */
export type Reply =
	/** `appliedBefore`: whether an earlier attempt may have been applied */
	| ({ kind: 'content'; details: Failure['details']; appliedBefore: Applied } & Content)
	| { kind: 'failed'; failure: Failure };

/** What a response says about the members that were asked for. */
export interface Content {
	members: Member[];
	/** single emails that Periskope rejected, and why; by the key of the email */
	rejected?: ReadonlyMap<string, Problem>;
	/** what Periskope says without naming an email of the request */
	remarks?: readonly string[];
	/** what Periskope says of emails that it doesn't find */
	notFound?: string;
}

/** What an operation sends, and what it makes of the responses. */
export interface MemberCall {
	callFor(request: MemberRequest): ApiCall;
	/** Whether the same request may be sent again after a temporary error. */
	isSafeToRepeat(result: AttemptResult): boolean;
	/** @returns what a success says, undefined for a body that Periskope doesn't document */
	contentOf(body: unknown, request: MemberRequest): Content | undefined;
	/**
	 * What a 404 of the API says, for calls where it is about the member and not a failure.
	 *
	 * @param words what the response says, without its full stop; blank where it says nothing
	 */
	contentOf404?(words: string): Content;
}

/**
 * Reads an attempt's result. A success with another body than is documented is a failure, never an
 * empty result.
 */
export function readReply(
	result: AttemptResult,
	request: MemberRequest,
	call: Pick<MemberCall, 'contentOf' | 'contentOf404'>,
	appliedBefore: Applied,
): Reply {
	if (result.kind === 'networkError') return { kind: 'failed', failure: failureOf(result) };
	const { status, body } = result;
	if (SUCCESSES.has(status)) {
		const content = isCutOff(result) ? undefined : call.contentOf(body, request);
		return content
			? { kind: 'content', ...content, appliedBefore, details: traceOf(result) }
			: { kind: 'failed', failure: undocumented(result) };
	}
	if (status >= 200 && status <= 299) return { kind: 'failed', failure: undocumented(result) };
	const failure = failureOf(result);
	return call.contentOf404 && isNotFound(result)
		? {
				kind: 'content',
				...call.contentOf404(wordsOf(result)),
				appliedBefore,
				details: failure.details,
			}
		: { kind: 'failed', failure };
}

/** Of an attempt that isn't a success. */
export const failureOf = (result: AttemptResult): Failure =>
	result.kind === 'networkError' ? failureFromNetworkError(result) : failureFromResponse(result);

/** Whether an empty body may be what is left of a longer one. */
function isCutOff(response: HttpResponse): boolean {
	if (response.body !== '' || response.status === 204) return false;
	const length = header(response, 'content-length');
	const mayBeLonger = length === undefined && header(response, 'connection') === 'close';
	return (length ?? '0') !== '0' || mayBeLonger;
}

/** Others, such as 202 for work that is still to be done, say nothing of what was applied. */
const SUCCESSES: ReadonlySet<number> = new Set([200, 201, 204]);

/** Whether the API may say that it doesn't find what the request names. */
export const isNotFound = (result: AttemptResult): boolean =>
	result.kind === 'response' && result.status === 404 && !isForeign(result);

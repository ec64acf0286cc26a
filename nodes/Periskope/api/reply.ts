import type { Applied, MemberRequest } from '../model';
import type { Problem } from '../rowFailure';
import { header, type AttemptResult } from './attempt';
import type { ApiCall } from './client';
import type { Failure } from './failure';
import { failureFromResponse, isWebPage } from './httpErrors';
import type { Member } from './member';
import { failureFromNetworkError } from './networkErrors';

/** What one request ended in: what the response says, or why there is none that does. */
export type Reply =
	({ kind: 'content'; traceId?: string } & Content) | { kind: 'failed'; failure: Failure };

/** What a response says about the members that were asked for. */
export interface Content {
	members: Member[];
	/** single emails that Periskope rejected, and why; by the email, case folded */
	rejected?: ReadonlyMap<string, Problem>;
	/** what is to be said of emails that Periskope doesn't know, where the response says more */
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
	 * @param words what the response says, in a sentence without its full stop
	 * @param appliedBefore whether an earlier attempt may have been applied
	 */
	contentOf404?(words: string, request: MemberRequest, appliedBefore: Applied): Content;
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
	if (result.kind === 'networkError') {
		return { kind: 'failed', failure: failureFromNetworkError(result.code) };
	}
	const { status, body } = result;
	const traceId = header(result, 'x-periskope-trace-id');
	const trace = traceId !== undefined && { traceId };
	if (status >= 200 && status <= 299) {
		const content = call.contentOf(body, request);
		return content
			? { kind: 'content', ...content, ...trace }
			: {
					kind: 'failed',
					failure: { ...UNDOCUMENTED, details: { httpCode: String(status), ...trace } },
				};
	}
	const failure = failureFromResponse(result);
	return status === 404 && call.contentOf404 && !isWebPage(body)
		? { kind: 'content', ...call.contentOf404(failure.what, request, appliedBefore), ...trace }
		: { kind: 'failed', failure };
}

const UNDOCUMENTED = {
	what: 'The answer is not what Periskope documents for this call, so nobody can say what was carried out',
	advice: 'Check the Base URL in the credential. If it is right, look at the members in Periskope.',
	applied: 'unknown',
} as const;

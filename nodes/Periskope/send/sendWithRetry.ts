import { type Clock, isRetryable, retryDelayMs } from './retryDelay';
import type { AttemptResult } from '../api/attempt';
import type { Failure } from '../rowFailure';
import { isNotFound, readReply, type MemberCall, type Reply } from '../api/reply';
import type { Applied, MemberRequest } from '../model';
import type { RateLimiter } from './rateLimiter';

/** A request that waits to be sent. */
export interface PendingRequest {
	request: MemberRequest;
	/** whether a larger request, which this is a part of, may have been applied */
	appliedBefore: Applied;
}

/** What one request ended in after all of its attempts. */
export interface SendResult {
	request: MemberRequest;
	reply: Reply;
	/**
	 * Whether the reason lies outside its emails: a temporary error with no further attempt left,
	 * or a response that doesn't say what was applied.
	 */
	isInconclusive: boolean;
}

export type Attempt = (request: MemberRequest) => Promise<AttemptResult>;
/** What sending needs to know about an operation. */
export type RepeatableCall = Pick<MemberCall, 'isSafeToRepeat' | 'contentOf' | 'contentOf404'>;

export interface SendRules {
	rateLimiter: RateLimiter;
	clock: Clock;
	/** after the first attempt, not counting those that the rate limit refused */
	maxRetries: number;
	/** true once nothing more may be sent: every wait ends then */
	isOver: () => boolean;
	/** why it is over, for a request that was never sent */
	whyNotSent: () => Failure;
	/** whether no request succeeded for so long, because of the rate limit, that the run gives up */
	isLimitHopeless: () => boolean;
	/** why the API isn't known to be at the Base URL, so that a 404 may be another server's */
	whyNotPeriskope: () => Promise<Failure | undefined>;
	/** @param attempt of the request, from 0 */
	onAttempt: (attempt: number) => void;
}

/**
 * Sends one request until it has a final result, its retries are used up, or the run is over. The
 * caller wakes the rate limiter once it has handled the result, so that no other request is sent
 * before a run that this result ends.
 */
export async function sendWithRetry(
	{ request, appliedBefore }: PendingRequest,
	attemptOnce: Attempt,
	call: RepeatableCall,
	{
		rateLimiter,
		clock,
		maxRetries,
		isOver,
		whyNotSent,
		whyNotPeriskope,
		isLimitHopeless,
		onAttempt,
	}: SendRules,
): Promise<SendResult> {
	let applied = appliedBefore;
	let lastFailure: Failure | undefined;
	const failed = (failure: Failure, isInconclusive: boolean): SendResult => ({
		request,
		reply: {
			kind: 'failed',
			failure: { ...failure, applied: applied === 'unknown' ? applied : failure.applied },
		},
		isInconclusive,
	});
	let retries = 0;
	let refusals = 0;
	for (;;) {
		if (!(await rateLimiter.acquire())) return failed(lastFailure ?? whyNotSent(), false);
		onAttempt(retries + refusals);
		const result = await attemptOnce(request);
		const foreign = isNotFound(result) ? await whyNotPeriskope() : undefined;
		rateLimiter.release(result);
		if (foreign) return failed(foreign, false);
		const reply = readReply(result, request, call, applied);
		if (reply.kind === 'content') {
			return { request, reply, isInconclusive: false };
		}
		lastFailure = reply.failure;
		const isUnknown = lastFailure.applied === 'unknown';
		if (isUnknown) applied = 'unknown';
		const isTransient = isRetryable(result);
		// A 429 applies to all requests and uses up no retry. Any other error is about this request.
		const isRateLimit = result.kind === 'response' && result.status === 429;
		const isLast = isRateLimit ? isLimitHopeless() : retries === maxRetries;
		if (!isTransient || !call.isSafeToRepeat(result) || isLast) {
			return failed(lastFailure, isTransient || isUnknown);
		}
		const attempt = isRateLimit ? refusals++ : retries++;
		const delay = retryDelayMs(result, attempt, clock.now(), clock.random());
		if (isRateLimit) rateLimiter.pause(delay);
		rateLimiter.wake();
		if (!isRateLimit) await clock.pause(delay, isOver);
	}
}

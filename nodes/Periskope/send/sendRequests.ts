import type { Failure } from '../rowFailure';
import type { Reply } from '../api/reply';
import { firstRowOf, type MemberRequest } from '../model';
import { abortPolicy, CANCELLED } from './abortPolicy';
import { bisect, isWorthBisecting } from './bisect';
import type { Progress } from './progressLog';
import { RateLimiter } from './rateLimiter';
import type { Clock } from './retryDelay';
import {
	sendWithRetry,
	type Attempt,
	type PendingRequest,
	type RepeatableCall,
	type SendResult,
} from './sendWithRetry';

/** Longest wait for a rate limit without a success. */
const LONGEST_WITHOUT_SUCCESS_MS = 300_000;

export interface SentRequest {
	request: MemberRequest;
	reply: Reply;
}

export interface SendOptions {
	/** maximum number of parallel requests */
	concurrentRequests: number;
	/** of each request, after its first attempt; the rate limit uses up none */
	maxRetries: number;
	/**
	 * Whether the first request that fails ends the run; else rejected batches are bisected until
	 * the emails at fault stand alone, so that one of them never fails ninety-nine others.
	 */
	stopOnFailure: boolean;
	isCancelled: () => boolean;
	/**
	 * Finds out, once, whether the API is at the Base URL.
	 *
	 * @returns why it isn't known to be there
	 */
	confirm: (isOver: () => boolean) => Promise<Failure | undefined>;
}

export interface Sent {
	/** each email once, in the order of the rows; those that were not sent too */
	requests: SentRequest[];
	progress: Progress;
}

/** Sends requests, some in parallel. No email is in two of them, so their order doesn't matter. */
export async function sendRequests(
	requests: readonly MemberRequest[],
	attemptOnce: Attempt,
	call: RepeatableCall,
	clock: Clock,
	{ concurrentRequests, maxRetries, stopOnFailure, isCancelled, confirm }: SendOptions,
	onProgress: (progress: Progress) => void = () => undefined,
): Promise<Sent> {
	const sent: SentRequest[] = [];
	const emails = requests.reduce((sum, request) => sum + request.emails.length, 0);
	const progress: Progress = { emails, emailsDone: 0, requestsSent: 0, retries: 0 };
	let abortedWith: Failure | undefined;
	const reasonToAbort = abortPolicy(stopOnFailure);

	let lastSuccess = clock.now();

	const isOver = () => abortedWith !== undefined || isCancelled();
	const rateLimiter = new RateLimiter(concurrentRequests, clock, isOver);
	/** Whether a call of the API has succeeded, so that it is known to be at the Base URL. */
	let isConfirmed = false;
	const rules = {
		rateLimiter,
		clock,
		maxRetries,
		isOver,
		whyNotSent: () => abortedWith ?? CANCELLED,
		isLimitHopeless: () => clock.now() - lastSuccess >= LONGEST_WITHOUT_SUCCESS_MS,
		async whyNotPeriskope() {
			if (isConfirmed) return undefined;
			const failure = await confirm(isOver);
			// Another request may have succeeded in the meantime.
			return isConfirmed ? undefined : failure;
		},
		onAttempt: (attempt: number) => {
			progress.requestsSent += 1;
			if (attempt > 0) progress.retries += 1;
			// Also for a request that takes long because of its retries.
			onProgress(progress);
		},
	};

	// Parts of rejected batches go first, so that the emails at fault are known early.
	const parts: PendingRequest[] = [];
	let nextIndex = 0;
	const takeNext = (): PendingRequest | undefined => {
		const part = parts.pop();
		if (part) return part;
		const request = requests[nextIndex++];
		return request && { request, appliedBefore: 'no' };
	};

	function handle(result: SendResult): void {
		const { request, reply } = result;
		if (reply.kind === 'content') {
			isConfirmed = true;
			lastSuccess = clock.now();
		}
		abortedWith ??= reasonToAbort(result);
		if (reply.kind === 'failed' && !stopOnFailure && isWorthBisecting(request, reply.failure)) {
			const { applied } = reply.failure;
			const halves = bisect(request).map((half) => ({ request: half, appliedBefore: applied }));
			// The first half is taken first.
			parts.push(...halves.reverse());
			return;
		}
		sent.push({ request, reply });
		progress.emailsDone += request.emails.length;
		onProgress(progress);
	}

	await inParallel(concurrentRequests, takeNext, async (pending) => {
		handle(await sendWithRetry(pending, attemptOnce, call, rules));
		rateLimiter.wake();
	});
	sent.sort((a, b) => firstRowOf(a.request) - firstRowOf(b.request));
	return { requests: sent, progress };
}

/** Runs tasks, some in parallel, until none is left; a task that runs may add others. */
async function inParallel<Task>(
	max: number,
	takeNext: () => Task | undefined,
	run: (task: Task) => Promise<void>,
): Promise<void> {
	const running = new Set<Promise<void>>();
	for (;;) {
		const task = running.size < max ? takeNext() : undefined;
		if (task !== undefined) {
			const done = run(task).finally(() => running.delete(done));
			running.add(done);
		} else if (running.size > 0) {
			await Promise.race(running);
		} else {
			return;
		}
	}
}

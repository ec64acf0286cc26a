import { firstRowOf, type MemberRequest } from '../2-plan/planRequests';
import { deliver, type Delivery } from './delivery';
import { CANCELLED, earlyEnd } from './earlyEnd';
import type { Exchange } from '../../transport/exchange';
import type { Failure } from './failure';
import { Gate, type Clock } from './gate';
import { halve, isWorthHalving } from './halving';
import type { Reply } from './reply';

export interface SentRequest {
	request: MemberRequest;
	reply: Reply;
}

/** What an operation makes of the end of an attempt. */
export interface ReplyRules {
	/**
	 * Whether the same request may go out again after an end that may pass.
	 *
	 * @see isPassing
	 */
	maySendAgain(exchange: Exchange): boolean;
	/** @param mayBeDone whether an attempt before this one may have been carried out */
	readReply(exchange: Exchange, request: MemberRequest, mayBeDone: boolean): Reply;
}

export interface SendOptions {
	/** most requests under way at once */
	concurrentRequests: number;
	/** of each request, after its first attempt */
	maxRetries: number;
	/**
	 * Whether the first request that fails for good ends the run; else refused batches are halved
	 * until the emails at fault stand alone, so that one of them never fails ninety-nine others.
	 */
	stopOnFailure: boolean;
	isCancelled: () => boolean;
}

/** How far a run is. */
export interface Progress {
	emails: number;
	emailsDone: number;
	/** attempts, retries among them */
	requestsSent: number;
	retries: number;
	/** for the rate limit, or before a retry */
	waits: number;
}

export interface Sent {
	/** each email once, in the order of the rows; those that were not sent too */
	requests: SentRequest[];
	progress: Progress;
}

interface Queued {
	request: MemberRequest;
	/** whether the batch that it is a part of may have been carried out */
	mayBeDone: boolean;
}

/** Sends requests, some at a time. No email is in two of them, so their order doesn't matter. */
export async function sendRequests(
	requests: readonly MemberRequest[],
	rules: ReplyRules,
	send: (request: MemberRequest) => Promise<Exchange>,
	clock: Clock,
	{ concurrentRequests, maxRetries, stopOnFailure, isCancelled }: SendOptions,
	onProgress: (progress: Progress) => void = () => undefined,
): Promise<Sent> {
	const done: SentRequest[] = [];
	const emails = requests.reduce((sum, request) => sum + request.emails.length, 0);
	const progress: Progress = { emails, emailsDone: 0, requestsSent: 0, retries: 0, waits: 0 };
	let stop: Failure | undefined;
	const reasonToStop = earlyEnd(stopOnFailure);

	const whyNotSent = () => stop ?? CANCELLED;
	const isOver = () => stop !== undefined || isCancelled();
	const onWait = () => {
		progress.waits += 1;
		onProgress(progress);
	};
	const gate = new Gate(concurrentRequests, clock, isOver, onWait);
	const deliveryRules = {
		gate,
		clock,
		maxRetries,
		isOver,
		whyNotSent,
		onWait,
		onAttempt: (attempt: number) => {
			progress.requestsSent += 1;
			if (attempt > 0) progress.retries += 1;
		},
	};

	// Halves go first, so that the emails at fault are known early.
	const halves: Queued[] = [];
	let nextIndex = 0;
	const takeNext = (): Queued | undefined => {
		const half = halves.pop();
		if (half) return half;
		const request = requests[nextIndex++];
		return request && { request, mayBeDone: false };
	};

	async function handle({ request, mayBeDone }: Queued): Promise<void> {
		const delivery = await deliver(
			{
				send: () => send(request),
				maySendAgain: (exchange) => rules.maySendAgain(exchange),
				readReply: (exchange, isInDoubt) => rules.readReply(exchange, request, isInDoubt),
				mayBeDone,
			},
			deliveryRules,
		);
		hear(request, delivery);
		gate.wake();
	}

	function hear(request: MemberRequest, { reply, mayBeDone, isUnclear }: Delivery): void {
		stop ??= reasonToStop(request, reply, isUnclear);
		if ('failure' in reply && !stopOnFailure && isWorthHalving(request, reply.failure)) {
			const [first, second] = halve(request);
			for (const half of [second, first]) {
				halves.push({ request: half, mayBeDone });
			}
			return;
		}
		done.push({ request, reply });
		progress.emailsDone += request.emails.length;
		onProgress(progress);
	}

	await inParallel(concurrentRequests, takeNext, handle);
	done.sort((a, b) => firstRowOf(a.request) - firstRowOf(b.request));
	return { requests: done, progress };
}

/** Handles what there is to take, some at a time, until nothing is left and nothing is under way. */
async function inParallel<Task>(
	most: number,
	takeNext: () => Task | undefined,
	handle: (task: Task) => Promise<void>,
): Promise<void> {
	const underWay = new Set<Promise<void>>();
	for (;;) {
		const task = underWay.size < most ? takeNext() : undefined;
		if (task !== undefined) {
			const handling = handle(task).finally(() => underWay.delete(handling));
			underWay.add(handling);
		} else if (underWay.size > 0) {
			await Promise.race(underWay);
		} else {
			return;
		}
	}
}

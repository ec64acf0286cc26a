import { backoffMs, isPassing } from './backoff';
import type { Exchange } from '../../transport/exchange';
import type { Failure } from './failure';
import type { Clock, Gate } from './gate';
import type { Reply } from './reply';

/** One request on its way. */
export interface Parcel {
	send(): Promise<Exchange>;
	/** whether it may go out again after an end that may pass */
	maySendAgain(exchange: Exchange): boolean;
	/** @param mayBeDone whether an attempt before may have been carried out */
	readReply(exchange: Exchange, mayBeDone: boolean): Reply;
	/** whether a batch that it is a part of may have been carried out */
	mayBeDone: boolean;
}

export interface DeliveryRules {
	gate: Gate;
	clock: Clock;
	maxRetries: number;
	/** true once nothing more may be sent: every wait ends then */
	isOver: () => boolean;
	/** why it is over, for a request that was never sent */
	whyNotSent: () => Failure;
	onAttempt: (attempt: number) => void;
	onWait: () => void;
}

export interface Delivery {
	reply: Reply;
	/**
	 * Whether it ended for a reason outside its emails: on a fault that may pass, with no further
	 * attempt left, or on an answer that doesn't tell what was carried out.
	 */
	isUnclear: boolean;
	/** whether an attempt whose end isn't known may have been carried out */
	mayBeDone: boolean;
}

/**
 * Sends one request until it is answered for good, its retries are used up, or it is over. Whoever
 * hears of its end wakes the gate then, so that no other request slips out before a run that ends.
 */
export async function deliver(
	{ send, maySendAgain, readReply, mayBeDone: mayBatchBeDone }: Parcel,
	{ gate, clock, maxRetries, isOver, whyNotSent, onAttempt, onWait }: DeliveryRules,
): Promise<Delivery> {
	let mayBeDone = mayBatchBeDone;
	const failed = (failure: Failure): Reply => ({
		failure: { ...failure, applied: mayBeDone ? 'maybe' : failure.applied },
	});
	let last: Failure | undefined;
	for (let attempt = 0; ; attempt++) {
		if (!(await gate.enter())) {
			return { reply: failed(last ?? whyNotSent()), isUnclear: false, mayBeDone };
		}
		onAttempt(attempt);
		const exchange = await send();
		gate.leave(exchange);
		const reply = readReply(exchange, mayBeDone);
		if (!('failure' in reply)) return { reply, isUnclear: false, mayBeDone: false };
		const isInDoubt = reply.failure.applied === 'maybe';
		mayBeDone ||= isInDoubt;
		last = reply.failure;
		const mayPass = isPassing(exchange);
		if (!mayPass || !maySendAgain(exchange) || attempt === maxRetries)
			return { reply: failed(last), isUnclear: mayPass || isInDoubt, mayBeDone };
		const wait = backoffMs(exchange, attempt, clock.now(), clock.random());
		// A refusal for the limit's sake is about all requests, any other one about this request.
		const isForAll = 'status' in exchange && exchange.status === 429;
		if (isForAll) gate.close(wait);
		gate.wake();
		if (!isForAll) {
			onWait();
			await clock.pause(wait, isOver);
		}
	}
}

import { backoffMs, isWorthRetrying } from './backoff';
import type { Exchange } from '../../transport/exchange';
import type { Failure } from './failure';
import type { Clock, Gate } from './gate';
import { readReply, type Reply } from './reply';

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
	/** whether all attempts were used up on faults that may pass */
	gaveUp: boolean;
	/** whether an attempt whose end isn't known may have been carried out */
	mayHaveArrived: boolean;
}

/** Sends one request until it is answered for good, its retries are used up, or it is over. */
export async function deliver(
	send: () => Promise<Exchange>,
	{ gate, clock, maxRetries, isOver, whyNotSent, onAttempt, onWait }: DeliveryRules,
	hasMaybeArrived: boolean,
): Promise<Delivery> {
	let mayHaveArrived = hasMaybeArrived;
	const failed = (failure: Failure): Reply => ({
		failure: { ...failure, applied: mayHaveArrived ? 'maybe' : failure.applied },
	});
	let last: Failure | undefined;
	for (let attempt = 0; ; attempt++) {
		if (!(await gate.enter())) {
			return { reply: failed(last ?? whyNotSent()), gaveUp: false, mayHaveArrived };
		}
		onAttempt(attempt);
		const exchange = await send();
		gate.leave(exchange);
		const reply = readReply(exchange);
		if (!('failure' in reply)) return { reply, gaveUp: false, mayHaveArrived: false };
		mayHaveArrived ||= reply.failure.applied === 'maybe';
		last = reply.failure;
		const mayPass = isWorthRetrying(exchange);
		if (!mayPass || attempt === maxRetries)
			return { reply: failed(last), gaveUp: mayPass, mayHaveArrived };
		const wait = backoffMs(exchange, attempt, clock.now(), clock.random());
		// A refusal for the limit's sake is about all requests, any other one about this request.
		if ('status' in exchange && exchange.status === 429) gate.close(wait);
		else {
			onWait();
			await clock.pause(wait, isOver);
		}
	}
}

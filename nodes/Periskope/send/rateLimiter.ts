import type { AttemptResult, HttpResponse } from '../api/attempt';
import { type Clock, rateLimitRemaining, rateLimitResetMs } from './retryDelay';

/**
 * Decides when a request may be sent. What one response says about the rate limit holds for all
 * requests of the run: none is sent until the limit is reset, fewer run in parallel after a 429,
 * and more again as requests succeed.
 */
export class RateLimiter {
	private running = 0;
	private parallel: number;
	private successes = 0;
	private pausedUntil = 0;
	/** what the latest response left of the rate limit */
	private remaining = Infinity;
	private waiting: Array<() => void> = [];

	/** @param isOver true once nothing more may be sent: every wait ends then */
	constructor(
		private readonly maxParallel: number,
		private readonly clock: Clock,
		private readonly isOver: () => boolean,
	) {
		this.parallel = maxParallel;
	}

	/** Waits until a request may be sent. @returns false when nothing more may be sent */
	async acquire(): Promise<boolean> {
		while (!this.isOver()) {
			const pausedFor = this.pausedUntil - this.clock.now();
			if (pausedFor > 0) {
				await this.clock.pause(pausedFor, this.isOver);
			} else if (this.running < Math.min(this.parallel, this.remaining)) {
				this.running += 1;
				return true;
			} else {
				await new Promise<void>((resolve) => this.waiting.push(resolve));
			}
		}
		return false;
	}

	/** Learns from the result. The next request is sent after `wake`, once the result was handled. */
	release(result: AttemptResult): void {
		this.running -= 1;
		if (result.kind === 'response') this.learn(result);
	}

	/** Keeps every request from being sent for so long. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
	}

	/** Lets waiting requests check again whether they may be sent, or whether the run is over. */
	wake(): void {
		const { waiting } = this;
		this.waiting = [];
		for (const resolve of waiting) resolve();
	}

	private learn(response: HttpResponse): void {
		const remaining = rateLimitRemaining(response);
		this.remaining = remaining === undefined || remaining === 0 ? Infinity : remaining;
		if (remaining === 0) this.pause(rateLimitResetMs(response, this.clock.now()) ?? 0);
		if (response.status === 429) {
			this.parallel = Math.max(1, Math.floor(this.parallel / 2));
			this.successes = 0;
		} else if (response.status < 300 && this.clock.now() >= this.pausedUntil) {
			// During a pause, responses still arrive for requests that were sent before it.
			this.successes += 1;
			if (this.successes >= this.parallel && this.parallel < this.maxParallel) {
				this.parallel += 1;
				this.successes = 0;
			}
		}
	}
}

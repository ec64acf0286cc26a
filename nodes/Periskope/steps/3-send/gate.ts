import type { Exchange } from '../../transport/exchange';
import { rateLimitRemaining, rateLimitResetMs } from './waitHint';

/** Time as the sender needs it. */
export interface Clock {
	/** epoch milliseconds */
	now(): number;
	/** ends early as soon as `isOver` says so */
	pause(ms: number, isOver: () => boolean): Promise<void>;
	/** from 0 up to 1 */
	random(): number;
}

/**
 * The one way out for all requests of a run. What one of them learns about the rate limit holds
 * for all: it closes until the limit starts anew, lets fewer through at once after a refusal, and
 * more again as answers succeed.
 */
export class Gate {
	private underWay = 0;
	private width: number;
	private successes = 0;
	private closedUntil = 0;
	/** what the latest answer left of the rate limit */
	private remaining = Infinity;
	private waiting: Array<() => void> = [];

	/** @param isOver true once nothing more may be sent: every wait ends then */
	constructor(
		private readonly mostUnderWay: number,
		private readonly clock: Clock,
		private readonly isOver: () => boolean,
		private readonly onWait: () => void = () => undefined,
	) {
		this.width = mostUnderWay;
	}

	/** Waits for its turn. @returns false when nothing more may be sent */
	async enter(): Promise<boolean> {
		while (!this.isOver()) {
			const closedFor = this.closedUntil - this.clock.now();
			if (closedFor > 0) {
				await this.clock.pause(closedFor, this.isOver);
			} else if (this.underWay < Math.min(this.width, this.remaining)) {
				this.underWay += 1;
				return true;
			} else {
				await new Promise<void>((resolve) => this.waiting.push(resolve));
			}
		}
		return false;
	}

	/** Learns from the answer. The next one is let through by `wake`, once the answer has been heard. */
	leave(exchange: Exchange): void {
		this.underWay -= 1;
		if ('status' in exchange) this.learn(exchange);
	}

	/** Keeps everything in for so long. */
	close(ms: number): void {
		const now = this.clock.now();
		if (ms > 0 && this.closedUntil <= now) this.onWait();
		this.closedUntil = Math.max(this.closedUntil, now + ms);
	}

	/** Lets those that wait for their turn see whether it has come, or whether it is over. */
	wake(): void {
		const { waiting } = this;
		this.waiting = [];
		for (const resolve of waiting) resolve();
	}

	private learn(answer: Exclude<Exchange, { fault: string }>): void {
		const remaining = rateLimitRemaining(answer);
		this.remaining = remaining === undefined || remaining === 0 ? Infinity : remaining;
		if (remaining === 0) this.close(rateLimitResetMs(answer, this.clock.now()) ?? 0);
		if (answer.status === 429) {
			this.width = Math.max(1, Math.floor(this.width / 2));
			this.successes = 0;
		} else if (answer.status < 300 && this.clock.now() >= this.closedUntil) {
			// While closed, answers still come in to requests that went out before the refusal.
			this.successes += 1;
			if (this.successes >= this.width && this.width < this.mostUnderWay) {
				this.width += 1;
				this.successes = 0;
			}
		}
	}
}

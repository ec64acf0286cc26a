import { setImmediate as nextTurn } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import type { AttemptResult } from '../../../nodes/Periskope/api/attempt';
import type { Clock } from '../../../nodes/Periskope/send/retryDelay';
import { RateLimiter } from '../../../nodes/Periskope/send/rateLimiter';
import { VirtualClock } from './virtualClock';

const START = 1_700_000_000_000;
const response = (status: number, headers: Record<string, string> = {}): AttemptResult => ({
	kind: 'response',
	status,
	headers,
	body: [],
});
const OK = response(200);
/** A rate limiter learns nothing from a response that did not arrive. */
const LOST: AttemptResult = {
	kind: 'networkError',
	code: 'ECONNRESET',
	wasSent: true,
	message: 'read ECONNRESET',
};

/** A rate limiter of four parallel requests, with more requests than a test will ever finish. */
function manyRequests() {
	let time = START;
	let running = 0;
	const clock: Clock = {
		now: () => time,
		random: () => 0,
		async pause(ms) {
			const until = time + ms;
			await nextTurn();
			time = Math.max(time, until);
		},
	};
	const limiter = new RateLimiter(4, clock, () => false);
	for (let request = 0; request < 200; request++) {
		void limiter.acquire().then(() => {
			running += 1;
		});
	}
	const finish = async (...results: AttemptResult[]) => {
		for (const result of results) {
			await nextTurn();
			running -= 1;
			limiter.release(result);
			limiter.wake();
		}
		// Once for the requests that were woken, and once for the pause that they may have begun.
		await nextTurn();
		await nextTurn();
	};
	/** How many requests run in parallel after these results. */
	const parallelAfter = async (...results: AttemptResult[]) => {
		await finish(...results);
		for (let lost = 0; lost < 8 && running > 0; lost++) await finish(LOST);
		return running;
	};
	return { limiter, finish, parallelAfter, elapsed: () => time - START };
}

/** A rate limiter of four parallel requests, of which a test starts and finishes each one itself. */
function oneLimiter() {
	const clock = new VirtualClock();
	let isOver = false;
	return {
		clock,
		limiter: new RateLimiter(4, clock, () => isOver),
		abort: () => {
			isOver = true;
		},
	};
}

/** @returns how many of them have been started by now */
async function start(limiter: RateLimiter, requests: number): Promise<() => number> {
	let started = 0;
	for (let request = 0; request < requests; request++) {
		void limiter.acquire().then((mayBeSent) => {
			if (mayBeSent) started += 1;
		});
	}
	await nextTurn();
	return () => started;
}

describe('the number of parallel requests', () => {
	it('is halved by each 429, down to one', async () => {
		const { parallelAfter } = manyRequests();
		expect(await parallelAfter()).toBe(4);
		expect(await parallelAfter(response(429))).toBe(2);
		expect(await parallelAfter(response(429))).toBe(1);
		expect(await parallelAfter(response(429))).toBe(1);
	});

	it('grows by one after as many successes as run in parallel, up to the maximum', async () => {
		const { parallelAfter } = manyRequests();
		expect(await parallelAfter(response(429))).toBe(2);
		expect(await parallelAfter(OK)).toBe(2);
		expect(await parallelAfter(OK)).toBe(3);
		expect(await parallelAfter(OK, OK)).toBe(3);
		expect(await parallelAfter(OK)).toBe(4);
		expect(await parallelAfter(...Array<AttemptResult>(12).fill(OK))).toBe(4);
	});

	it.each([300, 308, 422, 503])('does not grow after the status %i', async (status) => {
		const { parallelAfter } = manyRequests();
		await parallelAfter(response(429));
		expect(await parallelAfter(...Array<AttemptResult>(6).fill(response(status)))).toBe(2);
	});

	it('does not grow by responses that arrive during a pause', async () => {
		const { clock, limiter } = oneLimiter();
		const started = await start(limiter, 4);
		expect(started()).toBe(4);
		limiter.release(response(429));
		limiter.pause(1000);
		for (const result of [OK, OK, OK]) limiter.release(result);
		const startedLater = await start(limiter, 4);
		expect(startedLater()).toBe(0);
		await clock.run(clock.pause(1000));
		expect(startedLater()).toBe(2);
	});

	it('is no larger than what the rate limit has left', async () => {
		const { parallelAfter } = manyRequests();
		expect(await parallelAfter(response(200, { 'x-ratelimit-remaining': '2' }))).toBe(2);
		expect(await parallelAfter(response(200, { 'x-ratelimit-remaining': '90' }))).toBe(4);
	});
});

describe('the rate limit of the server', () => {
	it('starts no pause while it has requests left, whenever it is reset', async () => {
		const { finish, elapsed } = manyRequests();
		await finish(
			response(200, { 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': '30' }),
			OK,
			OK,
		);
		expect(elapsed()).toBe(0);
	});

	it('starts no pause where it is used up, but its reset is not known', async () => {
		const { parallelAfter, elapsed } = manyRequests();
		expect(await parallelAfter(response(200, { 'x-ratelimit-remaining': '0' }))).toBe(4);
		expect(elapsed()).toBe(0);
	});

	it('pauses all requests until its reset where it is used up', async () => {
		const { parallelAfter, elapsed } = manyRequests();
		const usedUp = response(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' });
		expect(await parallelAfter(usedUp)).toBe(4);
		expect(elapsed()).toBe(30_000);
	});
});

describe('pause', () => {
	it('lasts as long as the longest of several pauses', async () => {
		const { limiter, finish, elapsed } = manyRequests();
		limiter.pause(3000);
		limiter.pause(500);
		await finish(LOST);
		expect(elapsed()).toBe(3000);
	});

	it('can be extended while requests wait for its end', async () => {
		const { clock, limiter } = oneLimiter();
		limiter.pause(1000);
		const started = await start(limiter, 1);
		limiter.pause(5000);
		await clock.run(clock.pause(4999));
		expect(started()).toBe(0);
		await clock.run(clock.pause(1));
		expect(started()).toBe(1);
	});

	it('of no time lets requests be sent at once', async () => {
		const { limiter } = oneLimiter();
		limiter.pause(0);
		expect((await start(limiter, 1))()).toBe(1);
	});
});

describe('wake', () => {
	it('lets the next request be sent, not the result before it', async () => {
		const { limiter } = oneLimiter();
		const started = await start(limiter, 5);
		expect(started()).toBe(4);
		limiter.release(OK);
		await nextTurn();
		expect(started()).toBe(4);
		limiter.wake();
		await nextTurn();
		expect(started()).toBe(5);
	});

	it('lets no request be sent while as many run as may', async () => {
		const { limiter } = oneLimiter();
		const started = await start(limiter, 5);
		limiter.wake();
		await nextTurn();
		expect(started()).toBe(4);
	});
});

describe('acquire', () => {
	it('returns false where the run is over', async () => {
		const { limiter, abort } = oneLimiter();
		expect(await limiter.acquire()).toBe(true);
		abort();
		expect(await limiter.acquire()).toBe(false);
	});

	it('returns false to requests that wait for others, once the run is over', async () => {
		const { limiter, abort } = oneLimiter();
		await start(limiter, 4);
		const fifth = limiter.acquire();
		abort();
		limiter.release(OK);
		limiter.wake();
		expect(await fifth).toBe(false);
	});

	it('returns false to requests that wait for the end of a pause, without waiting for it', async () => {
		const { clock, limiter, abort } = oneLimiter();
		const before = clock.now();
		limiter.pause(60_000);
		const waiting = limiter.acquire();
		abort();
		expect(await clock.run(waiting)).toBe(false);
		expect(clock.now()).toBe(before);
	});
});

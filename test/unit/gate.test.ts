import { setImmediate as settled } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { Gate, type Clock } from '../../nodes/Periskope/steps/3-send/gate';
import type { Exchange } from '../../nodes/Periskope/transport/exchange';

const START = 1_700_000_000_000;
const status = (code: number, headers: Record<string, string> = {}): Exchange => ({
	status: code,
	headers,
	body: [],
});
const OK = status(200);
/** From an answer that never came, a gate learns nothing. */
const LOST: Exchange = { fault: 'ECONNRESET' };

/** More requests than will ever be answered, before a gate that lets four of them through at once. */
function crowd() {
	let time = START;
	let inside = 0;
	let waits = 0;
	const clock: Clock = {
		now: () => time,
		random: () => 0,
		async pause(ms) {
			const until = time + ms;
			await settled();
			time = Math.max(time, until);
		},
	};
	const gate = new Gate(
		4,
		clock,
		() => false,
		() => {
			waits += 1;
		},
	);
	for (let request = 0; request < 200; request++) {
		void gate.enter().then(() => {
			inside += 1;
		});
	}
	const answer = async (...exchanges: Exchange[]) => {
		for (const exchange of exchanges) {
			await settled();
			inside -= 1;
			gate.leave(exchange);
			gate.wake();
		}
		// Once for those that it woke, and once for the wait that they may have begun.
		await settled();
		await settled();
	};
	/** How many the gate lets through at once after these answers. */
	const widthAfter = async (...exchanges: Exchange[]) => {
		await answer(...exchanges);
		for (let lost = 0; lost < 8 && inside > 0; lost++) await answer(LOST);
		return inside;
	};
	return {
		gate,
		answer,
		widthAfter,
		waits: () => waits,
		elapsed: () => time - START,
		pass: (ms: number) => {
			time += ms;
		},
	};
}

describe('the width of a gate', () => {
	it('is halved by each refusal for the limit, down to one and no further', async () => {
		const { widthAfter } = crowd();
		expect(await widthAfter()).toBe(4);
		expect(await widthAfter(status(429))).toBe(2);
		expect(await widthAfter(status(429))).toBe(1);
		expect(await widthAfter(status(429))).toBe(1);
	});

	it('grows by one after as many successes as it lets through, up to where it began', async () => {
		const { widthAfter } = crowd();
		expect(await widthAfter(status(429))).toBe(2);
		expect(await widthAfter(OK)).toBe(2);
		expect(await widthAfter(OK)).toBe(3);
		expect(await widthAfter(OK, OK)).toBe(3);
		expect(await widthAfter(OK)).toBe(4);
		expect(await widthAfter(...Array<Exchange>(12).fill(OK))).toBe(4);
	});

	it.each([300, 308, 422, 503])('does not grow by an answer with the status %i', async (code) => {
		const { widthAfter } = crowd();
		await widthAfter(status(429));
		expect(await widthAfter(...Array<Exchange>(6).fill(status(code)))).toBe(2);
	});
});

describe('a gate that is told of the limit', () => {
	it('stays open while the limit lets requests through, whenever it starts anew', async () => {
		const { answer, elapsed, waits } = crowd();
		await answer(status(200, { 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': '30' }), OK, OK);
		expect([elapsed(), waits()]).toEqual([0, 0]);
	});

	it('stays open where the limit is used up, but nobody says until when', async () => {
		const { widthAfter, elapsed, waits } = crowd();
		expect(await widthAfter(status(200, { 'x-ratelimit-remaining': '0' }))).toBe(4);
		expect([elapsed(), waits()]).toEqual([0, 0]);
	});

	it('lets no more through at once than are left', async () => {
		const { widthAfter } = crowd();
		expect(await widthAfter(status(200, { 'x-ratelimit-remaining': '2' }))).toBe(2);
		expect(await widthAfter(status(200, { 'x-ratelimit-remaining': '90' }))).toBe(4);
	});
});

describe('the waits of a gate', () => {
	it('are counted once for all answers that close it, and not for no time at all', () => {
		const { gate, pass, waits } = crowd();
		gate.close(0);
		expect(waits()).toBe(0);
		gate.close(1000);
		gate.close(3000);
		gate.close(500);
		expect(waits()).toBe(1);
		pass(2999);
		gate.close(1);
		expect(waits()).toBe(1);
		pass(1);
		gate.close(1000);
		expect(waits()).toBe(2);
	});

	it('last as long as the longest of them', async () => {
		const { gate, answer, elapsed } = crowd();
		gate.close(3000);
		gate.close(500);
		await answer(LOST);
		expect(elapsed()).toBe(3000);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { AttemptResult } from '../../../nodes/Periskope/api/attempt';
import { fetchOrgPhones } from '../../../nodes/Periskope/send/fetchOrgPhones';
import { isRetryable } from '../../../nodes/Periskope/send/retryDelay';
import { VirtualClock } from './virtualClock';

const response = (
	status: number,
	body: unknown = {},
	headers: Record<string, string> = {},
): AttemptResult => ({ kind: 'response', status, headers, body });
const PHONE = { org_phone: '918527184400@c.us', phone_name: 'Sales', wa_state: 'CONNECTED' };
const LISTED = response(200, [PHONE]);
const PHONES = { kind: 'phones', phones: [PHONE] };
const LOST: AttemptResult = {
	kind: 'networkError',
	code: 'ECONNRESET',
	wasSent: true,
	message: 'read ECONNRESET',
};

interface Setting {
	maxRetries?: number;
	/** how many calls there are before the run is over */
	overAfter?: number;
}

/** What is listed where the calls end in these results, the last of them over and over. */
async function listedAfter(
	results: readonly AttemptResult[],
	{ maxRetries = 5, overAfter = Infinity }: Setting = {},
) {
	const clock = new VirtualClock();
	const start = clock.now();
	let calls = 0;
	const list = () => {
		const result = results[calls] ?? results.at(-1);
		calls += 1;
		return result ? Promise.resolve(result) : Promise.reject(new Error('No result'));
	};
	const listed = await clock.run(fetchOrgPhones(list, clock, maxRetries, () => calls >= overAfter));
	return { listed, calls, elapsed: clock.now() - start };
}

describe('fetchOrgPhones', () => {
	it('lists the phones with one call', async () => {
		expect(await listedAfter([LISTED])).toEqual({ listed: PHONES, calls: 1, elapsed: 0 });
		const none = { kind: 'phones', phones: [] };
		expect(await listedAfter([response(200, [])])).toEqual({ listed: none, calls: 1, elapsed: 0 });
	});

	it('retries after temporary errors, and waits longer before each', async () => {
		const results = [response(503), LOST, response(500), LISTED];
		expect(await listedAfter(results)).toEqual({
			listed: PHONES,
			calls: 4,
			elapsed: 250 + 500 + 1000,
		});
	});

	it.each([429, 503])('waits as long as the server asks, after a %i', async (status) => {
		expect(await listedAfter([response(status, {}, { 'retry-after': '7' }), LISTED])).toEqual({
			listed: PHONES,
			calls: 2,
			elapsed: 7000,
		});
	});

	it.each<[string, AttemptResult, string, { reason: string; isNotPeriskope?: boolean }]>([
		[
			'a rejected key',
			response(401, { message: 'Invalid API key' }),
			'Periskope rejected the API key: Invalid API key',
			{ reason: 'rejected' },
		],
		[
			'a key that may not list phones',
			response(403),
			"Periskope doesn't allow this API key to do that (HTTP status 403)",
			{ reason: 'rejected' },
		],
		[
			'a path that is not there',
			response(404, { message: 'No route' }),
			"Periskope didn't find what the request names: No route",
			{ reason: 'rejected' },
		],
		[
			'a web page',
			response(200, '<html>Welcome</html>'),
			"The Base URL isn't the Periskope API",
			{ reason: 'unavailable', isNotPeriskope: true },
		],
		[
			'an object in place of a list',
			response(200, { phones: [PHONE] }),
			"The Base URL isn't the Periskope API",
			{ reason: 'unavailable', isNotPeriskope: true },
		],
		[
			'a list of something else',
			response(200, [{ id: 1 }]),
			"The Base URL isn't the Periskope API",
			{ reason: 'unavailable', isNotPeriskope: true },
		],
		[
			'a success without a body',
			response(204, ''),
			"The Base URL isn't the Periskope API",
			{ reason: 'unavailable', isNotPeriskope: true },
		],
		[
			'a redirect',
			response(302),
			'The Base URL redirects to another address (HTTP status 302)',
			{ reason: 'unavailable', isNotPeriskope: true },
		],
	])('is not retried after %s, and says why', async (_, result, what, why) => {
		const { listed, calls, elapsed } = await listedAfter([result, LISTED]);
		expect([calls, elapsed]).toEqual([1, 0]);
		expect(listed).toMatchObject({ kind: 'failed', failure: { what, ...why } });
	});

	it.each([0, 1, 3])('fails after %i retries, with the last error', async (maxRetries) => {
		const results = [LOST, LOST, LOST, response(503, { message: 'Down' })];
		const { listed, calls } = await listedAfter(results, { maxRetries });
		expect(calls).toBe(1 + maxRetries);
		expect(listed).toMatchObject({
			kind: 'failed',
			failure: {
				reason: 'unavailable',
				details: maxRetries === 3 ? { httpCode: '503' } : { code: 'ECONNRESET' },
			},
		});
	});

	it.each([0, 1, 5])('waits for the rate limit with %i retries too', async (maxRetries) => {
		const limit = response(429, {}, { 'retry-after': '10' });
		const results = [...Array<AttemptResult>(20).fill(limit), LISTED];
		expect(await listedAfter(results, { maxRetries })).toEqual({
			listed: PHONES,
			calls: 21,
			elapsed: 200_000,
		});
	});

	it('uses up no retry for the rate limit, whatever comes between', async () => {
		const results = [response(429), response(429), response(503), response(429), LISTED];
		expect(await listedAfter(results, { maxRetries: 1 })).toMatchObject({
			listed: PHONES,
			calls: 5,
		});
	});

	it('asks ever less often while the rate limit says nothing of its end', async () => {
		const { calls, elapsed } = await listedAfter([response(429)]);
		expect(elapsed).toBeGreaterThan(300_000);
		expect(calls).toBeLessThan(40);
	});

	it('waits five minutes for the rate limit, and gives up then', async () => {
		const limit = response(429, {}, { 'retry-after': '60' });
		const { listed, calls, elapsed } = await listedAfter([limit]);
		expect(listed).toMatchObject({ kind: 'failed', failure: { details: { httpCode: '429' } } });
		expect(elapsed).toBeGreaterThanOrEqual(300_000);
		expect(elapsed).toBeLessThanOrEqual(300_000 + 60_000);
		expect(calls).toBe(1 + elapsed / 60_000);
	});

	it('does not wait for a retry where the run is over', async () => {
		const comeBack = response(503, {}, { 'retry-after': '60' });
		expect(await listedAfter([comeBack, LISTED], { overAfter: 1 })).toMatchObject({
			listed: { kind: 'failed', failure: { details: { httpCode: '503' } } },
			calls: 1,
			elapsed: 0,
		});
	});

	it('does not ask again where the run is over during a wait', async () => {
		const clock = new VirtualClock();
		const start = clock.now();
		let isOver = false;
		let calls = 0;
		const list = () => {
			calls += 1;
			return Promise.resolve(calls === 1 ? response(503, {}, { 'retry-after': '60' }) : LISTED);
		};
		const endsSoon = clock.pause(10).then(() => {
			isOver = true;
		});
		await clock.run(Promise.all([fetchOrgPhones(list, clock, 5, () => isOver), endsSoon]));
		expect(clock.now() - start).toBe(10);
		expect(calls).toBe(1);
	});

	it('lists phones if and only if they came before anything that ends the retries', async () => {
		const results = fc.array(
			fc.constantFrom(
				LISTED,
				LOST,
				response(200, {}),
				response(401),
				response(404),
				response(429),
				response(500),
			),
			{ minLength: 1, maxLength: 6 },
		);
		await fc.assert(
			fc.asyncProperty(results, fc.nat(4), async (given, maxRetries) => {
				const { listed, calls } = await listedAfter(given, { maxRetries });
				const asked = Array.from({ length: calls }, (_, n) => given[n] ?? given.at(-1)).flatMap(
					(result) => result ?? [],
				);
				const limited = asked.filter(
					(result) => result.kind === 'response' && result.status === 429,
				);
				expect(calls - limited.length).toBeLessThanOrEqual(1 + maxRetries);
				expect(asked.slice(0, -1).every(isRetryable)).toBe(true);
				expect(listed.kind === 'phones').toBe(asked.at(-1) === LISTED);
				const isEnd = asked.slice(-1).every((result) => !isRetryable(result));
				expect(isEnd || calls >= 1 + maxRetries).toBe(true);
			}),
		);
	});
});

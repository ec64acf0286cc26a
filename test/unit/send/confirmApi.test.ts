import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { AttemptResult } from '../../../nodes/Periskope/api/attempt';
import type { Failure } from '../../../nodes/Periskope/rowFailure';
import { confirmApi } from '../../../nodes/Periskope/send/confirmApi';
import { fetchOrgPhones } from '../../../nodes/Periskope/send/fetchOrgPhones';
import { isRetryable } from '../../../nodes/Periskope/send/retryDelay';
import { VirtualClock } from './virtualClock';

const response = (
	status: number,
	body: unknown = {},
	headers: Record<string, string> = {},
): AttemptResult => ({ kind: 'response', status, headers, body });
const LISTED = response(200, [{ org_phone: '918527184400@c.us' }]);
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

/** What is found out where the calls end in these results, the last of them over and over. */
async function confirmedBy(
	results: readonly AttemptResult[],
	{ maxRetries = 5, overAfter = Infinity }: Setting = {},
) {
	const clock = new VirtualClock();
	const start = clock.now();
	let calls = 0;
	const listPhones = () => {
		const result = results[calls] ?? results.at(-1);
		calls += 1;
		return result ? Promise.resolve(result) : Promise.reject(new Error('No result'));
	};
	const listed = await clock.run(
		fetchOrgPhones(listPhones, clock, maxRetries, () => calls >= overAfter),
	);
	return { why: confirmApi(listed), calls, elapsed: clock.now() - start };
}

const COULD_NOT =
	"The response is 404, and the Base URL couldn't be confirmed as the Periskope API. ";
const BASE_URL =
	'Check the Base URL in the credential. Periskope documents https://api.periskope.app/v1.';

describe('confirmApi', () => {
	it.each<[string, AttemptResult]>([
		['phones', LISTED],
		['no phone, where the organization has none', response(200, [])],
	])('confirms the API where it lists %s, with one call', async (_, result) => {
		expect(await confirmedBy([result])).toEqual({ why: undefined, calls: 1, elapsed: 0 });
	});

	it.each<[string, AttemptResult, string, Partial<Failure>]>([
		[
			'says 404 to that too',
			response(404, { message: 'No route.' }),
			"Periskope didn't find what the request names: No route",
			{ advice: BASE_URL, isNotPeriskope: true, details: { httpCode: '404' } },
		],
		[
			'responds with a web page',
			response(200, '<!DOCTYPE html><h1>Welcome</h1>'),
			"The Base URL isn't the Periskope API",
			{ advice: BASE_URL, isNotPeriskope: true, details: { httpCode: '200' } },
		],
		[
			'responds with another object',
			response(200, { phones: [] }),
			"The Base URL isn't the Periskope API",
			{ advice: BASE_URL, isNotPeriskope: true, details: { httpCode: '200' } },
		],
		[
			'lists other objects',
			response(200, [{ id: 1 }]),
			"The Base URL isn't the Periskope API",
			{ advice: BASE_URL, isNotPeriskope: true, details: { httpCode: '200' } },
		],
		[
			'redirects',
			response(302),
			'The Base URL redirects to another address (HTTP status 302)',
			{ advice: BASE_URL, isNotPeriskope: true, details: { httpCode: '302' } },
		],
		[
			'does not accept the key',
			response(401, { message: 'Invalid API key' }),
			'Periskope rejected the API key: Invalid API key',
			{
				advice:
					'Check the API key in the credential, and whether the plan of the organization includes the API.',
				isNotPeriskope: false,
				details: { httpCode: '401' },
			},
		],
	])('fails at once, and says why, where the server %s', async (_, result, what, why) => {
		expect(await confirmedBy([result])).toEqual({
			why: {
				what: `${COULD_NOT}${what}`,
				reason: result.kind === 'response' && result.status === 401 ? 'rejected' : 'unavailable',
				applied: 'no',
				isUnconfirmed: true,
				...why,
			},
			calls: 1,
			elapsed: 0,
		});
	});

	it('asks again after temporary errors, and waits longer before each', async () => {
		const results = [response(503), LOST, response(500), LISTED];
		expect(await confirmedBy(results)).toEqual({
			why: undefined,
			calls: 4,
			elapsed: 250 + 500 + 1000,
		});
	});

	it.each([429, 503])('waits as long as the server asks, after a %i', async (status) => {
		expect(await confirmedBy([response(status, {}, { 'retry-after': '7' }), LISTED])).toEqual({
			why: undefined,
			calls: 2,
			elapsed: 7000,
		});
	});

	it('asks no further after an error that is not temporary', async () => {
		expect(await confirmedBy([LOST, response(403), LISTED])).toMatchObject({
			why: { what: expect.stringContaining("doesn't allow this API key") as unknown },
			calls: 2,
		});
	});

	it.each([0, 1, 3])('fails after %i retries, with the last error', async (maxRetries) => {
		const results = [LOST, LOST, LOST, response(503, { message: 'Down' })];
		const { why, calls } = await confirmedBy(results, { maxRetries });
		expect(calls).toBe(1 + maxRetries);
		expect(why).toMatchObject({
			applied: 'no',
			isNotPeriskope: false,
			details: maxRetries === 3 ? { httpCode: '503' } : { code: 'ECONNRESET' },
		});
		expect(why?.what.includes('Down')).toBe(maxRetries === 3);
	});

	it('does not wait for another try where the run is over', async () => {
		const comeBack = response(503, {}, { 'retry-after': '60' });
		expect(await confirmedBy([comeBack, LISTED], { overAfter: 1 })).toMatchObject({
			why: { applied: 'no', isNotPeriskope: false, details: { httpCode: '503' } },
			calls: 1,
			elapsed: 0,
		});
	});

	it('asks no more where the run is over during a wait', async () => {
		const clock = new VirtualClock();
		const start = clock.now();
		let isOver = false;
		let calls = 0;
		const listPhones = () => {
			calls += 1;
			return Promise.resolve(calls === 1 ? response(503, {}, { 'retry-after': '60' }) : LISTED);
		};
		const endsSoon = clock.pause(10).then(() => {
			isOver = true;
		});
		await clock.run(Promise.all([fetchOrgPhones(listPhones, clock, 5, () => isOver), endsSoon]));
		expect(clock.now() - start).toBe(10);
		expect(calls).toBe(1);
	});

	it('confirms the API if and only if a list came before anything that ends the asking', async () => {
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
				const { why, calls } = await confirmedBy(given, { maxRetries });
				const all = Array.from({ length: calls }, (_, n) => given[n] ?? given.at(-1));
				const asked = all.slice(0, calls).flatMap((result) => result ?? []);
				const limited = asked.filter(
					(result) => result.kind === 'response' && result.status === 429,
				);
				expect(calls - limited.length).toBeLessThanOrEqual(1 + maxRetries);
				expect(asked.slice(0, -1).every(isRetryable)).toBe(true);
				expect(why === undefined).toBe(asked.at(-1) === LISTED);
				const isEnd = asked.slice(-1).every((result) => !isRetryable(result));
				expect(isEnd || calls >= 1 + maxRetries).toBe(true);
			}),
		);
	});
});

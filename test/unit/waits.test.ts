import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { backoffMs, isPassing } from '../../nodes/Periskope/steps/3-send/backoff';
import {
	rateLimitRemaining,
	rateLimitResetMs,
	retryAfterMs,
} from '../../nodes/Periskope/steps/3-send/waitHint';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const answer = (status: number, headers: Record<string, string | string[]> = {}) => ({
	status,
	headers,
	body: '',
});

describe('Retry-After', () => {
	it.each<[string, number | undefined]>([
		['7', 7000],
		['0.5', 500],
		['0', 0],
		['-3', 0],
		['600', 120_000],
		['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
		['Tue, 24 Nov 2026 11:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
	])('%j means %j ms', (text, ms) => {
		expect(retryAfterMs(answer(429, { 'retry-after': text }), NOW)).toBe(ms);
	});

	it('is read from the first of several headers, and may be missing', () => {
		expect(retryAfterMs(answer(429, { 'retry-after': ['2', '9'] }), NOW)).toBe(2000);
		expect(retryAfterMs(answer(429), NOW)).toBeUndefined();
	});
});

describe('X-RateLimit-Reset', () => {
	it.each<[string, number | undefined]>([
		[String(NOW + 5000), 5000],
		[String(NOW / 1000 + 5), 5000],
		['5', 5000],
		['900', 120_000],
		['2026-11-24T12:00:05Z', 5000],
		[String(NOW / 1000 - 60), 0],
		['later', undefined],
		['', undefined],
	])('%j means %j ms', (text, ms) => {
		expect(rateLimitResetMs(answer(200, { 'x-ratelimit-reset': text }), NOW)).toBe(ms);
	});
});

describe('X-RateLimit-Remaining', () => {
	it.each<[string, number | undefined]>([
		['0', 0],
		[' 12 ', 12],
		['-1', undefined],
		['none', undefined],
		['12, 60', undefined],
		['1.5', undefined],
		['7 of 60', undefined],
		['1234567890', undefined],
		['', undefined],
	])('%j means %j', (text, remaining) => {
		expect(rateLimitRemaining(answer(200, { 'x-ratelimit-remaining': text }))).toBe(remaining);
	});
});

describe('a failed attempt', () => {
	it.each([408, 425, 429, 500, 502, 503, 504])('with the status %i may pass', (status) => {
		expect(isPassing(answer(status))).toBe(true);
	});

	it.each([200, 301, 400, 401, 403, 404, 409, 413, 422, 418, 501])(
		'with the status %i does not',
		(status) => {
			expect(isPassing(answer(status))).toBe(false);
		},
	);

	it('may pass after a network fault, but for one that stays as it is', () => {
		for (const fault of ['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'ENOTFOUND', 'NEW_ONE']) {
			expect(isPassing({ fault })).toBe(true);
		}
		for (const fault of ['CERT_HAS_EXPIRED', 'ERR_CANCELED'])
			expect(isPassing({ fault })).toBe(false);
	});

	it('waits a random time below a ceiling that doubles from 0.5 s to 30 s', () => {
		fc.assert(
			fc.property(
				fc.nat(12),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				(attempt, random) => {
					const ceiling = Math.min(500 * 2 ** attempt, 30_000);
					expect(backoffMs({ fault: 'ECONNRESET' }, attempt, NOW, random)).toBeCloseTo(
						random * ceiling,
						6,
					);
				},
			),
		);
	});

	it('waits as long as the server asks instead', () => {
		expect(backoffMs(answer(503, { 'retry-after': '9' }), 0, NOW, 0.5)).toBe(9000);
		expect(
			backoffMs(answer(429, { 'retry-after': '9', 'x-ratelimit-reset': '3' }), 0, NOW, 0.5),
		).toBe(9000);
		expect(backoffMs(answer(429, { 'x-ratelimit-reset': '3' }), 0, NOW, 0.5)).toBe(3000);
	});

	it('does not wait for the rate limit when it failed for another reason', () => {
		expect(backoffMs(answer(500, { 'x-ratelimit-reset': '60' }), 0, NOW, 0.5)).toBe(250);
	});

	it('waits by itself where the time that the server names has passed', () => {
		expect(
			backoffMs(answer(429, { 'retry-after': '0', 'x-ratelimit-reset': '0' }), 1, NOW, 0.5),
		).toBe(500);
	});
});

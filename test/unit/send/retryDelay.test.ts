import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { AttemptResult, HttpResponse } from '../../../nodes/Periskope/api/attempt';
import {
	isRetryable,
	rateLimitRemaining,
	rateLimitResetMs,
	retryAfterMs,
	retryDelayMs,
} from '../../../nodes/Periskope/send/retryDelay';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const LONGEST_MS = 120_000;
const response = (
	status: number,
	headers: Record<string, string | string[]> = {},
): HttpResponse => ({ kind: 'response', status, headers, body: '' });
const networkError = (code: string, wasSent = true): AttemptResult => ({
	kind: 'networkError',
	code,
	wasSent,
	message: '',
});

describe('retryAfterMs', () => {
	it.each<[string, number | undefined]>([
		['7', 7000],
		['0.5', 500],
		['0', 0],
		['-3', 0],
		['600', 120_000],
		['Infinity', 120_000],
		['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
		['Tue, 24 Nov 2026 11:00:00 GMT', 0],
		['Tue, 24 Nov 2026 13:00:00 GMT', 120_000],
		[' 7 ', 7000],
		['soon', undefined],
		[' ', undefined],
		['', undefined],
	])('reads %j as %j ms', (text, ms) => {
		expect(retryAfterMs(response(429, { 'retry-after': text }), NOW)).toBe(ms);
	});

	it('reads the first of several headers', () => {
		expect(retryAfterMs(response(429, { 'retry-after': ['2', '9'] }), NOW)).toBe(2000);
	});

	it('returns undefined where the header is missing', () => {
		expect(retryAfterMs(response(429), NOW)).toBeUndefined();
	});
});

describe('rateLimitResetMs', () => {
	it.each<[string, number | undefined]>([
		[String(NOW + 5000), 5000],
		[String(NOW / 1000 + 5), 5000],
		['5', 5000],
		['900', 120_000],
		['2026-11-24T12:00:05Z', 5000],
		[String(NOW / 1000 - 60), 0],
		[String(NOW - 60_000), 0],
		['later', undefined],
		['', undefined],
	])('reads %j as %j ms', (text, ms) => {
		expect(rateLimitResetMs(response(200, { 'x-ratelimit-reset': text }), NOW)).toBe(ms);
	});

	it('returns undefined where the header is missing', () => {
		expect(rateLimitResetMs(response(429), NOW)).toBeUndefined();
	});
});

describe('rateLimitRemaining', () => {
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
	])('reads %j as %j', (text, remaining) => {
		expect(rateLimitRemaining(response(200, { 'x-ratelimit-remaining': text }))).toBe(remaining);
	});

	it('returns undefined where the header is missing', () => {
		expect(rateLimitRemaining(response(200))).toBeUndefined();
	});
});

describe('isRetryable', () => {
	it.each([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524])(
		'is true for the status %i',
		(status) => {
			expect(isRetryable(response(status))).toBe(true);
		},
	);

	it.each([200, 301, 400, 401, 403, 404, 405, 407, 409, 413, 422, 418, 501, 511, 519, 525])(
		'is false for the status %i',
		(status) => {
			expect(isRetryable(response(status))).toBe(false);
		},
	);

	it.each(['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'ENOTFOUND', 'NEW_ONE'])(
		'is true for the network error %s',
		(code) => {
			expect(isRetryable(networkError(code))).toBe(true);
		},
	);

	it.each(['CERT_HAS_EXPIRED', 'EPROTO', 'ERR_INVALID_URL', 'ERR_CANCELED'])(
		'is false for the permanent network error %s',
		(code) => {
			expect(isRetryable(networkError(code))).toBe(false);
		},
	);

	it('depends for an unknown network error on whether the request was sent', () => {
		expect(isRetryable(networkError('NEW_ONE', true))).toBe(true);
		expect(isRetryable(networkError('NEW_ONE', false))).toBe(false);
	});
});

describe('retryDelayMs', () => {
	it('is a random time below a ceiling that doubles from 0.5 s to 30 s', () => {
		fc.assert(
			fc.property(
				fc.nat(12),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				(attempt, random) => {
					const ceiling = Math.min(500 * 2 ** attempt, 30_000);
					for (const result of [networkError('ECONNRESET'), response(503)]) {
						expect(retryDelayMs(result, attempt, NOW, random)).toBeCloseTo(random * ceiling, 6);
					}
				},
			),
		);
	});

	it('is what the server asks for instead', () => {
		expect(retryDelayMs(response(503, { 'retry-after': '9' }), 0, NOW, 0.5)).toBe(9000);
		expect(
			retryDelayMs(response(429, { 'retry-after': '9', 'x-ratelimit-reset': '3' }), 0, NOW, 0.5),
		).toBe(9000);
		expect(retryDelayMs(response(429, { 'x-ratelimit-reset': '3' }), 0, NOW, 0.5)).toBe(3000);
	});

	it('ignores the reset of the rate limit after any other error', () => {
		expect(retryDelayMs(response(500, { 'x-ratelimit-reset': '60' }), 0, NOW, 0.5)).toBe(250);
	});

	it.each<Record<string, string>>([
		{ 'retry-after': '0', 'x-ratelimit-reset': '0' },
		{ 'retry-after': 'Tue, 24 Nov 2026 11:00:00 GMT' },
		{ 'x-ratelimit-reset': String(NOW - 1000) },
		{ 'retry-after': 'soon', 'x-ratelimit-reset': 'later' },
	])('is random where the server names a time that has passed or cannot be read: %j', (headers) => {
		expect(retryDelayMs(response(429, headers), 1, NOW, 0.5)).toBe(500);
	});

	it('is never negative nor longer than two minutes, whatever the server asks for', () => {
		const number = fc.oneof(fc.integer(), fc.double(), fc.nat(4e12)).map(String);
		const date = fc.date({ noInvalidDate: true }).map((value) => value.toUTCString());
		const text = fc.oneof(fc.string(), number, date);
		const headers = fc.record(
			{ 'retry-after': text, 'x-ratelimit-reset': text },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(headers, fc.constantFrom(429, 500, 503), fc.nat(20), (sent, status, attempt) => {
				const delay = retryDelayMs(response(status, sent), attempt, NOW, 0.5);
				expect(delay).toBeGreaterThan(0);
				expect(delay).toBeLessThanOrEqual(LONGEST_MS);
			}),
		);
	});
});

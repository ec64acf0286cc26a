import { describe, expect, it } from '@jest/globals';

import { readApiKey, withoutApiKey } from '../../nodes/Periskope/transport/apiKey';
import { readBaseUrl } from '../../nodes/Periskope/transport/baseUrl';
import { orgPhonesFrom } from '../../nodes/Periskope/methods/orgPhones';
import { answerFrom, faultFrom } from '../../nodes/Periskope/transport/response';

describe('the base URL', () => {
	it.each([
		['https://api.periskope.app/v1', 'https://api.periskope.app/v1'],
		[' https://api.periskope.app/v1// ', 'https://api.periskope.app/v1'],
		['http://localhost:8080/v1', 'http://localhost:8080/v1'],
		['http://127.0.0.1:8080/v1/', 'http://127.0.0.1:8080/v1'],
		['http://[::1]:8080', 'http://[::1]:8080'],
	])('%j is taken', (given, url) => {
		expect(readBaseUrl(given)).toEqual({ url });
	});

	it.each([
		'http://api.periskope.app/v1',
		'http://localhost.example.com',
		'http://127.0.0.1.example.com',
		'ftp://localhost',
		'file:///etc/passwd',
		'api.periskope.app',
		'',
		undefined,
		7,
	])('%j is refused', (given) => {
		expect(readBaseUrl(given)).toEqual({ problem: expect.any(String) as unknown });
	});
});

describe('the API key', () => {
	const KEY = 'eyJhbGciOi.secret.key';

	it('is read without what is pasted around it', () => {
		expect(readApiKey(` Bearer ${KEY}\n`)).toBe(KEY);
		expect(readApiKey(undefined)).toBe('');
	});

	it('is taken out of keys and values, at any depth', () => {
		expect(withoutApiKey({ a: [`x ${KEY} y`], [KEY]: { b: KEY } }, KEY)).toEqual({
			a: ['x [API key] y'],
			'[API key]': { b: '[API key]' },
		});
		expect(withoutApiKey(`Bearer ${KEY}`, KEY)).toBe('Bearer [API key]');
	});

	it('leaves a body without it as it is', () => {
		const body = [{ email: 'a@b.co' }];
		expect(withoutApiKey(body, KEY)).toBe(body);
		expect([undefined, null].map((empty) => withoutApiKey<unknown>(empty, KEY))).toEqual([
			undefined,
			null,
		]);
		expect(withoutApiKey('abc', '')).toBe('abc');
	});
});

describe("a response of n8n's helper", () => {
	it('becomes an answer', () => {
		expect(
			answerFrom(
				{ statusCode: 200, headers: { a: 'b', c: ['d'], e: 7 }, body: [] },
				'key-of-some-length',
			),
		).toEqual({
			status: 200,
			headers: { a: 'b', c: ['d'], e: undefined },
			body: [],
		});
	});

	it.each([
		[{ httpCode: 'ECONNRESET', config: { headers: { Authorization: 'x' } } }, 'ECONNRESET'],
		[{ httpCode: null, code: 'ETIMEDOUT' }, 'ETIMEDOUT'],
		[new Error('boom'), 'UNKNOWN'],
		['text', 'UNKNOWN'],
		[undefined, 'UNKNOWN'],
	])('that is an error keeps its code alone: %j', (error, fault) => {
		expect(faultFrom(error)).toEqual({ fault });
	});
});

describe('the list of org phones', () => {
	it('takes null in every field', () => {
		expect(
			orgPhonesFrom({
				status: 200,
				headers: {},
				body: [{}, { org_phone: '1@c.us', phone_name: null, wa_state: 7 }],
			}),
		).toEqual({
			phones: [
				{ org_phone: null, phone_name: null, wa_state: null },
				{ org_phone: '1@c.us', phone_name: null, wa_state: null },
			],
		});
	});
});

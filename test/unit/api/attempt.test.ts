import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	header,
	resultFromError,
	resultFromResponse,
	type HttpResponse,
} from '../../../nodes/Periskope/api/attempt';

const KEY = 'eyJhbGciOiJIUzI1NiJ9.eyJvcmciOiJ4In0.s1-gn_atur3';

describe('resultFromResponse', () => {
	it('returns status, headers and body, and drops headers that are not text', () => {
		expect(
			resultFromResponse(
				{ statusCode: 200, headers: { a: 'b', c: ['d'], e: 7 }, body: [] },
				'key-of-some-length',
			),
		).toEqual({
			kind: 'response',
			status: 200,
			headers: { a: 'b', c: ['d'], e: undefined },
			body: [],
		});
	});

	it('removes the API key from the headers and the body', () => {
		const result = resultFromResponse(
			{
				statusCode: 401,
				headers: { 'x-echo': `Bearer ${KEY}`, 'set-cookie': [`key=${KEY}`, 'a=b'] },
				body: { message: `The key ${KEY} has expired` },
			},
			KEY,
		);
		expect(result).toEqual({
			kind: 'response',
			status: 401,
			headers: { 'x-echo': 'Bearer [API key]', 'set-cookie': ['key=[API key]', 'a=b'] },
			body: { message: 'The key [API key] has expired' },
		});
	});

	it.each([[{}], [{ body: undefined }]])('has no body where there is none: %j', (body) => {
		expect(resultFromResponse({ statusCode: 204, headers: {}, ...body }, KEY)).toEqual({
			kind: 'response',
			status: 204,
			headers: {},
			body: undefined,
		});
	});

	it.each([[undefined], ['text'], [{}], [{ statusCode: '200', headers: {} }], [{ headers: {} }]])(
		'throws for anything but a whole response: %j',
		(response) => {
			expect(() => resultFromResponse(response, KEY)).toThrow();
		},
	);
});

describe('resultFromError', () => {
	it.each([
		[{ httpCode: 'ECONNRESET', config: { headers: { Authorization: 'x' } } }, 'ECONNRESET'],
		[{ httpCode: 'ECONNRESET', code: 'ETIMEDOUT' }, 'ECONNRESET'],
		[{ httpCode: null, code: 'ETIMEDOUT' }, 'ETIMEDOUT'],
		[{ httpCode: '', code: 'ETIMEDOUT' }, 'ETIMEDOUT'],
		[{ httpCode: 404, code: 7 }, 'UNKNOWN'],
		[Object.assign(new Error('boom'), { code: 'EPIPE' }), 'EPIPE'],
		[new Error('boom'), 'UNKNOWN'],
		['text', 'UNKNOWN'],
		[null, 'UNKNOWN'],
		[undefined, 'UNKNOWN'],
	])('keeps the code alone of %j', (error, code) => {
		expect(resultFromError(error)).toEqual({ kind: 'networkError', code });
	});

	it('returns a code and nothing else, whatever was thrown', () => {
		fc.assert(
			fc.property(fc.anything(), (error) => {
				expect(resultFromError(error)).toEqual({
					kind: 'networkError',
					code: expect.stringMatching(/./s) as unknown,
				});
			}),
		);
	});
});

describe('header', () => {
	const response: HttpResponse = {
		kind: 'response',
		status: 200,
		headers: { one: 'a', several: ['b', 'c'], none: [], dropped: undefined },
		body: [],
	};

	it.each([
		['one', 'a'],
		['several', 'b'],
		['none', undefined],
		['dropped', undefined],
		['missing', undefined],
	])('returns the first value of the header "%s": %j', (name, value) => {
		expect(header(response, name)).toBe(value);
	});
});

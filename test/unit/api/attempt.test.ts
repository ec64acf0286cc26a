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

	it('has no body where there is one so deep that nobody can copy it, and keeps others', () => {
		const nested = (depth: number): unknown =>
			depth === 0 ? 'x' : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) };
		const bodyOf = (body: unknown) =>
			resultFromResponse({ statusCode: 200, headers: {}, body }, KEY).body;
		expect(bodyOf(nested(90))).toEqual(nested(90));
		for (const depth of [110, 5000]) expect(bodyOf(nested(depth))).toBeNull();
		const wide = Array.from({ length: 20_000 }, (_, id) => ({ id, labels: [{ name: 'x' }] }));
		expect(bodyOf(wide)).toEqual(wide);
	});

	it.each([[undefined], ['text'], [{}], [{ statusCode: '200', headers: {} }], [{ headers: {} }]])(
		'throws for anything but a whole response: %j',
		(response) => {
			expect(() => resultFromResponse(response, KEY)).toThrow();
		},
	);
});

/** What Node.js, axios and n8n put around each other. */
const failedWith = (properties: object, message = 'It failed') =>
	Object.assign(new Error(message), properties);

describe('resultFromError', () => {
	it.each<[unknown, string, string]>([
		[{ httpCode: 'ECONNRESET', config: { headers: { Authorization: 'x' } } }, 'ECONNRESET', ''],
		[{ httpCode: 'ECONNRESET', code: 'ETIMEDOUT' }, 'ECONNRESET', ''],
		[{ httpCode: null, code: 'ETIMEDOUT' }, 'ETIMEDOUT', ''],
		[{ httpCode: '', code: 'ETIMEDOUT' }, 'ETIMEDOUT', ''],
		[{ httpCode: 404, code: 7 }, 'UNKNOWN', ''],
		[Object.assign(new Error('boom'), { code: 'EPIPE' }), 'EPIPE', 'boom'],
		[new Error('boom'), 'Error', 'boom'],
		[new TypeError('boom'), 'TypeError', 'boom'],
		['text', 'UNKNOWN', ''],
		[null, 'UNKNOWN', ''],
		[undefined, 'UNKNOWN', ''],
	])('keeps code and message alone of %j', (error, code, message) => {
		expect(resultFromError(error, KEY)).toStrictEqual({
			kind: 'networkError',
			code,
			// Whatever has a code or a status may have left.
			wasSent:
				!['Error', 'TypeError', 'UNKNOWN'].includes(code) &&
				typeof error === 'object' &&
				error !== null,
			message,
		});
	});

	it.each<[string, unknown, string]>([
		['in its cause', failedWith({ cause: { code: 'EPIPE' } }), 'EPIPE'],
		['in the cause of its cause', { cause: { cause: { code: 'EPIPE' } } }, 'EPIPE'],
		[
			'of the first of several errors',
			new AggregateError([failedWith({ code: 'ECONNREFUSED' }), failedWith({ code: 'EPIPE' })]),
			'ECONNREFUSED',
		],
		[
			'of the first of several errors in its cause',
			{ cause: new AggregateError([failedWith({ code: 'ENETUNREACH' })]) },
			'ENETUNREACH',
		],
		[
			'of its own before that of its cause',
			{ code: 'ECONNABORTED', cause: { code: 'EPIPE' } },
			'ECONNABORTED',
		],
		[
			'in place of the status of a cut-off response',
			{ httpCode: '200', code: 'ECONNRESET' },
			'ECONNRESET',
		],
		[
			'in its cause in place of the status of a cut-off response',
			failedWith({ httpCode: '200', cause: failedWith({ code: 'ERR_BAD_RESPONSE' }) }),
			'ERR_BAD_RESPONSE',
		],
		[
			'where the status stands in several places',
			{ httpCode: '502', code: '502', cause: { httpCode: '502', code: 'EPIPE' } },
			'EPIPE',
		],
	])("finds the network's code %s", (_, error, code) => {
		expect(resultFromError(error, KEY).code).toBe(code);
	});

	it.each(['200', '204', '404', '502', '0'])(
		'never takes the status of a response for a code: %s',
		(status) => {
			expect(resultFromError({ httpCode: status }, KEY).code).toBe('ERR_BAD_RESPONSE');
			expect(resultFromError(failedWith({ httpCode: status, code: status }), KEY).code).toBe(
				'ERR_BAD_RESPONSE',
			);
			const cause = failedWith({ code: status });
			expect(resultFromError(failedWith({ httpCode: status, cause }), KEY).code).toBe(
				'ERR_BAD_RESPONSE',
			);
		},
	);

	it.each<[string, unknown, string | undefined]>([
		['a property', { code: 'EHOSTUNREACH', syscall: 'connect' }, 'connect'],
		['a property of its cause', { code: 'EHOSTUNREACH', cause: { syscall: 'read' } }, 'read'],
		['a property of several', new AggregateError([failedWith({ syscall: 'connect' })]), 'connect'],
		['the message', { message: 'read EHOSTUNREACH 1.2.3.4:443' }, 'read'],
		['the message of a lookup', { message: 'getaddrinfo ENOTFOUND x.co' }, 'getaddrinfo'],
		['the message alone', new Error('connect ETIMEDOUT 1.2.3.4:443'), 'connect'],
		['the message of its cause', failedWith({ cause: new Error('write EPIPE') }), 'write'],
		[
			'one of several messages',
			{ message: 'Failed', messages: [7, 'x', 'read EHOSTUNREACH 1.2.3.4:443'] },
			'read',
		],
		['a property before the message', { syscall: 'read', message: 'connect EPIPE' }, 'read'],
		['nothing in a message of other words', { message: 'Could not read EPIPE' }, undefined],
		['nothing where it is not text', { syscall: 7, messages: 'read EPIPE' }, undefined],
	])('says what the system was doing by %s', (_, error, syscall) => {
		expect(resultFromError(error, KEY).syscall).toBe(syscall);
		expect('syscall' in resultFromError(error, KEY)).toBe(syscall !== undefined);
	});

	it.each<[unknown, boolean]>([
		[{ request: {} }, true],
		[failedWith({ request: { path: '/' } }), true],
		[failedWith({ cause: failedWith({ request: {} }) }), true],
		[{ cause: new AggregateError([failedWith({ request: {} })]) }, true],
		[{ code: 'ECONNRESET' }, true],
		[{ httpCode: '200' }, true],
		[{ code: 'ECONNRESET', request: { socket: { connecting: true } } }, false],
		[{ code: 'ERR_SSL_X', request: { socket: { secureConnecting: true } } }, false],
		[{ request: { socket: { connecting: false, secureConnecting: false } } }, true],
		[{ request: { socket: null } }, true],
		[{ request: undefined }, false],
		[{ request: 'GET /' }, false],
		[new Error('boom'), false],
		['text', false],
	])(
		'may have left unless its socket was still connecting, or nothing tells of a network: %#',
		(error, wasSent) => {
			expect(resultFromError(error, KEY).wasSent).toBe(wasSent);
		},
	);

	it.each<[string, unknown, string]>([
		['in one line', new Error('One\r\n\ttwo\u2028three.'), 'One two three'],
		[
			'of the innermost cause',
			failedWith({ cause: new Error('socket hang up') }),
			'socket hang up',
		],
		['of its own where its cause has none', failedWith({ cause: { code: 'EPIPE' } }), 'It failed'],
		[
			'without the API key',
			new Error(`Invalid header "Bearer ${KEY}", ${KEY}`),
			'Invalid header "Bearer [API key]", [API key]',
		],
		['without brackets', new Error('<b>Bad</b> gateway'), '‹b›Bad‹/b› gateway'],
		['shortened', new Error('x'.repeat(20_000)), `${'x'.repeat(300)}…`],
	])('gives the message %s', (_, error, message) => {
		expect(resultFromError(error, KEY).message).toBe(message);
	});

	it('ends with a chain of causes that never ends', () => {
		const error = failedWith({});
		Object.assign(error, { cause: error });
		expect(resultFromError(error, KEY)).toStrictEqual({
			kind: 'networkError',
			code: 'Error',
			wasSent: false,
			message: 'It failed',
		});
	});

	it('holds no API key and no brackets in its message, whatever was thrown', () => {
		const word = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.constantFrom(KEY, '<', '>', '\n', '😀'),
		);
		const message = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));
		fc.assert(
			fc.property(message, fc.nat(3), (text, depth) => {
				let error: unknown = new Error(text);
				for (let level = 0; level < depth; level++) error = failedWith({ cause: error });
				const result = resultFromError(error, KEY);
				expect(result.message).not.toContain(KEY);
				expect(result.message).toMatch(/^[^<>\r\n\u2028\u2029\p{Cs}]*$/u);
			}),
		);
	});

	it('returns what is known and nothing else, whatever was thrown', () => {
		const some = fc.record(
			{
				code: fc.oneof(fc.string(), fc.anything()),
				httpCode: fc.oneof(fc.string(), fc.anything()),
				syscall: fc.oneof(fc.string(), fc.anything()),
				message: fc.oneof(fc.string(), fc.anything()),
				messages: fc.anything(),
				request: fc.anything(),
				errors: fc.anything(),
				cause: fc.anything(),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.oneof(fc.anything(), some), (error) => {
				const { syscall, ...result } = resultFromError(error, KEY);
				expect(result).toEqual({
					kind: 'networkError',
					code: expect.stringMatching(/./s) as unknown,
					wasSent: expect.any(Boolean) as unknown,
					message: expect.stringMatching(/^[^<>\n]*$/) as unknown,
				});
				expect(result.code).not.toMatch(/^\d+$/);
				expect(['string', 'undefined']).toContain(typeof syscall);
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

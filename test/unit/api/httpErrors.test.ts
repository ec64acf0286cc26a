import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { adviceOnRow } from '../../../nodes/Periskope/operationMessages';
import {
	failureFromResponse,
	isForeign,
	isTransientStatus,
	isWebPage,
	traceOf,
	undocumented,
	wordsOf,
} from '../../../nodes/Periskope/api/httpErrors';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';

const failure = (
	status: number,
	body: unknown,
	headers: Record<string, string | string[] | undefined> = {},
) => failureFromResponse({ kind: 'response', status, headers, body });

/** As documented, for a request without labels. */
const DOCUMENTED = {
	code: 'VALIDATION_ERROR',
	name: 'Validation Error',
	status: 422,
	message: 'Validation failed',
	fields: { labels: { message: 'labels is missing', value: null } },
};

describe('failureFromResponse', () => {
	it('keeps all that Periskope documents of an error', () => {
		expect(failure(422, DOCUMENTED, { 'x-periskope-trace-id': 'trace-1' })).toEqual({
			what: 'Periskope rejected the request: Validation failed; labels is missing',
			advice: 'Correct the value that Periskope names.',
			reason: 'rejected',
			applied: 'no',
			details: {
				httpCode: '422',
				code: 'VALIDATION_ERROR',
				fields: DOCUMENTED.fields,
				traceId: 'trace-1',
			},
		});
	});

	it('treats a web page with the status 404 as not from Periskope', () => {
		const page = '<!DOCTYPE html><h1>Not Found</h1>';
		expect(failure(404, page)).toEqual({
			what: "The Base URL isn't the Periskope API (HTTP status 404)",
			advice:
				'Check the Base URL in the credential. Periskope documents https://api.periskope.app/v1.',
			reason: 'unavailable',
			applied: 'no',
			isNotPeriskope: true,
			details: { httpCode: '404' },
		});
		expect(failure(404, '<h1>Not Found</h1>').isNotPeriskope).toBe(true);
		expect(failure(422, 'Not <b>found</b>').isNotPeriskope).toBeUndefined();
		expect(failure(500, page).isNotPeriskope).toBeUndefined();
	});

	it('treats a web page with any status from 400 to 499 as not from Periskope', () => {
		for (let status = 400; status <= 499; status++) {
			// A rate limit of something in front of the API, say, which passes.
			if (isTransientStatus(status)) continue;
			for (const page of [
				'<!DOCTYPE html><h1>Forbidden</h1>',
				' \n<html>',
				'<center>No</center>',
			]) {
				expect(failure(status, page)).toEqual({
					what: `The Base URL isn't the Periskope API (HTTP status ${status})`,
					advice:
						'Check the Base URL in the credential. Periskope documents https://api.periskope.app/v1.',
					reason: 'unavailable',
					applied: 'no',
					isNotPeriskope: true,
					details: { httpCode: String(status) },
				});
			}
		}
	});

	it('treats a 404 that says nothing in the form of the API as not from Periskope', () => {
		for (const body of [null, undefined, '', ' ', 'Not found', 'Not <b>found</b>', 7, true]) {
			expect(failure(404, body)).toMatchObject({
				what: expect.stringMatching(/^The Base URL isn't the Periskope API/) as unknown,
				applied: 'no',
				isNotPeriskope: true,
			});
			expect(isForeign({ kind: 'response', status: 404, headers: {}, body })).toBe(true);
		}
		for (const body of [{}, { message: 'Not found' }, { code: 'NOT_FOUND' }]) {
			expect(failure(404, body).what).toMatch(/^Periskope didn't find what the request names/);
			expect(failure(404, body).isNotPeriskope).toBeUndefined();
			expect(isForeign({ kind: 'response', status: 404, headers: {}, body })).toBe(false);
		}
	});

	it('treats the statuses of proxies and other servers as not from Periskope, whatever the body', () => {
		const FOREIGN = [405, 407, 421, 426, 451, 511];
		const bodies = [
			null,
			{},
			'',
			'Not allowed',
			{ message: 'No' },
			{ code: 'A', fields: { b: 'c' } },
		];
		for (let status = 400; status <= 599; status++) {
			for (const body of bodies) {
				if (status === 404 && (typeof body !== 'object' || body === null)) continue;
				const { isNotPeriskope, applied, what } = failure(status, body);
				expect([status, isNotPeriskope]).toEqual([
					status,
					FOREIGN.includes(status) ? true : undefined,
				]);
				if (!isNotPeriskope) continue;
				expect(applied).toBe('no');
				expect(what).toMatch(/^The Base URL isn't the Periskope API/);
			}
		}
		expect(failure(405, { message: 'No' }).what).toBe("The Base URL isn't the Periskope API: No");
	});

	it('is certainly not applied, and may be repeated, after a 503 that asks to come back later', () => {
		expect(failure(503, null, { 'retry-after': '7' })).toEqual({
			what: 'Periskope is temporarily unavailable (HTTP status 503)',
			advice: '',
			reason: 'unavailable',
			applied: 'no',
			isRetryable: true,
			details: { httpCode: '503' },
		});
		expect(failure(503, { message: 'Busy' }, { 'retry-after': ['1', '2'] })).toMatchObject({
			what: 'Periskope is temporarily unavailable: Busy',
			applied: 'no',
			isRetryable: true,
		});
		expect(failure(503, null, { 'retry-after': undefined }).applied).toBe('unknown');
		for (const status of [500, 502, 504, 520, 524]) {
			expect(failure(status, null, { 'retry-after': '7' }).applied).toBe('unknown');
		}
	});

	it.each([520, 521, 522, 523, 524])(
		'has an unknown outcome where a server behind a proxy is down or slow: %i',
		(status) => {
			expect(isTransientStatus(status)).toBe(true);
			const cut = failure(status, '<html>Web server is down</html>');
			expect(cut).toMatchObject({ applied: 'unknown', details: { httpCode: String(status) } });
			expect(cut.isNotPeriskope).toBeUndefined();
		},
	);

	it('advises to try again after a transient error alone', () => {
		const again = UPDATE_ACCESS.messages.adviceIfRetryable;
		expect(adviceOnRow(failure(425, null), UPDATE_ACCESS.messages)).toContain(again);
		expect(adviceOnRow(failure(429, null), UPDATE_ACCESS.messages)).toContain(again);
		expect(adviceOnRow(failure(422, null), UPDATE_ACCESS.messages)).toBe(
			'Correct the value that Periskope names.',
		);
	});

	it('repeats the reason that Periskope gives with a 401', () => {
		const body = {
			code: 'UNAUTHORIZED_ERROR',
			message: 'APIs available only for active pro and enterprise plans.',
		};
		expect(failure(401, body)).toMatchObject({
			what: 'Periskope rejected the API key: APIs available only for active pro and enterprise plans',
			details: { code: 'UNAUTHORIZED_ERROR', httpCode: '401' },
		});
	});

	it.each<[string, unknown, string]>([
		['message', { message: 'One' }, 'One'],
		['message before error', { message: 'One', error: 'Two' }, 'One'],
		['error as text', { error: 'Two' }, 'Two'],
		['error as an object', { error: { message: 'Two', code: 7 } }, 'Two'],
		['error where the message is not text', { message: null, error: 'Two' }, 'Two'],
		['message where the error is not text', { message: 'One', error: ['x'] }, 'One'],
		['text of a body that is not JSON', 'Bad gateway', 'Bad gateway'],
		['several lines as one', 'Bad\r\n\tgateway\u2028here', 'Bad gateway here'],
		['words without their full stop', { message: 'One. Two...' }, 'One. Two'],
		[
			'messages of several fields',
			{ message: 'One', fields: { emails: { message: 'Two' }, labels: { message: 'Three' } } },
			'One; Two; Three',
		],
		['messages of fields alone', { fields: { emails: { message: 'Two' } } }, 'Two'],
		['message alone where fields are not messages', { message: 'One', fields: { a: 1 } }, 'One'],
	])('uses the %s', (_, body, words) => {
		expect(failure(422, body).what).toBe(`Periskope rejected the request: ${words}`);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['empty text', ''],
		['blanks', ' \n '],
		['an empty object', {}],
		['an array', [DOCUMENTED]],
		['a number', 7],
		['an error without text', { error: {} }],
		['an object whose fields are an array', { fields: [1] }],
	])('names the status where the body is %s', (_, body) => {
		expect(failure(422, body)).toEqual({
			what: 'Periskope rejected the request (HTTP status 422)',
			advice: expect.any(String) as unknown,
			reason: 'rejected',
			applied: 'no',
			details: { httpCode: '422' },
		});
	});

	it.each<[string, unknown]>([
		['a web page', '<!DOCTYPE html><html><body>Bad gateway</body></html>'],
		['a web page in capitals', ' \n<HTML><BODY>Bad gateway</BODY></HTML>'],
		['a web page that starts with its head', '<head><title>502</title></head>'],
	])('names the status alone where the body is %s', (_, body) => {
		expect(failure(502, body)).toEqual({
			what: "Periskope couldn't process the request (HTTP status 502)",
			advice: '',
			reason: 'unavailable',
			applied: 'unknown',
			details: { httpCode: '502' },
		});
		expect(failure(422, body)).toEqual({
			what: "The Base URL isn't the Periskope API (HTTP status 422)",
			advice: expect.any(String) as unknown,
			reason: 'unavailable',
			applied: 'no',
			isNotPeriskope: true,
			details: { httpCode: '422' },
		});
	});

	it('does not take text that begins with a bracket for a web page', () => {
		const { what, isNotPeriskope } = failure(422, '<asha@acme.com> is unknown');
		expect(what).toBe('Periskope rejected the request: ‹asha@acme.com› is unknown');
		expect(isNotPeriskope).toBeUndefined();
	});

	it('leaves out code, fields and trace id where they have another type than documented', () => {
		const { what, ...rest } = failure(422, { message: 'One', code: 7, fields: 'x' });
		expect(what).toContain('One');
		expect(rest).toStrictEqual({
			advice: 'Correct the value that Periskope names.',
			reason: 'rejected',
			applied: 'no',
			details: { httpCode: '422' },
		});
	});

	it('takes the first of several trace ids', () => {
		const name = 'x-periskope-trace-id';
		expect(failure(500, '', { [name]: ['one', 'two'] }).details.traceId).toBe('one');
		expect(failure(500, '', { [name]: undefined }).details).not.toHaveProperty('traceId');
	});

	it('does not pollute any prototype through a "__proto__" property', () => {
		const body: unknown = JSON.parse(
			'{"__proto__":{"code":"EVIL","message":"evil"},"message":"One","fields":{"__proto__":{"message":"Two"},"labels":{"message":"Three"}}}',
		);
		const { details, what } = failure(422, body);
		expect(details.code).toBeUndefined();
		expect(what).toMatch(/^Periskope rejected the request: One; .*Three$/);
		expect(Object.keys(Object.prototype)).toEqual([]);
		expect('message' in {}).toBe(false);
	});

	it('cuts the words of Periskope after 300 characters', () => {
		const long = failure(422, { message: 'x'.repeat(20_000) });
		expect(long.what).toBe(`Periskope rejected the request: ${'x'.repeat(300)}…`);
		expect(failure(422, { message: 'x'.repeat(300) }).what).not.toContain('…');
	});

	it('keeps twenty fields, and of each 300 characters', () => {
		const fields = Object.fromEntries(
			Array.from({ length: 50 }, (_, index) => [`f${index}`, { message: `m${index}` }]),
		);
		const first = Object.fromEntries(Object.entries(fields).slice(0, 20));
		expect(failure(422, { message: 'm', fields }).details.fields).toEqual(first);
		const value = { message: 'x'.repeat(20_000) };
		expect(failure(422, { fields: { long: value, short: 'y' } }).details.fields).toEqual({
			long: `${JSON.stringify(value).slice(0, 300)}…`,
			short: 'y',
		});
		const fitting = 'x'.repeat(298);
		expect(failure(422, { fields: { a: fitting, b: `${fitting}x` } }).details.fields).toEqual({
			a: fitting,
			b: `"${fitting}x…`,
		});
		const name = `a\n${'n'.repeat(20_000)}`;
		expect(failure(422, { fields: { [name]: 1 } }).details.fields).toEqual({
			[`a ${'n'.repeat(298)}…`]: 1,
		});
	});

	it('keeps code and trace id in one line of 300 characters', () => {
		const trace = (id: string) => ({ 'x-periskope-trace-id': id });
		expect(failure(422, { code: 'A\n<b>' }, trace('t\r\n<i>')).details).toEqual({
			httpCode: '422',
			code: 'A ‹b›',
			traceId: 't ‹i›',
		});
		const long = 'x'.repeat(20_000);
		expect(failure(422, { code: long }, trace(long)).details).toEqual({
			httpCode: '422',
			code: `${'x'.repeat(300)}…`,
			traceId: `${'x'.repeat(300)}…`,
		});
	});

	it('keeps little, however much a response says', () => {
		const long = 'y'.repeat(5000);
		const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, long]));
		for (const body of [
			many,
			{ message: long, code: long, error: long, fields: many },
			{ detail: many, note: 'n' },
			{ fields: { [long]: [many] } },
			long,
			JSON.parse('['.repeat(1000) + ']'.repeat(1000)) as unknown,
		]) {
			const found = failure(422, body, { 'x-periskope-trace-id': long });
			expect(JSON.stringify(found).length).toBeLessThan(20 * 1000 + 2000);
			expect(found.what.length).toBeLessThan(400);
			expect(wordsOf({ kind: 'response', status: 422, headers: {}, body }).length).toBeLessThan(
				302,
			);
		}
	});

	it('never throws, and always returns full sentences, whatever the body holds', () => {
		const body = fc.oneof(
			fc.oneof(fc.string(), fc.jsonValue()),
			fc.record(
				{
					code: fc.oneof(fc.string(), fc.jsonValue()),
					message: fc.oneof(fc.string(), fc.oneof(fc.string(), fc.jsonValue())),
					error: fc.oneof(fc.string(), fc.jsonValue()),
					fields: fc.oneof(
						fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.jsonValue())),
						fc.anything(),
					),
				},
				{ requiredKeys: [] },
			),
		);
		fc.assert(
			fc.property(fc.integer({ min: 300, max: 599 }), body, (status, sent) => {
				const found = failure(status, sent);
				expect(found.what).toMatch(/^[A-Z][^\r\n\u2028\u2029]{20,450}$/);
				expect(adviceOnRow(found, UPDATE_ACCESS.messages)).toMatch(/^[A-Z].+\.$/);
				expect(found.details.httpCode).toBe(String(status));
			}),
		);
	});

	it.each([
		[300, 'unavailable', 'unknown', 'redirects to another address', 'final address'],
		[301, 'unavailable', 'unknown', 'redirects to another address', 'final address'],
		[302, 'unavailable', 'unknown', 'redirects to another address', 'final address'],
		[303, 'unavailable', 'unknown', 'redirects to another address', 'final address'],
		[304, 'unavailable', 'unknown', 'redirects to another address', 'final address'],
		[307, 'unavailable', 'no', 'redirects to another address', 'final address'],
		[308, 'unavailable', 'no', 'redirects to another address', 'final address'],
		[400, 'rejected', 'no', 'rejected the request', 'Correct the value'],
		[401, 'rejected', 'no', 'rejected the API key', 'API key in the credential'],
		[403, 'rejected', 'no', "doesn't allow this API key", 'role'],
		[404, 'rejected', 'no', "didn't find", 'Base URL'],
		[408, 'unavailable', 'unknown', "didn't receive the request in time", 'is safe'],
		[409, 'rejected', 'no', 'rejected the request', 'Correct the value'],
		[413, 'rejected', 'no', 'too large', "Lower 'Batch Size'"],
		[425, 'unavailable', 'no', "didn't accept the request yet", 'Try again'],
		[429, 'unavailable', 'no', 'rate limit is reached', "lower 'Concurrent Requests'"],
		[500, 'unavailable', 'unknown', "couldn't process the request", 'is safe'],
		[405, 'unavailable', 'no', "isn't the Periskope API", 'Base URL'],
		[407, 'unavailable', 'no', "isn't the Periskope API", 'Base URL'],
		[503, 'unavailable', 'unknown', "couldn't process the request", 'is safe'],
		[511, 'unavailable', 'no', "isn't the Periskope API", 'Base URL'],
		[520, 'unavailable', 'unknown', "couldn't process the request", 'is safe'],
	])(
		'returns for the status %i: %s, applied %s, "%s", and the advice "%s"',
		(status, reason, applied, what, advice) => {
			// Of a 404, the API has something to say.
			for (const body of status === 404 ? [{}] : [{}, null]) {
				const found = failure(status, body);
				expect(found).toMatchObject({ reason, applied });
				expect(found.what).toContain(what);
				expect(adviceOnRow(found, UPDATE_ACCESS.messages)).toContain(advice);
			}
		},
	);
});

describe('a redirect', () => {
	it('is not from Periskope, and was certainly not applied after a 307 or 308 alone', () => {
		for (let status = 300; status <= 399; status++) {
			const { applied, isNotPeriskope } = failure(status, { message: 'Moved' });
			expect([status, isNotPeriskope]).toEqual([status, true]);
			expect([status, applied]).toEqual([
				status,
				status === 307 || status === 308 ? 'no' : 'unknown',
			]);
		}
	});

	it('is described in full, with what its body says', () => {
		expect(failure(308, null)).toEqual({
			what: 'The Base URL redirects to another address (HTTP status 308)',
			advice: 'Enter the final address as the Base URL in the credential.',
			reason: 'unavailable',
			applied: 'no',
			isNotPeriskope: true,
			details: { httpCode: '308' },
		});
		expect(failure(301, 'Moved').what).toBe('The Base URL redirects to another address: Moved');
	});
});

describe('undocumented', () => {
	const ofBody = (body: unknown, headers: Record<string, string> = {}) =>
		undocumented({ kind: 'response', status: 200, headers, body });

	it('keeps all that the response says', () => {
		expect(ofBody(DOCUMENTED, { 'x-periskope-trace-id': 'trace-1' })).toEqual({
			what: "The response isn't what Periskope documents for this call: Validation failed; labels is missing",
			advice:
				'Check the Base URL in the credential. If it is right, check the members in Periskope.',
			reason: 'unavailable',
			applied: 'unknown',
			details: {
				httpCode: '200',
				code: 'VALIDATION_ERROR',
				fields: DOCUMENTED.fields,
				traceId: 'trace-1',
			},
		});
	});

	it('says of a web page that it is not from Periskope, and that the change may still have been applied', () => {
		expect(ofBody('<!doctype html><p>Log in</p>')).toEqual({
			what: "The Base URL isn't the Periskope API (HTTP status 200)",
			advice:
				'Check the Base URL in the credential. Periskope documents https://api.periskope.app/v1.',
			reason: 'unavailable',
			applied: 'unknown',
			isNotPeriskope: true,
			details: { httpCode: '200' },
		});
	});
});

describe('wordsOf', () => {
	it.each<[unknown, string]>([
		[DOCUMENTED, 'Validation failed; labels is missing'],
		['Bad\n gateway.', 'Bad gateway'],
		[{ detail: 'Bad email' }, '{"detail":"Bad email"}'],
		['<html>Bad</html>', ''],
		['<b>Bad</b>', ''],
		['Is <b>Bad</b>', 'Is ‹b›Bad‹/b›'],
		[{}, ''],
		[{ message: '' }, ''],
		[['Bad'], ''],
		[null, ''],
		[undefined, ''],
	])(
		'is what the body says, without a full stop, and blank where it says nothing: %j',
		(body, words) => {
			expect(wordsOf({ kind: 'response', status: 404, headers: {}, body })).toBe(words);
		},
	);
});

describe('traceOf', () => {
	const ofHeaders = (headers: Record<string, string>) =>
		traceOf({ kind: 'response', status: 200, headers, body: '' });

	it("is Periskope's own ID of the request, and nothing where there is none", () => {
		expect(ofHeaders({ 'x-periskope-trace-id': 'trace-1' })).toStrictEqual({ traceId: 'trace-1' });
		expect(ofHeaders({ 'x-request-id': 'r' })).toStrictEqual({});
	});
});

describe('isTransientStatus', () => {
	const TRANSIENT = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524];

	it('is true for exactly the statuses after which another attempt may succeed', () => {
		const all = Array.from({ length: 500 }, (_, index) => 100 + index);
		expect(all.filter(isTransientStatus)).toEqual(TRANSIENT);
	});
});

describe('isWebPage', () => {
	it.each([
		'<!DOCTYPE html><html></html>',
		'<?xml version="1.0"?><html></html>',
		' \n<HTML>',
		'<head>',
		'<body class="x">',
		'<h1>Not Found</h1>',
		'<p>Bad gateway</p>',
		'<div>',
		'<center>',
		'<b>Bad</b>',
		'<a href="/">Here</a>',
		'<my-page/>',
		'<pre>Cannot PATCH</pre>',
	])('is true for HTML: %j', (body) => {
		expect(isWebPage(body)).toBe(true);
	});

	it.each([
		['Not <b>found</b>'],
		['<asha@acme.com> is unknown'],
		[''],
		['{}'],
		[{ html: '<html>' }],
		[null],
		[undefined],
	])('is false for anything else: %j', (body) => {
		expect(isWebPage(body)).toBe(false);
	});
});

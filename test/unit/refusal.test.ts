import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import { adviceOf } from '../../nodes/Periskope/steps/3-send/failure';
import { failureFromAnswer } from '../../nodes/Periskope/steps/3-send/refusal';

const refusal = (
	status: number,
	body: unknown,
	headers: Record<string, string | string[] | undefined> = {},
) => failureFromAnswer({ status, headers, body });

/** As documented, of a request without labels. */
const DOCUMENTED = {
	code: 'VALIDATION_ERROR',
	name: 'Validation Error',
	status: 422,
	message: 'Validation failed',
	fields: { labels: { message: 'labels is missing', value: null } },
};

describe('a refusal', () => {
	it('as Periskope documents it is told whole', () => {
		expect(refusal(422, DOCUMENTED, { 'x-periskope-trace-id': 'trace-1' })).toEqual({
			what: 'Periskope refused the request: Validation failed; labels is missing',
			advice: 'Correct the value that Periskope names, and run the row again.',
			applied: 'no',
			httpCode: '422',
			code: 'VALIDATION_ERROR',
			fields: DOCUMENTED.fields,
			traceId: 'trace-1',
		});
	});

	it('by a web page that there is nothing is not by Periskope, which says it in its own form', () => {
		const page = '<!DOCTYPE html><h1>Not Found</h1>';
		expect(refusal(404, page)).toEqual({
			what: 'The Base URL answers, but not as the Periskope API does (HTTP status 404)',
			advice:
				'Check the Base URL in the credential. Periskope documents https://api.periskope.app/v1.',
			applied: 'no',
			isElsewhere: true,
			httpCode: '404',
		});
		expect(refusal(404, '<h1>Not Found</h1>').isElsewhere).toBe(true);
		expect(refusal(404, 'Not <b>found</b>').isElsewhere).toBeUndefined();
		expect(refusal(403, page).isElsewhere).toBeUndefined();
	});

	it('that may pass says to run the row again, and no other one does', () => {
		const again = UPDATE_ACCESS.words.ifNot;
		expect(adviceOf(refusal(429, null), UPDATE_ACCESS.words)).toContain(again);
		expect(adviceOf(refusal(422, null), UPDATE_ACCESS.words)).toBe(
			'Correct the value that Periskope names, and run the row again.',
		);
	});

	it('of a plan without the API passes on why, with the 401', () => {
		const body = {
			code: 'UNAUTHORIZED_ERROR',
			message: 'APIs available only for active pro and enterprise plans.',
		};
		expect(refusal(401, body)).toMatchObject({
			what: 'Periskope did not accept the API key: APIs available only for active pro and enterprise plans',
			code: 'UNAUTHORIZED_ERROR',
			httpCode: '401',
		});
	});

	it.each<[string, unknown, string]>([
		['message', { message: 'One' }, 'One'],
		['message before error', { message: 'One', error: 'Two' }, 'One'],
		['error as text', { error: 'Two' }, 'Two'],
		['error as an object', { error: { message: 'Two', code: 7 } }, 'Two'],
		['error where the message is no text', { message: null, error: 'Two' }, 'Two'],
		['message where the error is no text', { message: 'One', error: ['x'] }, 'One'],
		['text of a body that is no JSON', 'Bad gateway', 'Bad gateway'],
		['one line of several', 'Bad\r\n\tgateway\u2028here', 'Bad gateway here'],
		['words without their full stop', { message: 'One. Two...' }, 'One. Two'],
		[
			'messages of several fields',
			{ message: 'One', fields: { emails: { message: 'Two' }, labels: { message: 'Three' } } },
			'One; Two; Three',
		],
		['messages of fields alone', { fields: { emails: { message: 'Two' } } }, 'Two'],
		['message alone where fields are no messages', { message: 'One', fields: { a: 1 } }, 'One'],
	])('speaks with the %s', (_, body, words) => {
		expect(refusal(422, body).what).toBe(`Periskope refused the request: ${words}`);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['empty text', ''],
		['blanks', ' \n '],
		['an empty object', {}],
		['a list', [DOCUMENTED]],
		['a number', 7],
		['an error without words', { error: {} }],
		['fields that are a list', { fields: [1] }],
		['a web page', '<!DOCTYPE html><html><body>Bad gateway</body></html>'],
		['a web page in capitals', ' \n<HTML><BODY>Bad gateway</BODY></HTML>'],
		['a web page from its head on', '<head><title>502</title></head>'],
	])('that holds %s is told by its status', (_, body) => {
		expect(refusal(422, body)).toEqual({
			what: 'Periskope refused the request (HTTP status 422)',
			advice: expect.any(String) as unknown,
			applied: 'no',
			httpCode: '422',
		});
	});

	it('with a text that begins with a bracket is no web page', () => {
		expect(refusal(422, '<asha@acme.com> is unknown').what).toContain('<asha@acme.com> is unknown');
	});

	it('keeps each of code, fields and trace id out where it is not what it should be', () => {
		const { what, ...known } = refusal(422, { message: 'One', code: 7, fields: 'x' });
		expect(what).toContain('One');
		expect(Object.keys(known).sort()).toEqual(['advice', 'applied', 'httpCode']);
	});

	it('takes the first of several trace ids', () => {
		expect(refusal(500, '', { 'x-periskope-trace-id': ['one', 'two'] }).traceId).toBe('one');
		expect(refusal(500, '', { 'x-periskope-trace-id': undefined })).not.toHaveProperty('traceId');
	});

	it('with a "__proto__" key in it pollutes nothing', () => {
		const body: unknown = JSON.parse(
			'{"__proto__":{"code":"EVIL","message":"evil"},"message":"One","fields":{"__proto__":{"message":"Two"},"labels":{"message":"Three"}}}',
		);
		const { code, what } = refusal(422, body);
		expect(code).toBeUndefined();
		expect(what).toMatch(/^Periskope refused the request: One; .*Three$/);
		expect(Object.keys(Object.prototype)).toEqual([]);
		expect('message' in {}).toBe(false);
	});

	it('of any length is one line of at most 300 characters of words', () => {
		const long = refusal(422, { message: 'x'.repeat(20_000) });
		expect(long.what).toBe(`Periskope refused the request: ${'x'.repeat(300)}…`);
		expect(refusal(422, { message: 'x'.repeat(300) }).what).not.toContain('…');
	});

	it('never throws, whatever the body holds, and always says something', () => {
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
				const failure = refusal(status, sent);
				expect(failure.what).toMatch(/^[A-Z][^\r\n\u2028\u2029]{20,450}$/);
				expect(adviceOf(failure, UPDATE_ACCESS.words)).toMatch(/^[A-Z].+\.$/);
				expect(failure.httpCode).toBe(String(status));
			}),
		);
	});

	it.each([
		[302, 'no', 'on to another address', 'final address'],
		[400, 'no', 'refused the request', 'Correct the value'],
		[401, 'no', 'did not accept the API key', 'API key in the credential'],
		[403, 'no', 'does not allow this API key', 'role'],
		[404, 'no', 'did not find', 'Base URL'],
		[408, 'maybe', 'gave up waiting', 'does no harm'],
		[409, 'no', 'refused the request', 'Correct the value'],
		[413, 'no', 'too large', 'Lower Batch Size'],
		[425, 'no', 'not take the request yet', 'Run again'],
		[429, 'no', 'no more requests for now', 'fewer Concurrent Requests'],
		[500, 'maybe', 'could not carry the request out', 'does no harm'],
		[503, 'maybe', 'could not carry the request out', 'does no harm'],
	])('with the status %i: applied %s, "%s", and advises "%s"', (status, applied, what, advice) => {
		const failure = refusal(status, null);
		expect(failure.applied).toBe(applied);
		expect(failure.what).toContain(what);
		expect(adviceOf(failure, UPDATE_ACCESS.words)).toContain(advice);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import type { Exchange } from '../../nodes/Periskope/transport/exchange';

const readUpdate = (exchange: Exchange) =>
	UPDATE_ACCESS.readReply(exchange, { emails: [], rows: [], access: {} }, false);
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
	readUpdate({ status, body, headers });
const failureOf = (reply: ReturnType<typeof readUpdate>) =>
	'failure' in reply ? reply.failure : undefined;

describe('a reply', () => {
	it('holds the members as they came, with fields that nobody knows', () => {
		const body: unknown = JSON.parse(
			'[{"email":"a@b.co","new_field":{"x":1},"__proto__":{"polluted":true}}]',
		);
		const reply = answer(200, body);
		expect('members' in reply && reply.members).toBe(body);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	it.each([
		[{}],
		['<!doctype html>'],
		[''],
		[null],
		[[1]],
		[[{ email: null }]],
		[[{ email: '' }]],
		[{ members: [] }],
	])('that is %j with a 200 is a failure that may have been carried out', (body) => {
		expect(failureOf(answer(200, body))).toMatchObject({ applied: 'maybe', httpCode: '200' });
		expect(failureOf(answer(200, body))?.advice).toMatch(/Check the Base URL.*look at the members/);
	});

	it.each<[unknown, string]>([
		[{ message: 'Own words.' }, 'Periskope refused the request: Own words'],
		[{ error: 'As text' }, 'Periskope refused the request: As text'],
		[{ error: { message: 'In an object' } }, 'Periskope refused the request: In an object'],
		[
			{ message: 'Invalid', fields: { labels: { message: 'labels is missing' } } },
			'Periskope refused the request: Invalid; labels is missing',
		],
		[
			{ message: 'labels is missing', fields: { labels: { message: 'labels is missing' } } },
			'Periskope refused the request: labels is missing',
		],
		['plain\n  text ', 'Periskope refused the request: plain text'],
		['<html><body>Bad</body></html>', 'Periskope refused the request (HTTP status 422)'],
		[{}, 'Periskope refused the request (HTTP status 422)'],
		[null, 'Periskope refused the request (HTTP status 422)'],
		[{ message: 7, fields: 'x' }, 'Periskope refused the request: {"message":7,"fields":"x"}'],
		[{ message: '', error: 'Plan expired' }, 'Periskope refused the request: Plan expired'],
		[{ detail: 'Bad email' }, 'Periskope refused the request: {"detail":"Bad email"}'],
		[{ error: 'odd.', fields: { emails: 'odd' } }, 'Periskope refused the request: odd'],
		[{ fields: { emails: 'bad' } }, 'Periskope refused the request: bad'],
	])('with a 422 tells what %j says', (body, what) => {
		expect(failureOf(answer(422, body))?.what).toBe(what);
	});

	it('keeps code, fields, status and trace id', () => {
		const fields = { emails: { message: 'unknown', value: 'a@b.co' } };
		expect(
			failureOf(
				answer(
					422,
					{ code: 'VALIDATION_ERROR', message: 'm', fields },
					{ 'x-periskope-trace-id': 't-1' },
				),
			),
		).toMatchObject({
			code: 'VALIDATION_ERROR',
			fields,
			httpCode: '422',
			traceId: 't-1',
		});
	});

	it.each([
		[301, 'no'],
		[400, 'no'],
		[401, 'no'],
		[422, 'no'],
		[429, 'no'],
		[500, 'maybe'],
		[502, 'maybe'],
		[504, 'maybe'],
	])('with the status %i says whether the change may have been made: %s', (status, applied) => {
		expect(failureOf(answer(status, {}))?.applied).toBe(applied);
	});

	it.each([
		['ECONNREFUSED', 'no'],
		['ENOTFOUND', 'no'],
		['ECONNRESET', 'maybe'],
		['ECONNABORTED', 'maybe'],
		['SOMETHING_NEW', 'maybe'],
	])('that the network kept away with %s says so too: %s', (fault, applied) => {
		expect(failureOf(readUpdate({ fault }))).toMatchObject({ applied, code: fault });
	});

	it('is one line of words, whatever the answer holds', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 100, max: 599 }),
				fc.oneof(fc.string(), fc.jsonValue()),
				(status, body) => {
					const failure = failureOf(answer(status, body));
					if (failure) expect(failure.what).toMatch(/^[^\n]{10,400}$/);
				},
			),
		);
	});
});

describe('the trace id of a reply', () => {
	const headers = { 'x-periskope-trace-id': 'trace-1' };

	it('stays with the members, for those that did not come back', () => {
		expect(answer(200, [], headers)).toEqual({ members: [], traceId: 'trace-1' });
		expect(answer(204, [])).toEqual({ members: [] });
	});

	it('stays with a success that nobody can read', () => {
		expect(failureOf(answer(200, 'OK', headers))).toMatchObject({
			applied: 'maybe',
			httpCode: '200',
			traceId: 'trace-1',
		});
		expect(failureOf(answer(200, 'OK'))).not.toHaveProperty('traceId');
	});
});

describe('a success', () => {
	it('is read where all are members, and otherwise not even in part', () => {
		const good = fc.record({
			email: fc.string({ minLength: 1 }),
			role: fc.oneof(fc.string(), fc.jsonValue()),
		});
		const bad = fc
			.anything()
			.filter((value) => typeof value !== 'object' || value === null || !('email' in value));
		fc.assert(
			fc.property(
				fc.array(good),
				fc.option(bad, { nil: undefined }),
				fc.boolean(),
				(members, one, isMixed) => {
					const body = isMixed ? [...members, one] : members;
					const reply = answer(200, body);
					if (isMixed) expect(failureOf(reply)?.applied).toBe('maybe');
					else expect('members' in reply && reply.members).toBe(body);
				},
			),
		);
	});

	it('takes no email from a "__proto__" key', () => {
		const body: unknown = JSON.parse('[{"__proto__":{"email":"a@b.co"}}]');
		expect(failureOf(answer(200, body))).toMatchObject({ applied: 'maybe' });
	});
});

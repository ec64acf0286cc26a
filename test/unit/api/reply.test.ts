import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { AttemptResult } from '../../../nodes/Periskope/api/attempt';
import type { Applied } from '../../../nodes/Periskope/model';
import { readReply, type MemberCall, type Reply } from '../../../nodes/Periskope/api/reply';
import type { MemberRequest } from '../../../nodes/Periskope/model';
import { DELETE } from '../../../nodes/Periskope/resources/member/delete';
import { INVITE } from '../../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';

const REQUEST: MemberRequest = { emails: ['a@b.co'], rows: [0], access: {} };
const TRACE = { 'x-periskope-trace-id': 'trace-1' };

const response = (
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): AttemptResult => ({ kind: 'response', status, body, headers });
const read = (
	result: AttemptResult,
	call: MemberCall = UPDATE_ACCESS,
	appliedBefore: Applied = 'no',
) => readReply(result, REQUEST, call, appliedBefore);
const replyTo = (status: number, body: unknown, headers: Record<string, string> = {}) =>
	read(response(status, body, headers));
const failureOf = (reply: Reply) => (reply.kind === 'failed' ? reply.failure : undefined);
const membersOf = (reply: Reply) => (reply.kind === 'content' ? reply.members : undefined);

describe('a success', () => {
	it('holds the members as they were sent, with fields that are not documented', () => {
		const body: unknown = JSON.parse(
			'[{"email":"a@b.co","new_field":{"x":1},"__proto__":{"polluted":true}}]',
		);
		expect(membersOf(replyTo(200, body))).toBe(body);
		expect('polluted' in {}).toBe(false);
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
	])('is a failure with unknown outcome where its body is not documented: %j', (body) => {
		expect(failureOf(replyTo(200, body))).toMatchObject({
			applied: 'unknown',
			details: { httpCode: '200' },
		});
		expect(failureOf(replyTo(200, body))?.advice).toMatch(
			/Check the Base URL.*look at the members/,
		);
	});

	it('is read in full or not at all', () => {
		const member = fc.record({
			email: fc.string({ minLength: 1 }),
			role: fc.oneof(fc.string(), fc.jsonValue()),
		});
		const notMember = fc
			.anything()
			.filter((value) => typeof value !== 'object' || value === null || !('email' in value));
		fc.assert(
			fc.property(fc.array(member), notMember, fc.boolean(), (members, other, isMixed) => {
				const body = isMixed ? [...members, other] : members;
				const reply = replyTo(200, body);
				if (isMixed) expect(failureOf(reply)?.applied).toBe('unknown');
				else expect(membersOf(reply)).toBe(body);
			}),
		);
	});

	it('takes no email from a "__proto__" property', () => {
		const body: unknown = JSON.parse('[{"__proto__":{"email":"a@b.co"}}]');
		expect(failureOf(replyTo(200, body))).toMatchObject({ applied: 'unknown' });
	});

	it.each([200, 201, 204, 299])('has any status from 200 to 299: %i', (status) => {
		expect(replyTo(status, [])).toEqual({ kind: 'content', members: [] });
	});

	it.each([199, 300])('has no status outside of that range: %i', (status) => {
		expect(replyTo(status, [])).toMatchObject({ kind: 'failed' });
	});

	it('of an invitation names the emails that were rejected, in any case, and why', () => {
		const body = {
			addedMembers: [{ email: 'a@b.co' }],
			errors: [{ email: 'Ben@B.co', error: { message: 'Already\na member.' } }],
		};
		const reply = read(response(200, body), INVITE);
		expect(membersOf(reply)).toEqual([{ email: 'a@b.co' }]);
		expect(reply.kind === 'content' && reply.rejected?.get('ben@b.co')).toMatchObject({
			what: 'Periskope refused the invitation: Already a member',
		});
	});

	it.each([
		[{ addedMembers: {} }],
		[{ errors: [] }],
		[{ addedMembers: [], errors: [{ email: 'a@b.co' }] }],
		[[]],
	])('of an invitation is a failure with unknown outcome where it holds %j', (body) => {
		expect(failureOf(read(response(200, body), INVITE))).toMatchObject({ applied: 'unknown' });
	});

	it.each([[200, { message: 'Deleted' }] as const, [204, undefined] as const])(
		'of a deletion is told by its status, whatever its body: %i %j',
		(status, body) => {
			expect(read(response(status, body), DELETE)).toEqual({
				kind: 'content',
				members: [{ deleted: true, email: 'a@b.co' }],
			});
		},
	);
});

describe('a rejection', () => {
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
	])('is described with what its body says: %j', (body, what) => {
		expect(failureOf(replyTo(422, body))?.what).toBe(what);
	});

	it('keeps code, fields, status and trace id', () => {
		const fields = { emails: { message: 'unknown', value: 'a@b.co' } };
		const body = { code: 'VALIDATION_ERROR', message: 'm', fields };
		expect(failureOf(replyTo(422, body, TRACE))?.details).toEqual({
			code: 'VALIDATION_ERROR',
			fields,
			httpCode: '422',
			traceId: 'trace-1',
		});
	});

	it('is described in one line, whatever its body holds', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 100, max: 599 }),
				fc.oneof(fc.string(), fc.jsonValue()),
				(status, body) => {
					const failure = failureOf(replyTo(status, body));
					if (failure) expect(failure.what).toMatch(/^[^\n]{10,400}$/);
				},
			),
		);
	});
});

describe('a failure', () => {
	it.each([
		[301, 'no'],
		[400, 'no'],
		[401, 'no'],
		[422, 'no'],
		[429, 'no'],
		[500, 'unknown'],
		[502, 'unknown'],
		[504, 'unknown'],
	])('with the status %i says whether the change was applied: %s', (status, applied) => {
		expect(failureOf(replyTo(status, {}))?.applied).toBe(applied);
	});

	it.each([
		['ECONNREFUSED', 'no'],
		['ENOTFOUND', 'no'],
		['ECONNRESET', 'unknown'],
		['ECONNABORTED', 'unknown'],
		['SOMETHING_NEW', 'unknown'],
	])('with the network error %s says whether the change was applied: %s', (code, applied) => {
		expect(failureOf(read({ kind: 'networkError', code }))).toMatchObject({
			applied,
			details: { code },
		});
	});
});

describe('the trace id', () => {
	it('is kept with the members, for those that were not returned', () => {
		expect(replyTo(200, [], TRACE)).toEqual({ kind: 'content', members: [], traceId: 'trace-1' });
		expect(replyTo(204, [])).not.toHaveProperty('traceId');
	});

	it('is kept with a success that cannot be read', () => {
		expect(failureOf(replyTo(200, 'OK', TRACE))).toMatchObject({
			applied: 'unknown',
			details: { httpCode: '200', traceId: 'trace-1' },
		});
		expect(failureOf(replyTo(200, 'OK'))?.details).toEqual({ httpCode: '200' });
	});

	it('is kept with a member that was not found', () => {
		expect(read(response(404, {}, TRACE), DELETE)).toMatchObject({ traceId: 'trace-1' });
	});
});

describe('a 404', () => {
	const NOT_FOUND = response(404, { message: 'Member not found' });

	it('of an operation that names members in its body is a failure', () => {
		for (const call of [UPDATE_ACCESS, INVITE]) {
			expect(failureOf(read(NOT_FOUND, call))).toMatchObject({
				what: 'Periskope did not find what the request names: Member not found',
				applied: 'no',
				details: { httpCode: '404' },
			});
		}
	});

	it('of a deletion says that there is no such member', () => {
		expect(read(NOT_FOUND, DELETE, 'no')).toEqual({
			kind: 'content',
			members: [],
			notFound: 'Periskope did not find what the request names: Member not found',
		});
	});

	it('of a deletion counts as deleted where an earlier attempt may have been applied', () => {
		expect(read(NOT_FOUND, DELETE, 'unknown')).toEqual({
			kind: 'content',
			members: [{ deleted: true, email: 'a@b.co' }],
		});
	});

	it.each(['no', 'unknown'] as const)(
		'with a web page is a failure of every operation, applied before: %s',
		(appliedBefore) => {
			const page = response(404, '<!DOCTYPE html><h1>Not Found</h1>');
			for (const call of [DELETE, INVITE, UPDATE_ACCESS]) {
				expect(failureOf(read(page, call, appliedBefore))).toMatchObject({ isNotPeriskope: true });
			}
		},
	);

	it('is the only rejection that a deletion takes for a result', () => {
		for (const status of [400, 401, 403, 405, 410, 422, 429, 500]) {
			expect(read(response(status, {}), DELETE, 'unknown')).toMatchObject({ kind: 'failed' });
		}
	});
});

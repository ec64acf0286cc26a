import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { AttemptResult } from '../../../nodes/Periskope/api/attempt';
import type { Applied } from '../../../nodes/Periskope/model';
import {
	failureOf as failureOfAttempt,
	isNotFound,
	readReply,
	type MemberCall,
	type Reply,
} from '../../../nodes/Periskope/api/reply';
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
const networkError = (code: string, wasSent = true): AttemptResult => ({
	kind: 'networkError',
	code,
	wasSent,
	message: '',
});
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
		[{ code: 'PLAN_EXPIRED', message: 'Your plan has expired.' }],
	])('is a failure with unknown outcome where its body is not documented: %j', (body) => {
		expect(failureOf(replyTo(200, body))).toMatchObject({
			applied: 'unknown',
			details: { httpCode: '200' },
		});
		expect(failureOf(replyTo(200, body))?.advice).toMatch(/^Check the Base URL/);
	});

	it.each<[unknown, string]>([
		[{ code: 'PLAN_EXPIRED', message: 'Your plan has expired.' }, ': Your plan has expired'],
		[{ error: { message: 'In an object' } }, ': In an object'],
		[
			{ message: 'm', fields: { labels: { message: 'labels is missing' } } },
			': m; labels is missing',
		],
		['Accepted', ': Accepted'],
		[{ status: 'queued' }, ': {"status":"queued"}'],
		[{}, ' (HTTP status 200)'],
		[undefined, ' (HTTP status 200)'],
		[[1], ' (HTTP status 200)'],
	])('with a body that is not documented is described with what that says: %j', (body, words) => {
		expect(failureOf(replyTo(200, body))).toMatchObject({
			what: `The response isn't what Periskope documents for this call${words}`,
			advice:
				'Check the Base URL in the credential. If it is right, check the members in Periskope.',
			applied: 'unknown',
		});
		expect(failureOf(replyTo(200, body))).not.toHaveProperty('isNotPeriskope');
	});

	it('with a body that is not documented keeps code, fields, status and trace id', () => {
		const fields = { emails: { message: 'unknown' } };
		const body = { code: 'PLAN_EXPIRED', message: 'm', fields };
		for (const call of [DELETE, INVITE, UPDATE_ACCESS]) {
			expect(failureOf(read(response(201, body, TRACE), call))?.details).toEqual({
				code: 'PLAN_EXPIRED',
				fields,
				httpCode: '201',
				traceId: 'trace-1',
			});
		}
	});

	it.each([200, 201, 202, 204, 299])(
		'with a web page is not from Periskope, and may have been applied: %i',
		(status) => {
			for (const call of [DELETE, INVITE, UPDATE_ACCESS]) {
				expect(failureOf(read(response(status, '<html>Log in</html>'), call))).toEqual({
					what: `The Base URL isn't the Periskope API (HTTP status ${status})`,
					advice:
						'Check the Base URL in the credential. Periskope documents https://api.periskope.app/v1.',
					reason: 'unavailable',
					applied: 'unknown',
					isNotPeriskope: true,
					details: { httpCode: String(status) },
				});
			}
		},
	);

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

	it.each([200, 201, 204])('may have the status %i', (status) => {
		expect(replyTo(status, [])).toEqual({
			kind: 'content',
			members: [],
			appliedBefore: 'no',
			details: {},
		});
	});

	it('has no other status, and any other from 200 to 299 has an unknown outcome', () => {
		const bodies: Array<[MemberCall, unknown]> = [
			[DELETE, { success: true }],
			[DELETE, undefined],
			[INVITE, { addedMembers: [{ email: 'a@b.co' }] }],
			[UPDATE_ACCESS, [{ email: 'a@b.co' }]],
		];
		const others = Array.from({ length: 500 }, (_, index) => 100 + index).filter(
			(status) => ![200, 201, 204, 404].includes(status),
		);
		for (const status of others) {
			for (const [call, body] of bodies) {
				const failure = failureOf(read(response(status, body), call));
				expect(failure?.details.httpCode).toBe(String(status));
				if (status < 200 || status > 299) continue;
				expect(failure?.applied).toBe('unknown');
				expect(failure?.what).toMatch(/^The response isn't what Periskope documents/);
			}
		}
	});

	/** What an invitation of these emails is answered with, and what is read from that. */
	const invitation = (emails: string[], errors: unknown[], addedMembers: unknown[] = []) => {
		const reply = readReply(
			response(200, { addedMembers, errors }),
			{ ...REQUEST, emails },
			INVITE,
			'no',
		);
		if (reply.kind === 'failed') throw new Error('The invitation could not be read');
		return reply;
	};
	const rejection = (words: string) => ({
		what: `Periskope rejected the invitation: ${words}`,
		advice: 'Correct the email, or use Update Access for an existing member.',
	});

	it('of an invitation names the emails that were rejected, in any case, and why', () => {
		const { members, rejected, remarks } = invitation(
			['a@b.co', 'BEN@b.co'],
			[{ email: 'Ben@B.co', error: { message: 'Already\na member.' } }],
			[{ email: 'a@b.co' }],
		);
		expect(members).toEqual([{ email: 'a@b.co' }]);
		expect(rejected).toEqual(new Map([['ben@b.co', rejection('Already a member')]]));
		expect(remarks).toEqual([]);
	});

	it('of an invitation says each reason of an email once, in their order', () => {
		const { rejected } = invitation(
			['a@b.co'],
			[
				{ email: 'a@b.co', error: 'One.' },
				{ email: 'A@b.co', error: { message: 'Two' } },
				{ email: 'a@b.co', error: 'One.' },
			],
		);
		expect(rejected).toEqual(new Map([['a@b.co', rejection('One; Two')]]));
	});

	it.each([
		[{ email: 'a@b.co' }],
		[{ email: 'a@b.co', error: '' }],
		[{ email: 'a@b.co', error: { message: ' \n' } }],
	])('of an invitation rejects an email that is named without a reason: %j', (error) => {
		const { rejected, remarks } = invitation(['a@b.co'], [error]);
		expect(rejected).toEqual(new Map([['a@b.co', rejection('no reason given')]]));
		expect(remarks).toEqual([]);
	});

	it('of an invitation makes remarks of what names no email, or none that was invited', () => {
		const { rejected, remarks } = invitation(
			['ken@b.co'],
			[
				{ email: null, error: { message: 'Plan is full.' } },
				{ error: 'As text' },
				{ email: 'x@b.co', error: 'Is there' },
				{ email: '\u212aen@b.co', error: 'Has a Kelvin sign' },
			],
		);
		expect(rejected).toEqual(new Map());
		expect(remarks).toEqual([
			'Plan is full',
			'As text',
			'x@b.co: Is there',
			'\u212aen@b.co: Has a Kelvin sign',
		]);
	});

	it('of an invitation makes no blank remark of an error that says nothing', () => {
		const { remarks } = invitation(['a@b.co'], [{}, null, { email: null, error: ' ' }]);
		expect(remarks?.filter((remark) => remark.trim() === '')).toEqual([]);
	});

	it.each([
		[{ addedMembers: {} }],
		[{ errors: [] }],
		[{ addedMembers: [], errors: { email: 'a@b.co' } }],
		[{ addedMembers: [{ id: 1 }], errors: [] }],
		[[]],
	])('of an invitation is a failure with unknown outcome where it holds %j', (body) => {
		expect(failureOf(read(response(200, body), INVITE))).toMatchObject({ applied: 'unknown' });
	});

	it.each<[number, unknown]>([
		[200, { success: true }],
		[200, { success: true, message: 'Deleted', error: null }],
		[201, { success: true }],
		[204, undefined],
		[204, ''],
		[200, ''],
	])('of a deletion is one that says so, or nothing at all: %i %j', (status, body) => {
		for (const appliedBefore of ['no', 'unknown'] as const) {
			expect(read(response(status, body, TRACE), DELETE, appliedBefore)).toEqual({
				kind: 'content',
				members: [{ email: 'a@b.co' }],
				appliedBefore,
				details: { traceId: 'trace-1' },
			});
		}
	});

	it.each<[unknown, string]>([
		[{ message: 'Deleted' }, ': Deleted'],
		[{ success: false, message: 'Plan expired.' }, ': Plan expired'],
		[{ success: true, error: 'Not allowed' }, ': Not allowed'],
		['Deleted', ': Deleted'],
		[{ success: 'true' }, ': {"success":"true"}'],
		[{}, ' (HTTP status 200)'],
		[[], ' (HTTP status 200)'],
		[true, ' (HTTP status 200)'],
		[null, ' (HTTP status 200)'],
		[' \n', ' (HTTP status 200)'],
		[{ success: true, email: 'other@b.co' }, ': {"success":true,"email":"other@b.co"}'],
	])(
		'of a deletion is a failure with unknown outcome where it says anything else: %j',
		(body, words) => {
			expect(read(response(200, body), DELETE)).toMatchObject({
				kind: 'failed',
				failure: {
					what: `The response isn't what Periskope documents for this call${words}`,
					applied: 'unknown',
					details: { httpCode: '200' },
				},
			});
		},
	);
});

describe('a rejection', () => {
	it.each<[unknown, string]>([
		[{ message: 'Own words.' }, 'Periskope rejected the request: Own words'],
		[{ error: 'As text' }, 'Periskope rejected the request: As text'],
		[{ error: { message: 'In an object' } }, 'Periskope rejected the request: In an object'],
		[
			{ message: 'Invalid', fields: { labels: { message: 'labels is missing' } } },
			'Periskope rejected the request: Invalid; labels is missing',
		],
		[
			{ message: 'labels is missing', fields: { labels: { message: 'labels is missing' } } },
			'Periskope rejected the request: labels is missing',
		],
		['plain\n  text ', 'Periskope rejected the request: plain text'],
		['<html><body>Bad</body></html>', "The Base URL isn't the Periskope API (HTTP status 422)"],
		['<b>Bad</b> email', "The Base URL isn't the Periskope API (HTTP status 422)"],
		['A <b>bad</b> email', 'Periskope rejected the request: A ‹b›bad‹/b› email'],
		[{}, 'Periskope rejected the request (HTTP status 422)'],
		[null, 'Periskope rejected the request (HTTP status 422)'],
		[{ message: 7, fields: 'x' }, 'Periskope rejected the request: {"message":7,"fields":"x"}'],
		[{ message: '', error: 'Plan expired' }, 'Periskope rejected the request: Plan expired'],
		[{ detail: 'Bad email' }, 'Periskope rejected the request: {"detail":"Bad email"}'],
		[{ error: 'odd.', fields: { emails: 'odd' } }, 'Periskope rejected the request: odd'],
		[{ fields: { emails: 'bad' } }, 'Periskope rejected the request: bad'],
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
		[202, 'unknown'],
		[206, 'unknown'],
		[207, 'unknown'],
		[301, 'unknown'],
		[302, 'unknown'],
		[303, 'unknown'],
		[307, 'no'],
		[308, 'no'],
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
		['ECONNREFUSED', true, 'no'],
		['ENOTFOUND', true, 'no'],
		['ECONNRESET', true, 'unknown'],
		['ECONNABORTED', true, 'unknown'],
		['SOMETHING_NEW', true, 'unknown'],
		['SOMETHING_NEW', false, 'no'],
	])(
		'with the network error %s, sent %s, says whether the change was applied: %s',
		(code, wasSent, applied) => {
			expect(failureOf(read(networkError(code, wasSent)))).toMatchObject({
				applied,
				details: { code },
			});
		},
	);

	it('of an attempt is the same as that of its reply', () => {
		for (const result of [
			networkError('ECONNRESET'),
			networkError('ENOTFOUND'),
			response(422, { message: 'Bad' }, TRACE),
			response(429, null),
			response(500, '<html></html>'),
		]) {
			expect(failureOfAttempt(result)).toEqual(failureOf(read(result)));
			expect(failureOfAttempt(result).what).not.toBe('');
		}
	});
});

describe('the trace id', () => {
	it('is kept with the members, for those that were not returned', () => {
		expect(replyTo(200, [], TRACE)).toEqual({
			kind: 'content',
			members: [],
			appliedBefore: 'no',
			details: { traceId: 'trace-1' },
		});
		expect(replyTo(204, [])).toStrictEqual({
			kind: 'content',
			members: [],
			appliedBefore: 'no',
			details: {},
		});
	});

	it('is kept with a success that cannot be read', () => {
		expect(failureOf(replyTo(200, 'OK', TRACE))).toMatchObject({
			applied: 'unknown',
			details: { httpCode: '200', traceId: 'trace-1' },
		});
		expect(failureOf(replyTo(200, 'OK'))?.details).toEqual({ httpCode: '200' });
	});

	it('is kept with a member that was not found', () => {
		expect(read(response(404, {}, TRACE), DELETE)).toMatchObject({
			kind: 'content',
			details: { httpCode: '404', traceId: 'trace-1' },
		});
	});
});

describe('a 404', () => {
	const NOT_FOUND = response(404, { message: 'Member not found' });

	it('of an operation that names members in its body is a failure', () => {
		for (const call of [UPDATE_ACCESS, INVITE]) {
			expect(failureOf(read(NOT_FOUND, call))).toMatchObject({
				what: "Periskope didn't find what the request names: Member not found",
				applied: 'no',
				details: { httpCode: '404' },
			});
		}
	});

	it('of a deletion says that there is no such member, in the words of Periskope', () => {
		expect(read(NOT_FOUND, DELETE, 'no')).toEqual({
			kind: 'content',
			members: [],
			notFound: 'Member not found',
			appliedBefore: 'no',
			details: { httpCode: '404' },
		});
		const body = { code: 'NOT_FOUND', error: { message: 'No such\nmember.' } };
		expect(read(response(404, body, TRACE), DELETE, 'no')).toEqual({
			kind: 'content',
			members: [],
			notFound: 'No such member',
			appliedBefore: 'no',
			details: { httpCode: '404', code: 'NOT_FOUND', traceId: 'trace-1' },
		});
	});

	it.each([[{}], [{ message: '' }], [{ error: null }]])(
		'of a deletion has no words where the response has none: %j',
		(body) => {
			expect(read(response(404, body), DELETE, 'no')).toEqual({
				kind: 'content',
				members: [],
				notFound: '',
				appliedBefore: 'no',
				details: { httpCode: '404' },
			});
		},
	);

	it('of a deletion names no member where an earlier attempt may have been applied', () => {
		expect(read(NOT_FOUND, DELETE, 'unknown')).toEqual({
			kind: 'content',
			members: [],
			notFound: 'Member not found',
			appliedBefore: 'unknown',
			details: { httpCode: '404' },
		});
	});

	it('may say what the API does not find, if it has the form of the API; nothing else may', () => {
		expect(isNotFound(NOT_FOUND)).toBe(true);
		expect(isNotFound(response(404, {}))).toBe(true);
		for (const body of ['<h1>Not Found</h1>', 'Not found', '', null, undefined]) {
			expect(isNotFound(response(404, body))).toBe(false);
		}
		for (const status of [200, 400, 403, 410, 422, 500]) {
			expect(isNotFound(response(status, { message: 'Not found' }))).toBe(false);
		}
		expect(isNotFound(networkError('ENOTFOUND'))).toBe(false);
	});

	it.each(['no', 'unknown'] as const)(
		'with a web page, or nothing, is a failure of every operation, applied before: %s',
		(appliedBefore) => {
			for (const body of ['<!DOCTYPE html><h1>Not Found</h1>', 'Not found', '', null, undefined]) {
				for (const call of [DELETE, INVITE, UPDATE_ACCESS]) {
					expect(failureOf(read(response(404, body), call, appliedBefore))).toMatchObject({
						isNotPeriskope: true,
						applied: 'no',
					});
				}
			}
		},
	);

	it('is the only rejection that a deletion takes for a result', () => {
		for (const status of [400, 401, 403, 405, 410, 422, 429, 500]) {
			expect(read(response(status, {}), DELETE, 'unknown')).toMatchObject({ kind: 'failed' });
		}
	});
});

import { setImmediate as nextTurn } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import type { AttemptResult, NetworkError } from '../../../nodes/Periskope/api/attempt';
import type { Failure } from '../../../nodes/Periskope/rowFailure';
import type { Applied } from '../../../nodes/Periskope/model';
import type { MemberCall } from '../../../nodes/Periskope/api/reply';
import type { MemberRequest } from '../../../nodes/Periskope/model';
import { DELETE } from '../../../nodes/Periskope/resources/member/delete';
import { INVITE } from '../../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';
import { RateLimiter } from '../../../nodes/Periskope/send/rateLimiter';
import { sendWithRetry } from '../../../nodes/Periskope/send/sendWithRetry';
import { VirtualClock } from './virtualClock';

const REQUEST: MemberRequest = { emails: ['a@b.co'], rows: [0], access: {} };
const MEMBER = { email: 'a@b.co' };
const NOT_SENT: Failure = {
	what: 'Not sent',
	advice: '',
	reason: 'notSent',
	applied: 'no',
	details: {},
};

const response = (
	status: number,
	headers: Record<string, string> = {},
	body: unknown = {},
): AttemptResult => ({ kind: 'response', status, headers, body });
const OK = response(200, {}, [MEMBER]);
const INVITED = response(200, {}, { addedMembers: [MEMBER] });
const networkError = (code: string, more: Partial<NetworkError> = {}): AttemptResult => ({
	kind: 'networkError',
	code,
	wasSent: true,
	message: '',
	...more,
});
const BUSY = response(503, { 'retry-after': '1' });
const LOST = networkError('ECONNRESET');
const NEVER_LEFT = networkError('ECONNREFUSED');

interface Setting {
	call?: MemberCall;
	appliedBefore?: Applied;
	maxRetries?: number;
	/** how many attempts there are before the run is over */
	overAfter?: number;
	/** after how many attempts the rate limit lets nothing through for too long */
	hopelessAfter?: number;
	/** why the API isn't known to be at the Base URL; where it is, nothing */
	foreign?: Failure;
}

function oneRequest(
	results: AttemptResult[],
	{
		call = UPDATE_ACCESS,
		appliedBefore = 'no',
		maxRetries = 5,
		overAfter = Infinity,
		hopelessAfter = Infinity,
		foreign,
	}: Setting = {},
) {
	const clock = new VirtualClock();
	const start = clock.now();
	const attempts: number[] = [];
	/** after how many attempts it was asked whether the API is there */
	const asked: number[] = [];
	const isOver = () => attempts.length >= overAfter;
	const rateLimiter = new RateLimiter(1, clock, isOver);
	const rules = {
		rateLimiter,
		clock,
		maxRetries,
		isOver,
		whyNotSent: () => NOT_SENT,
		isLimitHopeless: () => attempts.length >= hopelessAfter,
		whyNotPeriskope: () => {
			asked.push(attempts.length);
			return Promise.resolve(foreign);
		},
		onAttempt: (attempt: number) => {
			attempts.push(attempt);
		},
	};
	const attemptOnce = () => {
		const result = results[attempts.length - 1];
		return result ? Promise.resolve(result) : Promise.reject(new Error('One attempt too many'));
	};
	return {
		clock,
		rateLimiter,
		attempts,
		asked,
		elapsed: () => clock.now() - start,
		send: (whyNotPeriskope = rules.whyNotPeriskope) =>
			sendWithRetry({ request: REQUEST, appliedBefore }, attemptOnce, call, {
				...rules,
				whyNotPeriskope,
			}),
	};
}

async function resultOf(results: AttemptResult[], setting: Setting = {}) {
	const { clock, send, attempts, asked, elapsed } = oneRequest(results, setting);
	return { ...(await clock.run(send())), attempts, asked, elapsed: elapsed() };
}

describe('sendWithRetry', () => {
	it('numbers the attempts from 0', async () => {
		const { reply, attempts } = await resultOf([response(500), LOST, OK]);
		expect(reply).toEqual({
			kind: 'content',
			members: [MEMBER],
			appliedBefore: 'unknown',
			details: {},
		});
		expect(attempts).toEqual([0, 1, 2]);
	});

	it.each([0, 1, 3])('stops after %i retries, and reports the last error', async (maxRetries) => {
		const results = [LOST, NEVER_LEFT, LOST, response(503, {}, { message: 'Down' })];
		const { reply, attempts } = await resultOf(results, { maxRetries });
		expect(attempts).toHaveLength(1 + maxRetries);
		const last = ['ECONNRESET', 'ECONNREFUSED', 'ECONNRESET', undefined][maxRetries];
		expect(reply).toMatchObject({ kind: 'failed', failure: { applied: 'unknown' } });
		expect(reply.kind === 'failed' && reply.failure.details.code).toBe(last);
	});

	it('waits longer before each retry', async () => {
		const { elapsed } = await resultOf([LOST, LOST, LOST, OK]);
		expect(elapsed).toBe(250 + 500 + 1000);
	});

	it('waits as long as the server asks', async () => {
		expect(await resultOf([response(503, { 'retry-after': '7' }), OK])).toMatchObject({
			elapsed: 7000,
		});
		expect(await resultOf([response(429, { 'retry-after': '7' }), OK])).toMatchObject({
			elapsed: 7000,
		});
	});

	it.each<[string, boolean, Applied | undefined, AttemptResult[]]>([
		['a success', false, undefined, [OK]],
		['a success after a lost response', false, undefined, [LOST, OK]],
		['a rejection', false, 'no', [response(422)]],
		['a rejection after a lost response', false, 'unknown', [LOST, response(422)]],
		['a rejection after a 429', false, 'no', [response(429), response(422)]],
		['a 429 while nothing gets through', true, 'no', [response(429), response(429)]],
		['a 503 that asks to come back twice', true, 'no', [BUSY, BUSY]],
		['a 503 that asks to come back, then fails', true, 'unknown', [BUSY, response(503)]],
		['a server error without retries left', true, 'unknown', [response(500), response(500)]],
		['a connection that is refused twice', true, 'no', [NEVER_LEFT, NEVER_LEFT]],
		['a connection that is lost, then refused', true, 'unknown', [LOST, NEVER_LEFT]],
		['a server error that is not transient', true, 'unknown', [response(501)]],
		['a success that cannot be read', true, 'unknown', [response(200, {}, 'OK')]],
		['a certificate that is not trusted', false, 'no', [networkError('CERT_HAS_EXPIRED')]],
		['a request that was not built', false, 'no', [networkError('ERR_INVALID_URL')]],
		['an unknown error', true, 'unknown', [networkError('X_NEW'), networkError('X_NEW')]],
		[
			'an unknown error before it was sent',
			false,
			'no',
			[networkError('X_NEW', { wasSent: false })],
		],
		['a web page in place of a rejection', false, 'no', [response(422, {}, '<html>No</html>')]],
	])('says of %s: inconclusive %s, applied %s', async (_, isInconclusive, applied, results) => {
		const result = await resultOf(results, { maxRetries: 1, hopelessAfter: results.length });
		const { reply } = result;
		expect(result).toMatchObject({ request: REQUEST, isInconclusive });
		expect(reply.kind === 'failed' ? reply.failure.applied : undefined).toBe(applied);
		expect(result.attempts).toHaveLength(results.length);
	});

	it('reports an unknown outcome where a larger request had one', async () => {
		const rejected = await resultOf([response(422)], { appliedBefore: 'unknown' });
		expect(rejected).toMatchObject({ isInconclusive: false });
		expect(rejected.reply).toMatchObject({
			failure: { applied: 'unknown', details: { httpCode: '422' } },
		});
	});

	it('says why a request was not sent where the run is over', async () => {
		expect(await resultOf([], { overAfter: 0 })).toMatchObject({
			reply: { kind: 'failed', failure: NOT_SENT },
			isInconclusive: false,
			attempts: [],
		});
		expect(await resultOf([], { overAfter: 0, appliedBefore: 'unknown' })).toMatchObject({
			reply: { kind: 'failed', failure: { ...NOT_SENT, applied: 'unknown' } },
		});
	});

	it.each([response(503, { 'retry-after': '60' }), response(429, { 'retry-after': '60' }), LOST])(
		'reports the last error at once where the run is over during a wait: %j',
		async (result) => {
			const { reply, isInconclusive, attempts, elapsed } = await resultOf([result], {
				overAfter: 1,
			});
			expect(reply).toMatchObject({ kind: 'failed' });
			expect(reply).not.toMatchObject({ failure: NOT_SENT });
			expect([isInconclusive, attempts, elapsed]).toEqual([false, [0], 0]);
		},
	);
});

describe('a 429', () => {
	it.each([0, 1, 5])('uses up none of %i retries', async (maxRetries) => {
		const refused = Array<AttemptResult>(12).fill(response(429));
		const { reply, attempts } = await resultOf([...refused, OK], { maxRetries });
		expect(reply).toEqual({
			kind: 'content',
			members: [MEMBER],
			appliedBefore: 'no',
			details: {},
		});
		expect(attempts).toEqual(Array.from({ length: 13 }, (_, attempt) => attempt));
	});

	it('leaves the retries to other errors, before and after it', async () => {
		const limit = response(429);
		const results = [limit, LOST, limit, limit, response(500), limit, response(502), OK];
		const { reply, attempts } = await resultOf(results, { maxRetries: 2 });
		expect(reply).toMatchObject({
			kind: 'failed',
			failure: { applied: 'unknown', details: { httpCode: '502' } },
		});
		expect(attempts).toHaveLength(7);
		const enough = await resultOf(results, { maxRetries: 3 });
		expect(enough.reply).toMatchObject({ kind: 'content' });
		expect(enough.attempts).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
	});

	it('is waited for longer each time, whatever other errors came between', async () => {
		const { elapsed } = await resultOf([response(429), LOST, response(429), LOST, OK]);
		expect(elapsed).toBe(250 + 250 + 500 + 500);
	});

	it.each([1, 2, 7])(
		'is final after %i attempts where the rate limit lets nothing through, whatever the retries',
		async (hopelessAfter) => {
			for (const maxRetries of [0, 3, 20]) {
				const refused = Array<AttemptResult>(30).fill(response(429, { 'retry-after': '2' }));
				const result = await resultOf(refused, { maxRetries, hopelessAfter });
				expect(result.attempts).toHaveLength(hopelessAfter);
				expect(result.elapsed).toBe((hopelessAfter - 1) * 2000);
				expect(result.isInconclusive).toBe(true);
				expect(result.reply).toMatchObject({
					kind: 'failed',
					failure: { applied: 'no', isRetryable: true, details: { httpCode: '429' } },
				});
			}
		},
	);

	it('alone is final where the rate limit lets nothing through', async () => {
		const { reply, attempts } = await resultOf([LOST, BUSY, OK], { hopelessAfter: 0 });
		expect(reply).toMatchObject({ kind: 'content' });
		expect(attempts).toEqual([0, 1, 2]);
	});

	it('is final with an unknown outcome where an attempt before it had one', async () => {
		const { reply } = await resultOf([LOST, response(429)], { hopelessAfter: 2 });
		expect(reply).toMatchObject({
			failure: { applied: 'unknown', details: { httpCode: '429' } },
		});
	});
});

describe('a request that is not safe to repeat', () => {
	it.each<[string, AttemptResult]>([
		['a refused connection', NEVER_LEFT],
		['a host that was not found', networkError('ENOTFOUND', { syscall: 'getaddrinfo' })],
		['a host that was not reached', networkError('EHOSTUNREACH', { syscall: 'connect' })],
		['a connection that was not taken in time', networkError('ETIMEDOUT', { syscall: 'connect' })],
		['a 425', response(425)],
		['a 429', response(429)],
		['a 503 that asks to come back later', BUSY],
	])('is retried after %s', async (_, result) => {
		const { reply, attempts } = await resultOf([result, INVITED], { call: INVITE });
		expect(reply).toMatchObject({ kind: 'content', members: [MEMBER] });
		expect(attempts).toEqual([0, 1]);
	});

	it.each<[string, AttemptResult]>([
		['a lost response', LOST],
		['a timeout', networkError('ETIMEDOUT')],
		['a host that is not reached any more', networkError('EHOSTUNREACH', { syscall: 'read' })],
		['a damaged response', networkError('HPE_INVALID_CONSTANT')],
		['a damaged record', networkError('ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC')],
		['an unknown error', networkError('X_NEW')],
		['a 502', response(502)],
		['a 522', response(522)],
		['a 408', response(408)],
		['a 500', response(500)],
		['a 503 that does not ask to come back', response(503)],
	])('is not retried after %s, and has an unknown outcome', async (_, result) => {
		const { reply, attempts, isInconclusive } = await resultOf([result], { call: INVITE });
		expect(attempts).toEqual([0]);
		expect(reply).toMatchObject({ kind: 'failed', failure: { applied: 'unknown' } });
		expect(isInconclusive).toBe(true);
	});
});

describe('an invitation', () => {
	it('is sent again after exactly the statuses that say to come back, as it was not applied', async () => {
		const repeated: string[] = [];
		for (let status = 300; status <= 599; status++) {
			for (const headers of [{}, { 'retry-after': '1' }]) {
				const { attempts } = await resultOf([response(status, headers), INVITED], {
					call: INVITE,
				});
				if (attempts.length > 1) repeated.push(`${status} ${Object.keys(headers).join()}`);
			}
		}
		expect(repeated).toEqual([
			'425 ',
			'425 retry-after',
			'429 ',
			'429 retry-after',
			'503 retry-after',
		]);
	});

	it.each([425, 503])('is sent again no more often than allowed after a %i', async (status) => {
		const results = Array<AttemptResult>(9).fill(response(status, { 'retry-after': '1' }));
		const { reply, attempts } = await resultOf(results, { call: INVITE, maxRetries: 2 });
		expect(attempts).toHaveLength(3);
		expect(reply).toMatchObject({ failure: { applied: 'no', isRetryable: true } });
	});
});

describe('a deletion with the status 404', () => {
	const NOT_FOUND = response(404, {}, { message: 'Member not found' });
	it('found no member at the first attempt', async () => {
		const { reply } = await resultOf([NOT_FOUND], { call: DELETE });
		expect(reply).toMatchObject({
			kind: 'content',
			members: [],
			notFound: 'Member not found',
			details: { httpCode: '404' },
		});
	});

	it.each([response(429), NEVER_LEFT])(
		'found no member after an attempt that was not applied: %j',
		async (result) => {
			const { reply } = await resultOf([result, NOT_FOUND], { call: DELETE });
			expect(reply).toMatchObject({ kind: 'content', members: [] });
		},
	);

	it.each([response(500), LOST])(
		'found no member, and may have deleted it, after an attempt with unknown outcome: %j',
		async (result) => {
			const { reply } = await resultOf([result, response(429), NOT_FOUND], { call: DELETE });
			expect(reply).toMatchObject({ kind: 'content', members: [], appliedBefore: 'unknown' });
		},
	);
});

describe('a 404', () => {
	const NOT_FOUND = response(404, {}, { message: 'Not found' });
	const FOREIGN: Failure = {
		what: 'Not confirmed',
		advice: 'Check the Base URL.',
		reason: 'unavailable',
		applied: 'no',
		isNotPeriskope: true,
		details: { httpCode: '404' },
	};

	it.each([
		['delete', DELETE],
		['invite', INVITE],
		['updateAccess', UPDATE_ACCESS],
	])("doesn't count as 'not found' for %s where the API isn't confirmed", async (_, call) => {
		const result = await resultOf([NOT_FOUND], { call, foreign: FOREIGN });
		expect(result).toMatchObject({ request: REQUEST, attempts: [0], asked: [1] });
		expect(result.reply).toEqual({ kind: 'failed', failure: FOREIGN });
		expect(result.isInconclusive).toBe(false);
	});

	it("that doesn't count as 'not found' has an unknown outcome where an earlier attempt had one", async () => {
		const failure = { ...FOREIGN, applied: 'unknown' };
		const afterLost = await resultOf([LOST, NOT_FOUND], { call: DELETE, foreign: FOREIGN });
		expect(afterLost.reply).toEqual({ kind: 'failed', failure });
		expect(afterLost).toMatchObject({ attempts: [0, 1], asked: [2], isInconclusive: false });
		const half = await resultOf([NOT_FOUND], { appliedBefore: 'unknown', foreign: FOREIGN });
		expect(half.reply).toEqual({ kind: 'failed', failure });
	});

	it('that is not believed keeps its outcome after an attempt that was not applied', async () => {
		const { reply } = await resultOf([response(429), NEVER_LEFT, NOT_FOUND], {
			call: DELETE,
			foreign: FOREIGN,
		});
		expect(reply).toEqual({ kind: 'failed', failure: FOREIGN });
	});

	it("counts as 'not found' where the API is confirmed", async () => {
		const { reply, asked } = await resultOf([NOT_FOUND]);
		expect(asked).toEqual([1]);
		expect(reply).toMatchObject({
			kind: 'failed',
			failure: { what: "Periskope didn't find what the request names: Not found", applied: 'no' },
		});
		expect(reply).not.toMatchObject({ failure: { isNotPeriskope: true } });
	});

	it.each<[string, AttemptResult]>([
		['a web page with the status 404', response(404, {}, '<h1>Not Found</h1>')],
		['a success', OK],
		['a success that cannot be read', response(200, {}, 'OK')],
		['a rejection', response(422)],
		['a 410', response(410, {}, { message: 'Gone' })],
		['a server error', response(500)],
		['a lost response', LOST],
	])('alone lets ask whether the API is there, and not %s', async (_, result) => {
		const { asked } = await resultOf([result], { maxRetries: 0, foreign: FOREIGN });
		expect(asked).toEqual([]);
	});

	it('keeps other requests waiting until it is known whether the API is there', async () => {
		const one = oneRequest([NOT_FOUND], { foreign: FOREIGN });
		let answer: () => void = () => undefined;
		const answered = new Promise<undefined>((resolve) => {
			answer = () => {
				resolve(undefined);
			};
		});
		const sending = one.send(() => answered);
		let isSent = false;
		void one.rateLimiter.acquire().then(() => {
			isSent = true;
		});
		await nextTurn();
		one.rateLimiter.wake();
		await nextTurn();
		expect(isSent).toBe(false);
		answer();
		await sending;
		one.rateLimiter.wake();
		await nextTurn();
		expect(isSent).toBe(true);
	});
});

describe('other requests', () => {
	const another = async ({ rateLimiter }: { rateLimiter: RateLimiter }) => {
		let isSent = false;
		void rateLimiter.acquire().then(() => {
			isSent = true;
		});
		await nextTurn();
		return () => isSent;
	};

	it('are sent while a request waits for its retry', async () => {
		const one = oneRequest([response(503, { 'retry-after': '60' }), OK]);
		void one.send();
		expect((await another(one))()).toBe(true);
	});

	it('wait after a 429 for as long as the request does', async () => {
		const one = oneRequest([response(429, { 'retry-after': '60' }), OK]);
		void one.send();
		const isSent = await another(one);
		expect(isSent()).toBe(false);
		await one.clock.run(one.clock.pause(59_999));
		expect(isSent()).toBe(false);
		await one.clock.run(one.clock.pause(1));
		one.rateLimiter.wake();
		await nextTurn();
		expect(isSent()).toBe(true);
	});

	it('wait until the caller has handled the final result', async () => {
		const one = oneRequest([response(422)]);
		const sending = one.send();
		const isSent = await another(one);
		await sending;
		expect(isSent()).toBe(false);
		one.rateLimiter.wake();
		await nextTurn();
		expect(isSent()).toBe(true);
	});
});

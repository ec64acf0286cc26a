import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { AttemptResult } from '../../../nodes/Periskope/api/attempt';
import type { OrgPhones } from '../../../nodes/Periskope/api/orgPhones';
import { readReply, type MemberCall } from '../../../nodes/Periskope/api/reply';
import type { MemberRequest } from '../../../nodes/Periskope/model';
import { DELETE } from '../../../nodes/Periskope/resources/member/delete';
import { INVITE } from '../../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';
import { confirmApi } from '../../../nodes/Periskope/send/confirmApi';
import { fetchOrgPhones } from '../../../nodes/Periskope/send/fetchOrgPhones';
import type { Progress } from '../../../nodes/Periskope/send/progressLog';
import {
	sendRequests,
	type SendOptions,
	type Sent,
} from '../../../nodes/Periskope/send/sendRequests';
import { isRetryable } from '../../../nodes/Periskope/send/retryDelay';
import { VirtualClock } from './virtualClock';

const LATENCY_MS = 20;
/** `listPhones`: what the call ends in that shows whether the API is at the Base URL. */
type RunOptions = Omit<SendOptions, 'confirm'> & { listPhones: () => Promise<AttemptResult> };
const CONTINUE: RunOptions = {
	concurrentRequests: 4,
	maxRetries: 5,
	stopOnFailure: false,
	isCancelled: () => false,
	listPhones: () => Promise.resolve(response(200, {}, [])),
};

interface SeenAttempt {
	/** milliseconds after the start of the run */
	at: number;
	emails: readonly string[];
	/** how many requests were running then, this one among them */
	parallel: number;
	result: AttemptResult;
}

/** Requests of some emails each, numbered through. */
const requestsOf = (requests: number, emailsEach = 1): MemberRequest[] =>
	Array.from({ length: requests }, (_, index) => {
		const rows = Array.from(
			{ length: emailsEach },
			(__, position) => index * emailsEach + position,
		);
		return { emails: rows.map((row) => `m${row}@x.co`), rows, access: { labels: ['Sales'] } };
	});

const response = (
	status: number,
	headers: Record<string, string> = {},
	body: unknown = {},
): AttemptResult => ({ kind: 'response', status, headers, body });
const networkError = (code: string): AttemptResult => ({
	kind: 'networkError',
	code,
	wasSent: true,
	message: '',
});
const ok = ({ emails }: MemberRequest, headers: Record<string, string> = {}) =>
	response(
		200,
		headers,
		emails.map((email) => ({ email })),
	);

type Server = (request: MemberRequest, attempt: number) => AttemptResult;

async function run(
	requests: MemberRequest[],
	server: Server,
	options: Partial<RunOptions> = {},
	call: MemberCall = UPDATE_ACCESS,
) {
	const clock = new VirtualClock();
	const attempts: SeenAttempt[] = [];
	const reported: Progress[] = [];
	const listings: AttemptResult[] = [];
	const start = clock.now();
	let parallel = 0;
	const attemptOnce = async (request: MemberRequest) => {
		parallel += 1;
		const result = server(request, attempts.length);
		attempts.push({ at: clock.now() - start, emails: request.emails, parallel, result });
		await clock.pause(LATENCY_MS);
		parallel -= 1;
		return result;
	};
	const given = { ...CONTINUE, ...options };
	const listPhones = async () => {
		const result = await given.listPhones();
		listings.push(result);
		await clock.pause(LATENCY_MS);
		return result;
	};
	// As a run's session does: the phones are listed once, whoever asks for them.
	let listed: Promise<OrgPhones> | undefined;
	const confirm = async (isOver: () => boolean) =>
		confirmApi(await (listed ??= fetchOrgPhones(listPhones, clock, given.maxRetries, isOver)));
	const sent = await clock.run(
		sendRequests(requests, attemptOnce, call, clock, { ...given, confirm }, (progress) =>
			reported.push({ ...progress }),
		),
	);
	return { sent, attempts, reported, listings, tookMs: clock.now() - start };
}

const kindsOf = ({ requests }: Sent) =>
	requests.map(({ reply }) =>
		reply.kind === 'content'
			? 'succeeded'
			: reply.failure.what.startsWith('Not sent')
				? 'not sent'
				: 'failed',
	);
const failuresOf = ({ requests }: Sent) =>
	requests.flatMap(({ reply }) => (reply.kind === 'failed' ? [reply.failure] : []));
const times = <Value>(number: number, value: Value) => Array<Value>(number).fill(value);

describe('sendRequests', () => {
	it('runs no more requests in parallel than allowed, and returns them in the order of their rows', async () => {
		const { sent, attempts, tookMs } = await run(requestsOf(10), (request) => ok(request));
		expect(Math.max(...attempts.map(({ parallel }) => parallel))).toBe(4);
		expect(tookMs).toBe(3 * LATENCY_MS);
		expect(sent.requests.map(({ request }) => request.rows[0])).toEqual([
			0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
		]);
		expect(sent.progress).toEqual({ emails: 10, emailsDone: 10, requestsSent: 10, retries: 0 });
	});

	it('returns requests in the order of their rows, whichever ended last', async () => {
		const { sent, attempts } = await run(requestsOf(6), (request, attempt) =>
			attempt % 2 === 0 && attempt < 6 ? response(503) : ok(request),
		);
		expect(attempts.at(-1)?.emails).not.toEqual(['m5@x.co']);
		expect(sent.requests.map(({ request }) => request.rows)).toEqual([
			[0],
			[1],
			[2],
			[3],
			[4],
			[5],
		]);
	});

	it('sends nothing where there are no requests', async () => {
		const { sent, attempts, reported } = await run([], (request) => ok(request));
		expect(sent).toEqual({
			requests: [],
			progress: { emails: 0, emailsDone: 0, requestsSent: 0, retries: 0 },
		});
		expect([attempts, reported]).toEqual([[], []]);
	});

	it('reports the progress at each attempt, and after each request that ended', async () => {
		const { reported } = await run(
			requestsOf(3, 2),
			(request, attempt) => (attempt === 1 ? response(503) : ok(request)),
			{ concurrentRequests: 1 },
		);
		expect(reported).toEqual([
			{ emails: 6, emailsDone: 0, requestsSent: 1, retries: 0 },
			{ emails: 6, emailsDone: 2, requestsSent: 1, retries: 0 },
			{ emails: 6, emailsDone: 2, requestsSent: 2, retries: 0 },
			{ emails: 6, emailsDone: 2, requestsSent: 3, retries: 1 },
			{ emails: 6, emailsDone: 4, requestsSent: 3, retries: 1 },
			{ emails: 6, emailsDone: 4, requestsSent: 4, retries: 1 },
			{ emails: 6, emailsDone: 6, requestsSent: 4, retries: 1 },
		]);
	});
});

describe('a retry', () => {
	it('follows a transient error, until the request succeeds', async () => {
		const { sent } = await run(requestsOf(1), (request, attempt) =>
			attempt < 5 ? response(503) : ok(request),
		);
		expect(kindsOf(sent)).toEqual(['succeeded']);
		expect(sent.progress).toMatchObject({ requestsSent: 6, retries: 5 });
	});

	it('follows no more often than allowed, and the last error is reported', async () => {
		const { sent, attempts } = await run(
			requestsOf(1),
			() => response(503, {}, { message: 'Down' }),
			{ maxRetries: 2 },
		);
		expect(attempts).toHaveLength(3);
		expect(failuresOf(sent)).toMatchObject([
			{ what: "Periskope couldn't process the request: Down", applied: 'unknown' },
		]);
	});

	it('is counted, also after a 429', async () => {
		const { sent } = await run(requestsOf(8), (request, attempt) =>
			attempt === 0
				? response(503)
				: attempt === 1
					? response(429, { 'retry-after': '9' })
					: ok(request),
		);
		expect(sent.progress).toMatchObject({ requestsSent: 10, retries: 2 });
	});

	it('never follows a permanent rejection', async () => {
		const { attempts } = await run(requestsOf(1), () => response(422));
		expect(attempts).toHaveLength(1);
	});
});

describe('a failed change', () => {
	it('was not applied where every attempt was rejected', async () => {
		const rejected = await run(requestsOf(1), () => response(422));
		expect(failuresOf(rejected.sent)).toMatchObject([
			{ applied: 'no', details: { httpCode: '422' } },
		]);
		const limited = await run(
			requestsOf(1),
			(_, attempt) => (attempt === 0 ? response(429, { 'retry-after': '1' }) : response(404)),
			{ maxRetries: 1 },
		);
		expect(failuresOf(limited.sent)).toMatchObject([
			{ applied: 'no', details: { httpCode: '404' } },
		]);
	});

	it('has an unknown outcome where any of its attempts had one', async () => {
		const { sent } = await run(requestsOf(1), (_, attempt) =>
			attempt === 0 ? networkError('ECONNRESET') : response(422),
		);
		expect(failuresOf(sent)).toMatchObject([{ applied: 'unknown', details: { httpCode: '422' } }]);
	});
});

describe('the rate limit', () => {
	it('pauses all requests after a 429, for as long as the server asks', async () => {
		const { attempts, sent } = await run(requestsOf(20), (request, attempt) =>
			attempt === 2 ? response(429, { 'retry-after': '10' }) : ok(request),
		);
		const after = attempts.filter(({ at }) => at >= LATENCY_MS);
		expect(Math.min(...after.map(({ at }) => at))).toBeGreaterThanOrEqual(10_000);
		expect(new Set(kindsOf(sent))).toEqual(new Set(['succeeded']));
	});

	it('pauses all requests until it is reset where it is used up', async () => {
		const { attempts } = await run(requestsOf(12), (request, attempt) =>
			ok(request, {
				'x-ratelimit-remaining': String(Math.max(0, 3 - attempt)),
				'x-ratelimit-reset': '30',
			}),
		);
		const gaps = attempts.map(({ at }, index) => at - (attempts[index - 1]?.at ?? 0));
		expect(Math.max(...gaps)).toBeGreaterThanOrEqual(29_900);
	});

	it('lets no more requests run in parallel than it has left', async () => {
		const left = [5, 4, 3, 2];
		const { attempts } = await run(requestsOf(9), (request, attempt) =>
			ok(request, { 'x-ratelimit-remaining': String(left[attempt] ?? 1) }),
		);
		expect(attempts.slice(6).map(({ parallel }) => parallel)).toEqual([1, 1, 1]);
	});

	it('lets fewer requests run in parallel after a 429, and more again as requests succeed', async () => {
		const { attempts } = await run(requestsOf(40), (request, attempt) =>
			attempt === 0 ? response(429, { 'retry-after': '1' }) : ok(request),
		);
		const later = attempts.filter(({ at }) => at >= 1000).map(({ parallel }) => parallel);
		expect(Math.max(...later.slice(0, 4))).toBe(2);
		expect(Math.max(...later)).toBe(4);
	});

	it('does not delay other requests after an error that is not about it', async () => {
		const { attempts } = await run(requestsOf(8), (request, attempt) =>
			attempt === 0 ? response(503, { 'retry-after': '60' }) : ok(request),
		);
		expect(attempts.filter(({ at }) => at < 1000)).toHaveLength(8);
		expect(attempts.at(-1)?.at).toBeGreaterThanOrEqual(60_000);
	});
});

describe('a rate limit that lets nothing through', () => {
	const LIMITED = response(429, { 'retry-after': '10' });
	const NOT_SENT = {
		what: "Not sent: Periskope's rate limit let no request through for five minutes",
		advice: "Run again later, or lower 'Concurrent Requests'.",
		reason: 'notSent',
		isRetryable: true,
		applied: 'no',
		details: {},
	};
	const FIVE_MINUTES = 300_000;

	it.each([0, 5])('ends the run after five minutes, with %i retries', async (maxRetries) => {
		const { sent, attempts, tookMs } = await run(requestsOf(5, 2), () => LIMITED, {
			concurrentRequests: 1,
			maxRetries,
		});
		expect(tookMs).toBeGreaterThanOrEqual(FIVE_MINUTES);
		expect(tookMs).toBeLessThan(FIVE_MINUTES + 11_000);
		expect(new Set(attempts.map(({ emails }) => emails.join()))).toEqual(
			new Set(['m0@x.co,m1@x.co']),
		);
		expect(failuresOf(sent)).toEqual([
			expect.objectContaining({ applied: 'no', details: { httpCode: '429' } }),
			...times(4, NOT_SENT),
		]);
		expect(sent.progress).toEqual({
			emails: 10,
			emailsDone: 10,
			requestsSent: attempts.length,
			retries: attempts.length - 1,
		});
	});

	it('ends a run of parallel requests too, and sends nothing more', async () => {
		const { sent, attempts, tookMs } = await run(requestsOf(20), () => LIMITED);
		expect(tookMs).toBeLessThan(FIVE_MINUTES + 11_000);
		expect(attempts.every(({ at }) => at < FIVE_MINUTES + 11_000)).toBe(true);
		expect(new Set(failuresOf(sent).map(({ applied }) => applied))).toEqual(new Set(['no']));
		expect(failuresOf(sent).slice(4)).toEqual(times(16, NOT_SENT));
	});

	it('is waited for anew after each success', async () => {
		let isLetThrough = false;
		const { sent, tookMs, attempts } = await run(
			requestsOf(3),
			(request, attempt) => {
				isLetThrough = attempt === 28;
				return isLetThrough ? ok(request) : LIMITED;
			},
			{ concurrentRequests: 1, maxRetries: 0 },
		);
		const successAt = attempts[28]?.at ?? 0;
		expect(successAt).toBeGreaterThan(250_000);
		expect(successAt).toBeLessThan(FIVE_MINUTES);
		expect(tookMs).toBeGreaterThanOrEqual(successAt + FIVE_MINUTES);
		expect(tookMs).toBeLessThan(successAt + FIVE_MINUTES + 11_000);
		expect(kindsOf(sent)).toEqual(['succeeded', 'failed', 'not sent']);
		expect(failuresOf(sent)[1]).toEqual(NOT_SENT);
	});

	it('never ends a run in which requests succeed, however long it takes', async () => {
		const { sent, tookMs } = await run(
			requestsOf(12),
			(request, attempt) =>
				attempt % 3 === 2 ? ok(request) : response(429, { 'retry-after': '120' }),
			{ concurrentRequests: 1, maxRetries: 0 },
		);
		expect(tookMs).toBeGreaterThan(12 * 240_000);
		expect(kindsOf(sent)).toEqual(times(12, 'succeeded'));
		expect(sent.progress).toMatchObject({ requestsSent: 36, retries: 24 });
	});
});

describe('a run is aborted', () => {
	it.each<[number, string, string]>([
		[401, 'Not sent: Periskope rejected the API key', 'Check the API key in the credential.'],
		[403, "Not sent: Periskope didn't allow an earlier request", 'See the request that failed.'],
	])('after a %i, and says so of the requests not sent', async (code, what, advice) => {
		const { sent, attempts } = await run(
			requestsOf(10),
			(request, attempt) => (attempt === 1 ? response(code) : ok(request)),
			{ concurrentRequests: 1 },
		);
		expect(attempts).toHaveLength(2);
		expect(kindsOf(sent)).toEqual(['succeeded', 'failed', ...times(8, 'not sent')]);
		expect(failuresOf(sent)[1]).toMatchObject({ what, advice, applied: 'no' });
	});

	it('after a web page with the status 404', async () => {
		const page = response(404, {}, '<!DOCTYPE html><pre>Cannot PATCH</pre>');
		const { sent, attempts } = await run(requestsOf(3), () => page, {
			concurrentRequests: 1,
			stopOnFailure: false,
		});
		expect(attempts).toHaveLength(1);
		expect(failuresOf(sent)[1]).toMatchObject({
			what: "Not sent: the Base URL isn't the Periskope API",
			advice: 'Check the Base URL in the credential.',
			applied: 'no',
		});
	});

	it.each<[string, AttemptResult, string]>([
		['a web page in place of members', response(200, {}, '<html>Log in</html>'), 'unknown'],
		['a redirect that may follow a change', response(302), 'unknown'],
		['a redirect of the request as it is', response(308), 'no'],
	])('after %s', async (_, result, applied) => {
		const { sent, attempts } = await run(requestsOf(3, 2), () => result, {
			concurrentRequests: 1,
		});
		expect(attempts).toHaveLength(1);
		expect(failuresOf(sent)).toMatchObject([
			{ isNotPeriskope: true, applied },
			...times(2, {
				what: "Not sent: the Base URL isn't the Periskope API",
				advice: 'Check the Base URL in the credential.',
				applied: 'no',
			}),
		]);
	});

	it('after three requests in a row without retries left', async () => {
		const { sent, attempts } = await run(requestsOf(10), () => response(503), {
			concurrentRequests: 1,
			maxRetries: 1,
		});
		expect(attempts).toHaveLength(6);
		expect(kindsOf(sent)).toEqual([...times(3, 'failed'), ...times(7, 'not sent')]);
	});

	it.each([
		['a success that cannot be read', response(200, {}, { message: 'Plan expired' })],
		['a success that says nothing of the members', response(202, {}, [])],
		['a server error that is not retried', response(501)],
	])('after three requests in a row with unknown outcome: %s', async (_, result) => {
		const { sent, attempts } = await run(requestsOf(5, 2), () => result, {
			concurrentRequests: 1,
		});
		expect(attempts).toHaveLength(3);
		expect(failuresOf(sent).map(({ applied }) => applied)).toEqual([
			...times(3, 'unknown'),
			...times(2, 'no'),
		]);
	});

	it('after a hundred emails were rejected with the same message before anything succeeded', async () => {
		const { sent, attempts } = await run(
			requestsOf(5, 64),
			() => response(422, {}, { message: 'Phone not found' }),
			{ concurrentRequests: 1 },
		);
		expect(attempts.length).toBeLessThan(2 * 100 + 16);
		expect(attempts.filter(({ emails }) => emails.length === 1)).toHaveLength(100);
		const notSent = failuresOf(sent).filter(({ what }) => what.startsWith('Not sent'));
		expect(notSent[0]).toEqual({
			what: 'Not sent: Periskope rejected the first 100 emails with the same message',
			advice: 'See the rows of these emails.',
			reason: 'notSent',
			isRetryable: true,
			applied: 'no',
			details: {},
		});
		expect(sent.requests.flatMap(({ request }) => request.emails)).toHaveLength(320);
	});

	it.each([
		['', (row: number) => `m${row}@x.co is not a member`],
		[' in quotes', (row: number) => `Member "m${row}@x.co" (m${row}@x.co) is unknown`],
		[' in brackets', (row: number) => `Member <m${row}@x.co> is unknown`],
		[' with a name beside it', (row: number) => `No user [m${row}.ab-c@sub.x.co], sorry`],
	])(
		'after a hundred emails were rejected with messages that differ by the email they name%s',
		async (_, message) => {
			const { sent, attempts } = await run(
				requestsOf(150),
				({ rows }) => response(422, {}, { message: message(rows[0] ?? 0) }),
				{ concurrentRequests: 1 },
			);
			expect(attempts).toHaveLength(100);
			expect(kindsOf(sent)).toEqual([...times(100, 'failed'), ...times(50, 'not sent')]);
			expect(failuresOf(sent)[100]?.what).toBe(
				'Not sent: Periskope rejected the first 100 emails with the same message',
			);
		},
	);

	it.each<[string, AttemptResult]>([
		['a web page with the status 401', response(401, {}, '<html>Log in</html>')],
		['a web page with the status 403', response(403, {}, '<html>Blocked</html>')],
		['a web page with another rejection', response(422, {}, '<h1>No</h1>')],
		...[405, 407, 421, 426, 451, 511].map((status): [string, AttemptResult] => [
			`a ${status}`,
			response(status, {}, { message: 'No' }),
		]),
	])('at once after %s, which is not from Periskope', async (_, result) => {
		const { sent, attempts } = await run(requestsOf(3, 2), () => result, {
			concurrentRequests: 1,
		});
		expect(attempts).toHaveLength(1);
		expect(failuresOf(sent)).toMatchObject([
			{ isNotPeriskope: true, applied: 'no' },
			...times(2, {
				what: "Not sent: the Base URL isn't the Periskope API",
				advice: 'Check the Base URL in the credential.',
				applied: 'no',
			}),
		]);
	});

	it('at the first failure, where the node stops on errors', async () => {
		const { sent, attempts } = await run(
			requestsOf(10, 3),
			(request, attempt) => (attempt === 2 ? response(422) : ok(request)),
			{ stopOnFailure: true, concurrentRequests: 2 },
		);
		expect(attempts.length).toBeLessThanOrEqual(4);
		expect(kindsOf(sent).filter((kind) => kind === 'failed')).toHaveLength(1);
		expect(kindsOf(sent).slice(4)).toEqual(times(6, 'not sent'));
	});

	it.each<[string, AttemptResult, boolean]>([
		['stops on errors', response(422), true],
		['had its API key rejected', response(401), false],
	])(
		'before any request is sent that waits for a response, where the node %s',
		async (_, rejection, stopOnFailure) => {
			const { attempts, sent } = await run(
				requestsOf(6),
				(request, attempt) =>
					attempt === 0
						? response(429, { 'retry-after': '1' })
						: attempt === 1
							? ok(request)
							: rejection,
				{ concurrentRequests: 2, stopOnFailure },
			);
			expect(attempts).toHaveLength(3);
			expect(kindsOf(sent).filter((kind) => kind === 'not sent')).toHaveLength(4);
		},
	);

	it('without waiting for retries of other requests, where the node stops on errors', async () => {
		const { tookMs, sent } = await run(
			requestsOf(2),
			(request) =>
				request.rows[0] === 0 ? response(503, { 'retry-after': '100' }) : response(422),
			{ stopOnFailure: true },
		);
		expect(tookMs).toBeLessThan(1000);
		expect(kindsOf(sent)).toEqual(['failed', 'failed']);
	});

	it('when the execution is cancelled, without waiting for any pause', async () => {
		let isCancelled = false;
		const { attempts, sent, tookMs } = await run(
			requestsOf(10),
			(_, attempt) => {
				isCancelled = attempt === 3;
				return response(429, { 'retry-after': '60' });
			},
			{ isCancelled: () => isCancelled },
		);
		expect(attempts).toHaveLength(4);
		expect(tookMs).toBeLessThan(1000);
		expect(kindsOf(sent).slice(4)).toEqual(times(6, 'not sent'));
	});
});

describe('a run is not aborted', () => {
	it('where a batch with unknown outcome was rejected in the end', async () => {
		const { sent, attempts } = await run(
			requestsOf(1, 8),
			(_, attempt) => (attempt === 0 ? networkError('ECONNRESET') : response(422)),
			{ concurrentRequests: 1 },
		);
		expect(attempts).toHaveLength(1 + 15);
		expect(kindsOf(sent)).not.toContain('not sent');
	});

	it.each<[string, (request: MemberRequest, row: number) => AttemptResult]>([
		[
			'each email is rejected with another message',
			(_, row) => response(422, {}, { message: `No m${row}` }),
		],
		[
			'each email is rejected with another message beside the email it names',
			(_, row) => response(422, {}, { message: `m${row}@x.co has no seat ${row}` }),
		],
		['a request succeeded before', (request, row) => (row === 0 ? ok(request) : response(422))],
		[
			'fewer than a hundred emails are rejected before the first success',
			(request, row) => (row % 100 === 99 ? ok(request) : response(422)),
		],
	])('where %s', async (_, server) => {
		const { sent } = await run(
			requestsOf(250),
			(request) => server(request, request.rows[0] ?? 0),
			{ concurrentRequests: 1 },
		);
		expect(kindsOf(sent)).not.toContain('not sent');
	});

	it('where batches that are not bisected are rejected with the same message', async () => {
		const { sent, attempts } = await run(
			requestsOf(120, 2),
			() => response(422, {}, { message: 'There is no label Salse' }),
			{ concurrentRequests: 1 },
		);
		expect(attempts).toHaveLength(120);
		expect(kindsOf(sent)).not.toContain('not sent');
	});

	it('where requests succeed between those without retries left', async () => {
		const { sent } = await run(
			requestsOf(10),
			(request) => ((request.rows[0] ?? 0) % 3 === 2 ? ok(request) : response(503)),
			{ concurrentRequests: 1, maxRetries: 0 },
		);
		expect(kindsOf(sent)).not.toContain('not sent');
	});
});

describe('a 404 in the words of an API', () => {
	const NOT_FOUND = response(404, {}, { message: 'Not found' });
	const FOREIGN = {
		what: expect.stringMatching(/404.* couldn't be confirmed.*No route$/) as unknown,
		advice:
			'Check the Base URL in the credential. Periskope documents https://api.periskope.app/v1.',
		reason: 'unavailable',
		applied: 'no',
		isNotPeriskope: true,
		isUnconfirmed: true,
		details: { httpCode: '404' },
	};
	const NOT_SENT = {
		what: "Not sent: the Base URL isn't the Periskope API",
		advice: 'Check the Base URL in the credential.',
		reason: 'notSent',
		isRetryable: true,
		applied: 'no',
		details: {},
	};
	/** Lists the phones with these results in turn. */
	const listing = (...results: AttemptResult[]): Pick<RunOptions, 'listPhones'> => {
		const left = [...results];
		return {
			listPhones: () => {
				const result = left.shift();
				return result ? Promise.resolve(result) : Promise.reject(new Error('One call too many'));
			},
		};
	};
	const NO_ROUTE = listing(...times(50, response(404, {}, { message: 'No route' })));
	const ONE_BY_ONE = { concurrentRequests: 1 };

	it.each([
		['delete', DELETE, 1],
		['invite', INVITE, 8],
		['updateAccess', UPDATE_ACCESS, 8],
	])('ends a run of %s where no phones are listed', async (_, call, emailsEach) => {
		const { sent, attempts, listings } = await run(
			requestsOf(3, emailsEach),
			() => NOT_FOUND,
			{ ...ONE_BY_ONE, ...listing(response(404, {}, { message: 'No route' })) },
			call,
		);
		expect(attempts).toHaveLength(1);
		expect(listings).toHaveLength(1);
		expect(failuresOf(sent)).toEqual([FOREIGN, NOT_SENT, NOT_SENT]);
		expect(sent.progress).toMatchObject({ requestsSent: 1, retries: 0 });
	});

	it('ends a run with an unknown outcome where an earlier attempt had one', async () => {
		const { sent, attempts } = await run(
			requestsOf(2),
			(_, attempt) => (attempt === 0 ? networkError('ECONNRESET') : NOT_FOUND),
			{ ...ONE_BY_ONE, ...NO_ROUTE },
			DELETE,
		);
		expect(attempts).toHaveLength(2);
		expect(failuresOf(sent)).toEqual([{ ...FOREIGN, applied: 'unknown' }, NOT_SENT]);
	});

	it('ends a run where the phones stay out of reach', async () => {
		const { sent, attempts, listings } = await run(
			requestsOf(3),
			() => NOT_FOUND,
			{ ...ONE_BY_ONE, maxRetries: 2, ...listing(...times(3, response(503))) },
			DELETE,
		);
		expect([attempts.length, listings.length]).toEqual([1, 3]);
		expect(failuresOf(sent)).toMatchObject([
			{
				what: expect.stringMatching(/couldn't be confirmed.*503/) as unknown,
				applied: 'no',
				isUnconfirmed: true,
			},
			...times(2, {
				what: "Not sent: the Base URL couldn't be confirmed as the Periskope API",
				advice: 'See the request that failed.',
				applied: 'no',
			}),
		]);
	});

	it("counts as 'not found' for a deletion once phones are listed, and they are listed once", async () => {
		const { sent, attempts, listings } = await run(
			requestsOf(12),
			() => NOT_FOUND,
			{ ...ONE_BY_ONE, ...listing(response(200, {}, [])) },
			DELETE,
		);
		expect([attempts.length, listings.length]).toEqual([12, 1]);
		expect(sent.requests.map(({ reply }) => reply)).toEqual(
			times(12, {
				kind: 'content',
				members: [],
				notFound: 'Not found',
				appliedBefore: 'no',
				details: { httpCode: '404' },
			}),
		);
		expect(sent.progress).toMatchObject({ requestsSent: 12, retries: 0 });
	});

	it("counts as 'not found' for a batch once phones are listed, and bisects it", async () => {
		const { sent, attempts, listings } = await run(
			requestsOf(1, 4),
			(request) => (request.emails.includes('m2@x.co') ? NOT_FOUND : ok(request)),
			listing(response(200, {}, [{ org_phone: '1@c.us' }])),
		);
		expect([attempts.length, listings.length]).toEqual([5, 1]);
		expect(kindsOf(sent)).toEqual(['succeeded', 'failed', 'succeeded']);
		expect(failuresOf(sent)).toMatchObject([
			{ what: "Periskope didn't find what the request names: Not found", applied: 'no' },
		]);
	});

	it('has phones listed once though several come at the same moment', async () => {
		const { attempts, listings, sent } = await run(
			requestsOf(8),
			() => NOT_FOUND,
			listing(response(200, {}, [])),
			DELETE,
		);
		expect([attempts.length, listings.length]).toEqual([8, 1]);
		expect(kindsOf(sent)).toEqual(times(8, 'succeeded'));
		const foreign = await run(requestsOf(8), () => NOT_FOUND, NO_ROUTE, DELETE);
		expect([foreign.attempts.length, foreign.listings.length]).toEqual([4, 1]);
		expect(failuresOf(foreign.sent)).toEqual([...times(4, FOREIGN), ...times(4, NOT_SENT)]);
	});

	it("has phones listed again after temporary errors, and counts as 'not found' once they are", async () => {
		const { attempts, listings, sent } = await run(
			requestsOf(3),
			() => NOT_FOUND,
			{
				...ONE_BY_ONE,
				...listing(response(503), networkError('ECONNRESET'), response(200, {}, [])),
			},
			DELETE,
		);
		expect([attempts.length, listings.length]).toEqual([3, 3]);
		expect(kindsOf(sent)).toEqual(times(3, 'succeeded'));
	});

	it.each([
		['delete', DELETE, response(200, {}, { success: true })],
		['invite', INVITE, response(200, {}, { addedMembers: [] })],
		['updateAccess', UPDATE_ACCESS, response(200, {}, [])],
	])(
		"counts as 'not found' for %s without a list once a request succeeded",
		async (_, call, success) => {
			const { attempts, listings, sent } = await run(
				requestsOf(4),
				(__, attempt) => (attempt === 0 ? success : NOT_FOUND),
				{ ...ONE_BY_ONE, ...listing() },
				call,
			);
			expect([attempts.length, listings.length]).toEqual([4, 0]);
			expect(kindsOf(sent)).not.toContain('not sent');
			for (const failure of failuresOf(sent)) expect(failure.isNotPeriskope).toBeUndefined();
		},
	);

	it("doesn't count as 'not found' for an earlier request that failed", async () => {
		const { attempts, listings, sent } = await run(
			requestsOf(4),
			(_, attempt) => (attempt === 0 ? response(422) : NOT_FOUND),
			{ ...ONE_BY_ONE, ...NO_ROUTE },
		);
		expect([attempts.length, listings.length]).toEqual([2, 1]);
		expect(failuresOf(sent)).toMatchObject([
			{ details: { httpCode: '422' } },
			FOREIGN,
			NOT_SENT,
			NOT_SENT,
		]);
	});

	it("counts as 'not found' where another request succeeds while phones are being listed", async () => {
		const { attempts, sent } = await run(
			requestsOf(2),
			(request) => (request.rows[0] === 0 ? NOT_FOUND : response(200, {}, { success: true })),
			// A key that may not list phones.
			{ concurrentRequests: 2, ...listing(response(403)) },
			DELETE,
		);
		expect(attempts).toHaveLength(2);
		expect(kindsOf(sent)).toEqual(['succeeded', 'succeeded']);
	});

	it.each<[string, AttemptResult]>([
		['a web page with the status 404', response(404, {}, '<h1>Not Found</h1>')],
		['another rejection', response(422)],
		['a server error', response(500)],
		['a lost response', networkError('ECONNRESET')],
		['a success', response(200, {}, [])],
	])('alone has phones listed, and not %s', async (_, result) => {
		const { listings } = await run(requestsOf(3, 2), () => result, listing());
		expect(listings).toEqual([]);
	});
});

describe('a request that was not sent', () => {
	it('says that the execution was cancelled', async () => {
		let isCancelled = false;
		const { sent } = await run(
			requestsOf(8),
			(request) => {
				isCancelled = true;
				return ok(request);
			},
			{ concurrentRequests: 1, isCancelled: () => isCancelled },
		);
		expect(kindsOf(sent)).toEqual(['succeeded', ...times(7, 'not sent')]);
		expect(failuresOf(sent)).toEqual(
			times(7, {
				what: 'Not sent: the execution was cancelled',
				advice: '',
				reason: 'notSent',
				isRetryable: true,
				applied: 'no',
				details: {},
			}),
		);
	});

	it('says that an earlier request failed, and where to look', async () => {
		const { sent } = await run(requestsOf(3), () => response(422), {
			concurrentRequests: 1,
			stopOnFailure: true,
		});
		expect(failuresOf(sent).slice(1)).toEqual(
			times(2, {
				what: 'Not sent: an earlier request failed',
				advice: 'See the request that failed.',
				reason: 'notSent',
				isRetryable: true,
				applied: 'no',
				details: {},
			}),
		);
	});

	it('says that the API key was rejected, and what to check', async () => {
		const { sent } = await run(requestsOf(3), () => response(401), { concurrentRequests: 1 });
		expect(failuresOf(sent).slice(1)).toEqual(
			times(2, {
				what: 'Not sent: Periskope rejected the API key',
				advice: 'Check the API key in the credential.',
				reason: 'notSent',
				isRetryable: true,
				applied: 'no',
				details: {},
			}),
		);
	});

	it('says that three requests in a row failed, and where to look', async () => {
		const { sent } = await run(requestsOf(5), () => networkError('ECONNREFUSED'), {
			concurrentRequests: 1,
			maxRetries: 1,
		});
		expect(failuresOf(sent).slice(3)).toEqual(
			times(2, {
				what: 'Not sent: 3 requests in a row failed with network or server errors',
				advice: 'See the requests that failed.',
				reason: 'notSent',
				isRetryable: true,
				applied: 'no',
				details: {},
			}),
		);
	});
});

describe('a rejected batch', () => {
	const rejecting =
		(bad: ReadonlySet<string>, code = 422, body: unknown = { message: 'Unknown member' }) =>
		(request: MemberRequest) =>
			request.emails.some((email) => bad.has(email)) ? response(code, {}, body) : ok(request);

	it('is bisected to single emails, with at most 2·k·log2(n) + 1 requests for k bad emails of n', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 2, max: 128 }),
				fc.uniqueArray(fc.nat(127), { maxLength: 6 }),
				async (n, positions) => {
					const bad = new Set(
						positions.filter((position) => position < n).map((position) => `m${position}@x.co`),
					);
					const { sent, attempts } = await run(requestsOf(1, n), rejecting(bad));
					const failed = sent.requests
						.filter(({ reply }) => reply.kind === 'failed')
						.map(({ request }) => request.emails);
					expect(new Set(failed.flat())).toEqual(bad);
					expect(failed.every((emails) => emails.length === 1)).toBe(true);
					expect(sent.requests.flatMap(({ request }) => request.emails)).toHaveLength(n);
					expect(attempts.length).toBeLessThanOrEqual(2 * bad.size * Math.ceil(Math.log2(n)) + 1);
				},
			),
		);
	}, 60_000);

	it.each([400, 404, 409, 413, 422])('is bisected after the status %i', async (code) => {
		const { sent } = await run(requestsOf(1, 4), rejecting(new Set(['m2@x.co']), code));
		expect(kindsOf(sent).toSorted()).toEqual(['failed', 'succeeded', 'succeeded']);
	});

	it.each([
		['field labels', { message: 'm', fields: { labels: { message: 'no such label' } } }],
		['field orgPhones', { message: 'm', fields: { orgPhones: { message: 'm' } } }],
		['message alone', { message: 'There is no label Salse' }],
		['message of two words', { message: 'org phone 1 is unknown' }],
	])('is not bisected where Periskope names labels or org phones: %s', async (_, body) => {
		const { attempts, sent } = await run(requestsOf(1, 8), () => response(422, {}, body));
		expect(attempts).toHaveLength(1);
		expect(kindsOf(sent)).toEqual(['failed']);
	});

	it('is not bisected where the node stops on errors', async () => {
		const { attempts, sent } = await run(requestsOf(1, 8), () => response(422), {
			stopOnFailure: true,
		});
		expect(attempts).toHaveLength(1);
		expect(kindsOf(sent)).toEqual(['failed']);
	});

	it('is bisected where "label" is only the name in an email address', async () => {
		const { attempts } = await run(requestsOf(1, 2), () =>
			response(422, {}, { message: 'label@acme.com is not a member' }),
		);
		expect(attempts).toHaveLength(3);
	});

	it('is bisected where Periskope names emails beside labels', async () => {
		const body = { message: 'm', fields: { emails: { message: 'm' }, labels: { message: 'm' } } };
		const { attempts } = await run(requestsOf(1, 2), rejecting(new Set(['m0@x.co']), 422, body));
		expect(attempts).toHaveLength(3);
	});

	it('was not applied to any of its emails that failed', async () => {
		const { sent } = await run(requestsOf(1, 4), rejecting(new Set(['m1@x.co', 'm2@x.co'])));
		expect(failuresOf(sent).map(({ applied }) => applied)).toEqual(['no', 'no']);
	});

	it('keeps its unknown outcome where its halves are not sent', async () => {
		const { sent } = await run(
			requestsOf(1, 2),
			(_, attempt) =>
				attempt === 0 ? networkError('ECONNRESET') : attempt === 1 ? response(422) : response(401),
			{ concurrentRequests: 1 },
		);
		expect(kindsOf(sent)).toEqual(['failed', 'not sent']);
		expect(failuresOf(sent).map(({ applied }) => applied)).toEqual(['unknown', 'unknown']);
	});

	it('keeps the rows of its emails', async () => {
		const { sent } = await run(requestsOf(1, 4), rejecting(new Set(['m2@x.co'])));
		expect(sent.requests.map(({ request }) => request.rows)).toEqual([[0, 1], [2], [3]]);
	});

	it('has its halves sent in parallel', async () => {
		const { attempts } = await run(requestsOf(1, 16), rejecting(new Set(['m0@x.co', 'm8@x.co'])));
		expect(Math.max(...attempts.map(({ parallel }) => parallel))).toBeGreaterThan(1);
	});

	it('has its halves sent before further requests', async () => {
		const { attempts } = await run(requestsOf(2, 2), rejecting(new Set(['m0@x.co'])), {
			concurrentRequests: 1,
		});
		expect(attempts.map(({ emails }) => emails)).toEqual([
			['m0@x.co', 'm1@x.co'],
			['m0@x.co'],
			['m1@x.co'],
			['m2@x.co', 'm3@x.co'],
		]);
	});
});

describe('whatever the server responds', () => {
	/** Stands for the members of the request, in the form of the operation. */
	const ITS_MEMBERS = 'the members of the request';
	const RESULTS: AttemptResult[] = [
		response(200, {}, ITS_MEMBERS),
		response(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3' }, ITS_MEMBERS),
		response(200, { 'x-ratelimit-remaining': '1' }, ITS_MEMBERS),
		response(200, {}, '<html>Log in</html>'),
		response(401),
		response(404, {}, { message: 'Member not found' }),
		response(404, {}, '<!DOCTYPE html><h1>Not Found</h1>'),
		response(408),
		response(422, {}, { message: 'Unknown member' }),
		response(422, {}, { message: 'There is no label Salse' }),
		response(429),
		response(429, { 'retry-after': '2' }),
		response(500),
		response(501),
		response(503),
		response(503, { 'retry-after': '1' }),
		response(425),
		response(522),
		networkError('ECONNRESET'),
		networkError('EPIPE'),
		networkError('ECONNREFUSED'),
		networkError('CERT_HAS_EXPIRED'),
	];

	const LISTED = response(200, {}, [{ org_phone: '1@c.us' }]);

	interface Scenario {
		/** how many emails each request has */
		sizes: number[];
		/** of the attempts in turn, over and over */
		results: AttemptResult[];
		concurrentRequests: number;
		maxRetries: number;
		stopOnFailure: boolean;
		/** after how many attempts the execution is cancelled */
		cancelledAfter: number;
		/** of the calls that list the phones, in turn, over and over */
		phones: AttemptResult[];
	}
	const scenario: fc.Arbitrary<Scenario> = fc.record({
		sizes: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 }),
		results: fc.array(
			fc.oneof(fc.constant(response(200, {}, ITS_MEMBERS)), fc.constantFrom(...RESULTS)),
			{ minLength: 1, maxLength: 12 },
		),
		concurrentRequests: fc.integer({ min: 1, max: 5 }),
		maxRetries: fc.nat(3),
		stopOnFailure: fc.boolean(),
		cancelledAfter: fc.option(fc.nat(20), { nil: Infinity, freq: 3 }),
		phones: fc.array(
			fc.oneof(
				fc.constant(LISTED),
				fc.constantFrom(
					response(404, {}, { message: 'No route' }),
					response(200, {}, '<html>Log in</html>'),
					response(429, { 'retry-after': '2' }),
					response(503),
					networkError('ECONNREFUSED'),
				),
			),
			{ minLength: 1, maxLength: 3 },
		),
	});

	const BODIES = new Map<MemberCall, (emails: readonly string[]) => unknown>([
		[DELETE, () => ({ success: true })],
		[INVITE, (emails) => ({ addedMembers: emails.map((email) => ({ email })) })],
		[UPDATE_ACCESS, (emails) => emails.map((email) => ({ email }))],
	]);

	async function play(
		call: MemberCall,
		{ sizes, results, cancelledAfter, phones, ...options }: Scenario,
	) {
		let row = 0;
		let listed = 0;
		const requests = sizes.map((size): MemberRequest => {
			const rows = Array.from({ length: size }, () => row++);
			return { emails: rows.map((own) => `m${own}@x.co`), rows, access: {} };
		});
		let attempted = 0;
		const played = await run(
			requests,
			({ emails }, attempt) => {
				attempted += 1;
				const result = results[attempt % results.length] ?? response(500);
				return result.kind === 'response' && result.body === ITS_MEMBERS
					? { ...result, body: BODIES.get(call)?.(emails) }
					: result;
			},
			{
				...options,
				isCancelled: () => attempted >= cancelledAfter,
				listPhones: () => Promise.resolve(phones[listed++ % phones.length] ?? LISTED),
			},
			call,
		);
		return { ...played, emails: requests.flatMap((request) => request.emails) };
	}

	/** The results of each request that was sent, by its emails; its halves are other requests. */
	function resultsByRequest(attempts: readonly SeenAttempt[]): Map<string, AttemptResult[]> {
		const byRequest = new Map<string, AttemptResult[]>();
		for (const { emails, result } of attempts) {
			const key = emails.join();
			byRequest.set(key, [...(byRequest.get(key) ?? []), result]);
		}
		return byRequest;
	}

	const isRateLimit = (result: AttemptResult) =>
		result.kind === 'response' && result.status === 429;

	const hasUnknownOutcome = (result: AttemptResult, call: MemberCall) => {
		const reply = readReply(result, { emails: [], rows: [], access: {} }, call, 'no');
		return reply.kind === 'failed' && reply.failure.applied === 'unknown';
	};

	it('returns every email once, in the order of the rows', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { sent, emails } = await play(UPDATE_ACCESS, given);
				expect(sent.requests.flatMap(({ request }) => request.emails)).toEqual(emails);
			}),
		);
	});

	it('keeps to the limits of parallel requests and retries', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { attempts } = await play(UPDATE_ACCESS, given);
				const parallel = attempts.map((attempt) => attempt.parallel);
				expect(Math.max(0, ...parallel)).toBeLessThanOrEqual(given.concurrentRequests);
				for (const results of resultsByRequest(attempts).values()) {
					// The rate limit uses up no retry.
					const counted = results.filter((result) => !isRateLimit(result));
					expect(counted.length).toBeLessThanOrEqual(1 + given.maxRetries);
				}
			}),
		);
	});

	it('retries a request only after a transient error', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { attempts } = await play(UPDATE_ACCESS, given);
				for (const results of resultsByRequest(attempts).values()) {
					expect(results.slice(0, -1).every(isRetryable)).toBe(true);
				}
			}),
		);
	});

	it('counts every attempt, retry and email', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { sent, attempts, reported, emails } = await play(UPDATE_ACCESS, given);
				expect(sent.progress).toEqual({
					emails: emails.length,
					emailsDone: emails.length,
					requestsSent: attempts.length,
					retries: attempts.length - resultsByRequest(attempts).size,
				});
				const done = reported.map(({ emailsDone }) => emailsDone);
				expect(done).toEqual(done.toSorted((a, b) => a - b));
				expect(done).toHaveLength(sent.requests.length + sent.progress.requestsSent);
			}),
		);
	});

	it('says "Not sent" of exactly the requests that were not sent', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { sent, attempts } = await play(UPDATE_ACCESS, given);
				const seen = resultsByRequest(attempts);
				const kinds = kindsOf(sent);
				for (const [index, { request }] of sent.requests.entries()) {
					expect(kinds[index] === 'not sent').toBe(!seen.has(request.emails.join()));
				}
			}),
		);
	});

	it('reports an unknown outcome for exactly the failed emails that had one in any attempt', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { sent, attempts } = await play(UPDATE_ACCESS, given);
				for (const { request, reply } of sent.requests) {
					if (reply.kind === 'content') continue;
					for (const email of request.emails) {
						const wasUnknown = attempts.some(
							({ emails, result }) =>
								emails.includes(email) && hasUnknownOutcome(result, UPDATE_ACCESS),
						);
						expect(reply.failure.applied).toBe(wasUnknown ? 'unknown' : 'no');
					}
				}
			}),
		);
	});

	it('sends no request once the execution is cancelled', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { attempts } = await play(UPDATE_ACCESS, given);
				// Requests that may start at the same moment do.
				expect(attempts.length).toBeLessThan(given.cancelledAfter + given.concurrentRequests);
			}),
		);
	});

	it('never repeats an invitation that may have been sent', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { attempts } = await play(INVITE, given);
				const unknown = new Set<string>();
				for (const { emails, result } of attempts) {
					expect(emails.filter((email) => unknown.has(email))).toEqual([]);
					if (!hasUnknownOutcome(result, INVITE)) continue;
					for (const email of emails) unknown.add(email);
				}
			}),
		);
	});

	it("counts a 404 as 'not found' only from a server that is known to be Periskope", async () => {
		const single = scenario.map((given) => ({ ...given, sizes: given.sizes.map(() => 1) }));
		await fc.assert(
			fc.asyncProperty(single, async (given) => {
				const { sent, attempts, listings } = await play(DELETE, given);
				const isKnown =
					listings.includes(LISTED) ||
					attempts.some(
						({ result }) =>
							result.kind === 'response' &&
							result.status === 200 &&
							typeof result.body === 'object',
					);
				if (isKnown) return;
				expect(kindsOf(sent)).not.toContain('succeeded');
			}),
		);
	});

	it('lists the phones only after a 404 in the words of an API, and goes on only after a temporary error', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (given) => {
				const { attempts, listings } = await play(UPDATE_ACCESS, given);
				const hasNotFound = attempts.some(
					({ result }) =>
						result.kind === 'response' && result.status === 404 && typeof result.body === 'object',
				);
				if (!hasNotFound) expect(listings).toEqual([]);
				// The rate limit uses up no retry.
				const others = listings.filter(
					(result) => result.kind !== 'response' || result.status !== 429,
				);
				expect(others.length).toBeLessThanOrEqual(1 + given.maxRetries);
				expect(listings.slice(0, -1).every(isRetryable)).toBe(true);
			}),
		);
	});

	it('takes no member for deleted that is not found, and knows whether an attempt may have deleted it', async () => {
		const single = scenario.map((given) => ({ ...given, sizes: given.sizes.map(() => 1) }));
		await fc.assert(
			fc.asyncProperty(single, async (given) => {
				const { sent, attempts } = await play(DELETE, given);
				const seen = resultsByRequest(attempts);
				for (const { request, reply } of sent.requests) {
					if (reply.kind === 'failed') continue;
					const wasUnknown = (seen.get(request.emails.join()) ?? []).some((result) =>
						hasUnknownOutcome(result, DELETE),
					);
					expect(reply.members).toHaveLength(reply.notFound === undefined ? 1 : 0);
					expect(reply.appliedBefore).toBe(wasUnknown ? 'unknown' : 'no');
				}
			}),
		);
	});
});

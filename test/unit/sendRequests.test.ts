import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { MemberRequest } from '../../nodes/Periskope/steps/2-plan/planRequests';
import type { Exchange } from '../../nodes/Periskope/transport/exchange';
import {
	sendRequests,
	type SendOptions,
	type Sent,
} from '../../nodes/Periskope/steps/3-send/sendRequests';
import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import { VirtualClock } from './virtualClock';

const LATENCY_MS = 20;
const CONTINUE: SendOptions = {
	concurrentRequests: 4,
	maxRetries: 5,
	stopOnFailure: false,
	isCancelled: () => false,
};

interface Attempt {
	at: number;
	emails: readonly string[];
	underWay: number;
}

/** n requests of some emails each, numbered through. */
const requestsOf = (n: number, emailsEach = 1): MemberRequest[] =>
	Array.from({ length: n }, (_, index) => {
		const rows = Array.from(
			{ length: emailsEach },
			(__, position) => index * emailsEach + position,
		);
		return { emails: rows.map((row) => `m${row}@x.co`), rows, access: { labels: ['Sales'] } };
	});

const ok = ({ emails }: MemberRequest, headers: Record<string, string> = {}): Exchange => ({
	status: 200,
	headers,
	body: emails.map((email) => ({ email })),
});
const OK: Exchange = { status: 200, headers: {}, body: [] };
const status = (
	code: number,
	headers: Record<string, string> = {},
	body: unknown = {},
): Exchange => ({ status: code, headers, body });

async function run(
	requests: MemberRequest[],
	server: (request: MemberRequest, attempt: number, now: number) => Exchange,
	options: Partial<SendOptions> = {},
) {
	const clock = new VirtualClock();
	const attempts: Attempt[] = [];
	const start = clock.now();
	let underWay = 0;
	const send = async (request: MemberRequest) => {
		underWay += 1;
		const index = attempts.push({ at: clock.now() - start, emails: request.emails, underWay }) - 1;
		const exchange = server(request, index, clock.now() - start);
		await clock.pause(LATENCY_MS);
		underWay -= 1;
		return exchange;
	};
	const sent = await clock.run(
		sendRequests(requests, UPDATE_ACCESS, send, clock, { ...CONTINUE, ...options }),
	);
	return { sent, attempts, tookMs: clock.now() - start };
}

const kindsOf = ({ requests }: Sent) =>
	requests.map(({ reply }) =>
		'members' in reply
			? 'updated'
			: reply.failure.what.startsWith('Not sent')
				? 'not sent'
				: 'failed',
	);
const whyOf = ({ requests }: Sent) =>
	requests.flatMap(({ reply }) => ('failure' in reply ? [reply.failure] : []));

describe('sending', () => {
	it('has no more requests under way than it may, and returns them in the order of their rows', async () => {
		const { sent, attempts, tookMs } = await run(requestsOf(10), (request) => ok(request));
		expect(Math.max(...attempts.map(({ underWay }) => underWay))).toBe(4);
		expect(tookMs).toBe(3 * LATENCY_MS);
		expect(sent.requests.map(({ request }) => request.rows[0])).toEqual([
			0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
		]);
		expect(sent.progress).toEqual({
			emails: 10,
			emailsDone: 10,
			requestsSent: 10,
			retries: 0,
			waits: 0,
		});
	});

	it('returns them in the order of their rows, whichever was answered last', async () => {
		const { sent, attempts } = await run(requestsOf(6), (request, attempt) =>
			attempt % 2 === 0 && attempt < 6 ? status(503) : ok(request),
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

	it('repeats what may pass, as often as it may, and then gives up with the last reason', async () => {
		const flaky = await run(requestsOf(1), (request, attempt) =>
			attempt < 5 ? status(503) : ok(request),
		);
		expect(kindsOf(flaky.sent)).toEqual(['updated']);
		expect(flaky.sent.progress).toMatchObject({ requestsSent: 6, retries: 5 });
		const gone = await run(requestsOf(1), () => status(503, {}, { message: 'Down' }), {
			maxRetries: 2,
		});
		expect(gone.attempts).toHaveLength(3);
		expect(whyOf(gone.sent)).toMatchObject([
			{ what: 'Periskope could not carry the request out: Down', applied: 'maybe' },
		]);
	});

	it('counts its waits, one for all where all wait', async () => {
		const flaky = await run(requestsOf(8), (request, attempt) =>
			attempt === 0
				? status(503)
				: attempt === 1
					? status(429, { 'retry-after': '9' })
					: ok(request),
		);
		expect(flaky.sent.progress).toMatchObject({ requestsSent: 10, retries: 2, waits: 2 });
	});

	it('never repeats another refusal', async () => {
		const { attempts } = await run(requestsOf(1), () => status(422));
		expect(attempts).toHaveLength(1);
	});

	it('leaves no doubt about a change that was only ever refused', async () => {
		const refused = await run(requestsOf(1), () => status(422));
		expect(whyOf(refused.sent)).toMatchObject([{ httpCode: '422', applied: 'no' }]);
		const limited = await run(
			requestsOf(1),
			(_, attempt) => (attempt === 0 ? status(429, { 'retry-after': '1' }) : status(404)),
			{ maxRetries: 1 },
		);
		expect(whyOf(limited.sent)).toMatchObject([{ httpCode: '404', applied: 'no' }]);
	});

	it('remembers over all attempts that one of them may have been carried out', async () => {
		const { sent } = await run(requestsOf(1), (_, attempt) =>
			attempt === 0 ? { fault: 'ECONNRESET' } : status(422),
		);
		expect(whyOf(sent)).toMatchObject([{ httpCode: '422', applied: 'maybe' }]);
	});
});

describe('the gate', () => {
	it('holds all requests after one of them was refused for the limit, until the server said', async () => {
		const { attempts, sent } = await run(requestsOf(20), (request, attempt) =>
			attempt === 2 ? status(429, { 'retry-after': '10' }) : ok(request),
		);
		const after = attempts.filter(({ at }) => at >= LATENCY_MS);
		expect(Math.min(...after.map(({ at }) => at))).toBeGreaterThanOrEqual(10_000);
		expect(new Set(kindsOf(sent))).toEqual(new Set(['updated']));
	});

	it('holds all requests when the limit is used up, until it starts anew', async () => {
		const { attempts } = await run(requestsOf(12), (request, attempt) =>
			ok(request, {
				'x-ratelimit-remaining': String(Math.max(0, 3 - attempt)),
				'x-ratelimit-reset': '30',
			}),
		);
		const gaps = attempts.map(({ at }, index) => at - (attempts[index - 1]?.at ?? 0));
		expect(Math.max(...gaps)).toBeGreaterThanOrEqual(29_900);
	});

	it('does not send more at once than the limit still lets through', async () => {
		const left = [5, 4, 3, 2];
		const { attempts } = await run(requestsOf(9), (request, attempt) =>
			ok(request, { 'x-ratelimit-remaining': String(left[attempt] ?? 1) }),
		);
		expect(attempts.slice(6).map(({ underWay }) => underWay)).toEqual([1, 1, 1]);
	});

	it('lets fewer through at once after a 429, and more again as answers succeed', async () => {
		const { attempts } = await run(requestsOf(40), (request, attempt) =>
			attempt === 0 ? status(429, { 'retry-after': '1' }) : ok(request),
		);
		const later = attempts.filter(({ at }) => at >= 1000).map(({ underWay }) => underWay);
		expect(Math.max(...later.slice(0, 4))).toBe(2);
		expect(Math.max(...later)).toBe(4);
	});

	it('does not hold the others for a failure that is not about the limit', async () => {
		const { attempts } = await run(requestsOf(8), (request, attempt) =>
			attempt === 0 ? status(503, { 'retry-after': '60' }) : ok(request),
		);
		expect(attempts.filter(({ at }) => at < 1000)).toHaveLength(8);
		expect(attempts.at(-1)?.at).toBeGreaterThanOrEqual(60_000);
	});
});

describe('a run ends early', () => {
	it.each<[number, string, string]>([
		[401, 'Not sent: Periskope had refused the API key', 'Check the API key in the credential.'],
		[
			403,
			'Not sent: Periskope had not allowed what an earlier request asked for',
			'See the request that failed.',
		],
	])(
		'when Periskope answers %i: what was not sent is said to be not sent',
		async (code, what, advice) => {
			const { sent, attempts } = await run(
				requestsOf(10),
				(request, attempt) => (attempt === 1 ? status(code) : ok(request)),
				{ concurrentRequests: 1 },
			);
			expect(attempts).toHaveLength(2);
			expect(kindsOf(sent)).toEqual(['updated', 'failed', ...Array<string>(8).fill('not sent')]);
			expect(whyOf(sent)[1]).toMatchObject({ what, advice, applied: 'no' });
		},
	);

	it('when a web page says that there is nothing at the Base URL', async () => {
		const page = { status: 404, headers: {}, body: '<!DOCTYPE html><pre>Cannot PATCH</pre>' };
		const { sent, attempts } = await run(requestsOf(3), () => page, {
			concurrentRequests: 1,
			stopOnFailure: false,
		});
		expect(attempts).toHaveLength(1);
		expect(whyOf(sent)[1]).toMatchObject({
			what: 'Not sent: something else than the Periskope API had answered',
			advice: 'Check the Base URL in the credential.',
			applied: 'no',
		});
	});

	it('when three requests in a row used their retries up', async () => {
		const { sent, attempts } = await run(requestsOf(10), () => status(503), {
			concurrentRequests: 1,
			maxRetries: 1,
		});
		expect(attempts).toHaveLength(6);
		expect(kindsOf(sent)).toEqual([
			...Array<string>(3).fill('failed'),
			...Array<string>(7).fill('not sent'),
		]);
	});

	it.each([
		[
			'a web page where members should be',
			{ status: 200, headers: {}, body: '<html>Log in</html>' },
		],
		['a fault at Periskope that is not repeated', status(501)],
	])('when three requests in a row leave in doubt what was done: %s', async (_, exchange) => {
		const { sent, attempts } = await run(requestsOf(5, 2), () => exchange, {
			concurrentRequests: 1,
		});
		expect(attempts).toHaveLength(3);
		expect(whyOf(sent).map(({ applied }) => applied)).toEqual([
			...Array<string>(3).fill('maybe'),
			...Array<string>(2).fill('no'),
		]);
	});

	it('but not where a batch in doubt was clearly refused in the end', async () => {
		const { sent, attempts } = await run(
			requestsOf(1, 8),
			(_, attempt) => (attempt === 0 ? { fault: 'ECONNRESET' } : status(422)),
			{ concurrentRequests: 1 },
		);
		expect(attempts).toHaveLength(1 + 15);
		expect(kindsOf(sent)).not.toContain('not sent');
	});

	it('when a hundred emails are refused with the same words before anything has gone well', async () => {
		const { sent, attempts } = await run(
			requestsOf(5, 64),
			() => status(422, {}, { message: 'Phone not found' }),
			{ concurrentRequests: 1 },
		);
		expect(attempts.length).toBeLessThan(2 * 100 + 16);
		expect(attempts.filter(({ emails }) => emails.length === 1)).toHaveLength(100);
		const notSent = whyOf(sent).filter(({ what }) => what.startsWith('Not sent'));
		expect(notSent[0]).toEqual({
			what: 'Not sent: 100 emails had been refused with the same words, and nothing had gone well',
			advice: 'See what they were refused for.',
			mayPass: true,
			applied: 'no',
		});
		expect(sent.requests.flatMap(({ request }) => request.emails)).toHaveLength(320);
	});

	it.each<[string, (row: number) => Exchange]>([
		['each is refused with words of its own', (row) => status(422, {}, { message: `No m${row}` })],
		['something had gone well before', (row) => (row === 0 ? OK : status(422))],
		['it is fewer', (row) => (row % 100 === 99 ? OK : status(422))],
	])('but not where %s', async (_, answer) => {
		const { sent } = await run(requestsOf(250), ({ rows: [row = 0] }) => answer(row), {
			concurrentRequests: 1,
		});
		expect(kindsOf(sent)).not.toContain('not sent');
	});

	it('but not when others succeed in between', async () => {
		const { sent } = await run(
			requestsOf(10),
			(request) => ((request.rows[0] ?? 0) % 3 === 2 ? ok(request) : status(503)),
			{ concurrentRequests: 1, maxRetries: 0 },
		);
		expect(kindsOf(sent)).not.toContain('not sent');
	});

	it('at the first failure, where the node stops on errors', async () => {
		const { sent, attempts } = await run(
			requestsOf(10, 3),
			(request, attempt) => (attempt === 2 ? status(422) : ok(request)),
			{ stopOnFailure: true, concurrentRequests: 2 },
		);
		expect(attempts.length).toBeLessThanOrEqual(4);
		expect(kindsOf(sent).filter((kind) => kind === 'failed')).toHaveLength(1);
		expect(kindsOf(sent).slice(4)).toEqual(Array<string>(6).fill('not sent'));
	});

	it.each<[string, Exchange, boolean]>([
		['stops on errors', status(422), true],
		['had its API key refused', status(401), false],
	])(
		'without letting one more through that waits for its turn, where the node %s',
		async (_, refusal, stopOnFailure) => {
			const { attempts, sent } = await run(
				requestsOf(6),
				(request, attempt) =>
					attempt === 0
						? status(429, { 'retry-after': '1' })
						: attempt === 1
							? ok(request)
							: refusal,
				{ concurrentRequests: 2, stopOnFailure },
			);
			expect(attempts).toHaveLength(3);
			expect(kindsOf(sent).filter((kind) => kind === 'not sent')).toHaveLength(4);
		},
	);

	it('without waiting for the retries of others, where the node stops on errors', async () => {
		const { tookMs, sent } = await run(
			requestsOf(2),
			(request) => (request.rows[0] === 0 ? status(503, { 'retry-after': '100' }) : status(422)),
			{ stopOnFailure: true },
		);
		expect(tookMs).toBeLessThan(1000);
		expect(kindsOf(sent)).toEqual(['failed', 'failed']);
	});

	it('when the execution is cancelled: nothing more is sent', async () => {
		let isCancelled = false;
		const { attempts, sent, tookMs } = await run(
			requestsOf(10),
			(_, attempt) => {
				isCancelled = attempt === 3;
				return status(429, { 'retry-after': '60' });
			},
			{ isCancelled: () => isCancelled },
		);
		expect(attempts).toHaveLength(4);
		expect(tookMs).toBeLessThan(1000);
		expect(kindsOf(sent).slice(4)).toEqual(Array<string>(6).fill('not sent'));
	});
});

describe('what was not sent', () => {
	it('after the execution was cancelled says so, for each request', async () => {
		let isCancelled = false;
		const { sent } = await run(
			requestsOf(8),
			(request) => {
				isCancelled = true;
				return ok(request);
			},
			{ concurrentRequests: 1, isCancelled: () => isCancelled },
		);
		expect(kindsOf(sent)).toEqual(['updated', ...Array<string>(7).fill('not sent')]);
		expect(whyOf(sent)).toEqual(
			Array<object>(7).fill({
				what: 'Not sent: the execution was cancelled',
				advice: '',
				mayPass: true,
				applied: 'no',
			}),
		);
	});

	it('after a failure that stops the node says so, and where to look', async () => {
		const { sent } = await run(requestsOf(3), () => status(422), {
			concurrentRequests: 1,
			stopOnFailure: true,
		});
		expect(whyOf(sent).slice(1)).toEqual(
			Array<object>(2).fill({
				what: 'Not sent: an earlier request had failed',
				advice: 'See the request that failed.',
				mayPass: true,
				applied: 'no',
			}),
		);
	});

	it('after the API key was refused says so, and what to check', async () => {
		const { sent } = await run(requestsOf(3), () => status(401), { concurrentRequests: 1 });
		expect(whyOf(sent).slice(1)).toEqual(
			Array<object>(2).fill({
				what: 'Not sent: Periskope had refused the API key',
				advice: 'Check the API key in the credential.',
				mayPass: true,
				applied: 'no',
			}),
		);
	});

	it('after three requests were given up says so, and where to look', async () => {
		const { sent } = await run(requestsOf(5), () => ({ fault: 'ECONNREFUSED' }), {
			concurrentRequests: 1,
			maxRetries: 1,
		});
		expect(whyOf(sent).slice(3)).toEqual(
			Array<object>(2).fill({
				what: 'Not sent: three requests in a row had failed for reasons that are not in their rows',
				advice: 'See what those requests failed with.',
				mayPass: true,
				applied: 'no',
			}),
		);
	});
});

describe('a refused batch', () => {
	const refusing =
		(bad: ReadonlySet<string>, code = 422, body: unknown = { message: 'Unknown member' }) =>
		(request: MemberRequest) =>
			request.emails.some((email) => bad.has(email)) ? status(code, {}, body) : ok(request);

	it('is halved until the emails at fault stand alone, at a cost of about 2·k·log2(n) + 1 requests', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 2, max: 128 }),
				fc.uniqueArray(fc.nat(127), { maxLength: 6 }),
				async (n, positions) => {
					const bad = new Set(
						positions.filter((position) => position < n).map((position) => `m${position}@x.co`),
					);
					const { sent, attempts } = await run(requestsOf(1, n), refusing(bad));
					const failed = sent.requests
						.filter(({ reply }) => 'failure' in reply)
						.map(({ request }) => request.emails);
					expect(new Set(failed.flat())).toEqual(bad);
					expect(failed.every((emails) => emails.length === 1)).toBe(true);
					expect(sent.requests.flatMap(({ request }) => request.emails)).toHaveLength(n);
					expect(attempts.length).toBeLessThanOrEqual(2 * bad.size * Math.ceil(Math.log2(n)) + 1);
				},
			),
		);
	}, 60_000);

	it.each([400, 404, 409, 413, 422])('is halved after a %i', async (code) => {
		const { sent } = await run(requestsOf(1, 4), refusing(new Set(['m2@x.co']), code));
		expect(kindsOf(sent).toSorted()).toEqual(['failed', 'updated', 'updated']);
	});

	it.each([
		['field labels', { message: 'm', fields: { labels: { message: 'no such label' } } }],
		['field orgPhones', { message: 'm', fields: { orgPhones: { message: 'm' } } }],
		['message alone', { message: 'There is no label Salse' }],
		['message of two words', { message: 'org phone 1 is unknown' }],
	])('is not halved where Periskope names labels or org phones: %s', async (_, body) => {
		const { attempts, sent } = await run(requestsOf(1, 8), () => status(422, {}, body));
		expect(attempts).toHaveLength(1);
		expect(kindsOf(sent)).toEqual(['failed']);
	});

	it('is halved where a label is but the name in an address', async () => {
		const { attempts } = await run(requestsOf(1, 2), () =>
			status(422, {}, { message: 'label@acme.com is not a member' }),
		);
		expect(attempts).toHaveLength(3);
	});

	it('is halved where it names emails too', async () => {
		const body = { message: 'm', fields: { emails: { message: 'm' }, labels: { message: 'm' } } };
		const { attempts } = await run(requestsOf(1, 2), refusing(new Set(['m0@x.co']), 422, body));
		expect(attempts).toHaveLength(3);
	});

	it('leaves no doubt about its emails, for it was only ever refused', async () => {
		const { sent } = await run(requestsOf(1, 4), refusing(new Set(['m1@x.co', 'm2@x.co'])));
		expect(whyOf(sent).map(({ applied }) => applied)).toEqual(['no', 'no']);
	});

	it('that may have been carried out stays in doubt where its halves are not sent any more', async () => {
		const { sent } = await run(
			requestsOf(1, 2),
			(_, attempt) =>
				attempt === 0 ? { fault: 'ECONNRESET' } : attempt === 1 ? status(422) : status(401),
			{ concurrentRequests: 1 },
		);
		expect(kindsOf(sent)).toEqual(['failed', 'not sent']);
		expect(whyOf(sent).map(({ applied }) => applied)).toEqual(['maybe', 'maybe']);
	});

	it('keeps the rows of its emails in its halves', async () => {
		const { sent } = await run(requestsOf(1, 4), refusing(new Set(['m2@x.co'])));
		expect(sent.requests.map(({ request }) => request.rows)).toEqual([[0, 1], [2], [3]]);
	});

	it('is halved with others still under way at once', async () => {
		const { attempts } = await run(requestsOf(1, 16), refusing(new Set(['m0@x.co', 'm8@x.co'])));
		expect(Math.max(...attempts.map(({ underWay }) => underWay))).toBeGreaterThan(1);
	});
});

import fc from 'fast-check';

import type { Fault } from '../sandbox/server';
import { UNKNOWN_CHOICES, UNKNOWN_NAMES, type Unknowns } from '../sandbox/unknowns';
import { accessOf, type Profile } from './access';
import { SPEED } from './fastClock';

/** Of the node, per attempt, in real seconds: sockets keep real time. */
export const TIMEOUT_SECONDS = 0.5;
const BEYOND_TIMEOUT_MS = TIMEOUT_SECONDS * 1000 * SPEED * 1.4;

const retryAfter = fc.constantFrom<Record<string, string>>(
	{},
	{ 'retry-after': '2' },
	{ 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' },
	{ 'x-ratelimit-reset': '3', 'x-ratelimit-remaining': '0' },
	{ 'x-ratelimit-reset': '1', 'retry-after': 'soon' },
);
const applied = fc.boolean();
const html = {
	headers: { 'content-type': 'text/html' },
	body: '<!doctype html><h1>Bad gateway</h1>',
};

/** What can happen to a request; most of the time nothing does. */
const fault: fc.Arbitrary<Fault | undefined> = fc.oneof(
	{ weight: 14, arbitrary: fc.constant(undefined) },
	{
		weight: 3,
		arbitrary: retryAfter.map((headers) => ({
			status: 429,
			headers,
			body: '{"message":"Slow down"}',
		})),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			status: fc.constantFrom(500, 502, 503, 504, 520, 521, 522, 523, 524),
			applied,
		}),
	},
	{ weight: 1, arbitrary: fc.constantFrom(502, 504).map((status) => ({ status, ...html })) },
	{ weight: 1, arbitrary: applied.map((isApplied) => ({ trickleMs: 40, applied: isApplied })) },
	{
		weight: 2,
		arbitrary: fc.record({ cut: fc.constantFrom(true as const, 'midBody' as const), applied }),
	},
	{ weight: 1, arbitrary: fc.constant({ delayMs: BEYOND_TIMEOUT_MS }) },
	{
		weight: 1,
		arbitrary: fc.record({
			body: fc.constantFrom('[{"email":"m1@acm', '', 'null', '{"ok":true}', '[]'),
			status: fc.constant(200),
			applied,
		}),
	},
	{
		weight: 1,
		arbitrary: applied.map((isApplied) => ({ status: 200, ...html, applied: isApplied })),
	},
	{ weight: 1, arbitrary: fc.constant({ gzip: true }) },
	{
		weight: 1,
		arbitrary: fc.constant({ headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2' } }),
	},
);

const unknowns = fc.record(
	Object.fromEntries(
		UNKNOWN_NAMES.map((name) => [name, fc.constantFrom(...UNKNOWN_CHOICES[name])]),
	),
) as fc.Arbitrary<Unknowns>;

/** What a row wants of results that aren't as asked for. */
const handling = fc.record({
	accessMismatch: fc.constantFrom('fail' as const, 'report' as const, 'ignore' as const),
	missingMembers: fc.constantFrom('fail' as const, 'report' as const, 'ignore' as const),
	simplify: fc.boolean(),
});
export type Handling = typeof handling extends fc.Arbitrary<infer Value> ? Value : never;

/** What is drawn of the organization and of the members. */
const people = (rows: number) =>
	fc.record({
		/** what holds for the run */
		unknowns: fc.oneof(fc.constant<Partial<Unknowns>>({}), unknowns),
		/** what holds for single members instead, and for how many of them, in percent */
		ofMembers: fc.array(unknowns, { minLength: 50, maxLength: 50 }),
		oddMembers: fc.constantFrom(0, 2, 50),
		/** of the rows, by index: which of the profiles each has */
		profiles: fc.array(fc.nat(19), { minLength: rows, maxLength: rows }),
		handlings: fc.array(handling, { minLength: 7, maxLength: 7 }),
		/** shares of rows, in percent */
		strangers: fc.constantFrom(0, 1),
		repeats: fc.constantFrom(0, 5),
		flaws: fc.constantFrom(0, 0, 1),
	});

/** What is drawn of the node and its network. */
const sending = fc.record({
	faults: fc.array(fault, { minLength: 300, maxLength: 300 }),
	/** whether a web page may be among them that says 200, which ends a run */
	hasPages: fc.constantFrom(true, false, false, false),
	/** of these faults, one in how many is met */
	everyFault: fc.constantFrom(1, 8),
	operation: fc.constantFrom('updateAccess' as const, 'updateAccess' as const, 'invite' as const),
	batchSize: fc.constantFrom(40, 100, 500),
	concurrentRequests: fc.integer({ min: 1, max: 10 }),
	maxRetries: fc.constantFrom(1, 5, 10),
	checkOrgPhones: fc.boolean(),
	stops: fc.constantFrom(false, false, true),
	/** from which request on how many are refused for a limit, without saying when it ends */
	limited: fc.tuple(fc.nat(60), fc.constantFrom(0, 0, 5, 30)),
	/** something in front of the API responds to all requests from this one on */
	foreignFrom: fc.oneof(
		{ weight: 9, arbitrary: fc.constant(Infinity) },
		{ weight: 1, arbitrary: fc.nat(40) },
	),
	/** whether the Base URL says https, where the server has none */
	hasTls: fc.oneof(
		{ weight: 19, arbitrary: fc.constant(true) },
		{ weight: 1, arbitrary: fc.constant(false) },
	),
});

type Drawn<Source> = Source extends fc.Arbitrary<infer Value> ? Value : never;
export type Chaos = Drawn<typeof sending> &
	Drawn<ReturnType<typeof people>> & { access: Profile[] };

/** The same seed gives the same chaos. */
export function chaosOf(seed: number, rows: number): Chaos {
	const [drawn] = fc.sample(
		fc.tuple(sending, people(rows)).chain(([sent, drawnPeople]) =>
			fc.array(accessOf(sent.checkOrgPhones), { minLength: 20, maxLength: 20 }).map((access) => ({
				...sent,
				...drawnPeople,
				access,
			})),
		),
		{ seed, numRuns: 1 },
	);
	if (!drawn) throw new Error('fast-check gave no sample');
	return drawn;
}

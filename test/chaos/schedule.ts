import fc from 'fast-check';

import type { Fault } from '../sandbox/server';
import { UNKNOWN_CHOICES, type Unknowns } from '../sandbox/unknowns';
import { SPEED } from './fastClock';

/** Of the node, per attempt, in real seconds: sockets keep real time. */
export const TIMEOUT_SECONDS = 0.25;
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
			body: fc.constantFrom('[{"email":"m1@acm', '', 'null', '{"ok":true}'),
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

/** What is otherwise for one in some members. A rejection is of a whole request, and drawn for the run. */
const ofMember: fc.Arbitrary<Partial<Unknowns>> = fc.oneof(
	{ weight: 2, arbitrary: fc.constant({}) },
	{
		weight: 3,
		arbitrary: fc.record(
			{
				admins: fc.constantFrom(...UNKNOWN_CHOICES.admins),
				unknownLabels: fc.constantFrom('created' as const, 'dropped' as const),
				unknownPhones: fc.constantFrom('stored' as const, 'dropped' as const),
				lists: fc.constantFrom(...UNKNOWN_CHOICES.lists),
				nulls: fc.constantFrom(...UNKNOWN_CHOICES.nulls),
				omittedFields: fc.constantFrom(...UNKNOWN_CHOICES.omittedFields),
				listsComeBack: fc.constantFrom(...UNKNOWN_CHOICES.listsComeBack),
				emailCase: fc.constantFrom(...UNKNOWN_CHOICES.emailCase),
			},
			{ requiredKeys: [] },
		),
	},
);

export interface Chaos {
	faults: Array<Fault | undefined>;
	/** of the rows, by index: which access profile each has */
	profiles: number[];
	batchSize: number;
	concurrentRequests: number;
	maxRetries: number;
	stops: boolean;
	unknownEmails: 'leftOut' | 'rejected';
	/** what is otherwise for members, each of whom has one of these */
	unknowns: Array<Partial<Unknowns>>;
	accessMismatch: 'fail' | 'report';
	/** from which request on how many are refused for a limit, without a word about its end */
	limited: [from: number, length: number];
	/** something in front of the API responds to all requests from this one on */
	foreignFrom: number;
	/** whether the Base URL says https, where the server has none */
	hasTls: boolean;
	/** shares of rows, in percent */
	strangers: number;
	repeats: number;
}

/** The same seed gives the same chaos. */
export function chaosOf(seed: number, rows: number): Chaos {
	const [chaos] = fc.sample(
		fc.record({
			faults: fc.array(fault, { minLength: 300, maxLength: 300 }),
			profiles: fc.array(fc.nat(19), { minLength: rows, maxLength: rows }),
			batchSize: fc.constantFrom(40, 100, 500),
			concurrentRequests: fc.integer({ min: 1, max: 10 }),
			maxRetries: fc.constantFrom(1, 5, 10),
			stops: fc.boolean(),
			unknownEmails: fc.constantFrom('leftOut' as const, 'rejected' as const),
			unknowns: fc.array(ofMember, { minLength: 7, maxLength: 7 }),
			accessMismatch: fc.constantFrom('fail' as const, 'report' as const),
			limited: fc.tuple(fc.nat(60), fc.constantFrom(0, 0, 5, 30)),
			foreignFrom: fc.oneof(
				{ weight: 9, arbitrary: fc.constant(Infinity) },
				{ weight: 1, arbitrary: fc.nat(40) },
			),
			hasTls: fc.oneof(
				{ weight: 19, arbitrary: fc.constant(true) },
				{ weight: 1, arbitrary: fc.constant(false) },
			),
			strangers: fc.constantFrom(0, 1),
			repeats: fc.constantFrom(0, 5),
		}),
		{ seed, numRuns: 1 },
	);
	if (!chaos) throw new Error('fast-check gave no sample');
	return chaos;
}

import { header, type AttemptResult, type HttpResponse } from '../api/attempt';
import { isTransientStatus } from '../api/httpErrors';
import { isTransientError } from '../api/networkErrors';

/** Time as the sender needs it. */
export interface Clock {
	/** epoch milliseconds */
	now(): number;
	/** ends early as soon as `isOver` says so */
	pause(ms: number, isOver: () => boolean): Promise<void>;
	/** from 0 up to 1 */
	random(): number;
}

const FIRST_CEILING_MS = 500;
const LAST_CEILING_MS = 30_000;
/** Shortest wait that a server can ask for, so that one that says "at once" isn't asked hundreds of times a second. */
const SHORTEST_REQUESTED_MS = 20;
/** Longest wait that a server can ask for. */
const LONGEST_REQUESTED_MS = 120_000;
const EPOCH_MS_FROM = 1e12;
const EPOCH_SECONDS_FROM = 1e9;

/** Whether the error is temporary, so that another attempt may succeed. */
export const isRetryable = (result: AttemptResult) =>
	result.kind === 'networkError' ? isTransientError(result) : isTransientStatus(result.status);

/**
 * How long to wait before the next attempt: what the server asks for, else a random time below a
 * ceiling that doubles from 0.5 s to 30 s (full jitter, so that many runs don't return as one).
 *
 * @param attempt of the request, from 0
 * @param now epoch milliseconds
 * @param random from 0 up to 1
 * @returns milliseconds
 */
export function retryDelayMs(
	result: AttemptResult,
	attempt: number,
	now: number,
	random: number,
): number {
	const jitter = random * Math.min(FIRST_CEILING_MS * 2 ** attempt, LAST_CEILING_MS);
	if (result.kind === 'networkError') return jitter;
	const requested = retryAfterMs(result, now);
	// Periskope tells the reset with every response; only a 429 has to wait for it.
	const reset = result.status === 429 ? rateLimitResetMs(result, now) : undefined;
	// A time in the past means that the clocks differ, so it is ignored.
	const wait = requested || reset;
	return wait ? Math.max(wait, SHORTEST_REQUESTED_MS) : jitter;
}

/** `Retry-After`, in seconds or as a date. */
export function retryAfterMs(response: HttpResponse, now: number): number | undefined {
	const text = header(response, 'retry-after')?.trim();
	if (!text) return undefined;
	const seconds = Number(text);
	return clamp(Number.isNaN(seconds) ? Date.parse(text) - now : seconds * 1000);
}

/**
 * How long until the rate limit is reset. Periskope documents `X-RateLimit-Reset` without its
 * unit, so each likely one is told by its size: epoch milliseconds, epoch seconds, seconds from
 * now; else it is read as a date.
 */
export function rateLimitResetMs(response: HttpResponse, now: number): number | undefined {
	const text = header(response, 'x-ratelimit-reset')?.trim();
	if (!text) return undefined;
	const number = Number(text);
	if (Number.isNaN(number)) return clamp(Date.parse(text) - now);
	if (number > EPOCH_MS_FROM) return clamp(number - now);
	if (number > EPOCH_SECONDS_FROM) return clamp(number * 1000 - now);
	return clamp(number * 1000);
}

/** How many requests the rate limit still allows, where the server says so. */
export function rateLimitRemaining(response: HttpResponse): number | undefined {
	const text = header(response, 'x-ratelimit-remaining')?.trim();
	return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

const clamp = (ms: number) =>
	Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_REQUESTED_MS);

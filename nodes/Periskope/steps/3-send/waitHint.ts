import { header, type Answer } from '../../transport/exchange';

/** No server's word makes a run wait longer than this for one answer. */
const LONGEST_HINT_MS = 120_000;
const EPOCH_MS_FROM = 1e12;
const EPOCH_SECONDS_FROM = 1e9;

/** How long the server asks the sender of this answer to wait: `Retry-After`, in seconds or as a date. */
export function retryAfterMs(answer: Answer, now: number): number | undefined {
	const text = header(answer, 'retry-after')?.trim();
	if (!text) return undefined;
	const seconds = Number(text);
	return clamp(Number.isNaN(seconds) ? Date.parse(text) - now : seconds * 1000);
}

/**
 * How long until the rate limit starts anew. Periskope documents `X-RateLimit-Reset` without its
 * unit, so each likely one is told by its size: epoch milliseconds, epoch seconds, seconds from
 * now; else it is read as a date.
 */
export function rateLimitResetMs(answer: Answer, now: number): number | undefined {
	const text = header(answer, 'x-ratelimit-reset')?.trim();
	if (!text) return undefined;
	const number = Number(text);
	if (Number.isNaN(number)) return clamp(Date.parse(text) - now);
	if (number > EPOCH_MS_FROM) return clamp(number - now);
	if (number > EPOCH_SECONDS_FROM) return clamp(number * 1000 - now);
	return clamp(number * 1000);
}

/** How many requests the rate limit still lets through, where the server says so. */
export function rateLimitRemaining(answer: Answer): number | undefined {
	const text = header(answer, 'x-ratelimit-remaining')?.trim();
	return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

const clamp = (ms: number) =>
	Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_HINT_MS);

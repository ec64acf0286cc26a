import type { Exchange } from '../../transport/exchange';
import { isTransient } from './networkFault';
import { rateLimitResetMs, retryAfterMs } from './waitHint';

const FIRST_CEILING_MS = 500;
const LAST_CEILING_MS = 30_000;
const RETRIED_STATUSES: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether this is an end that may pass, so that another attempt may fare better. */
export const isPassing = (exchange: Exchange) =>
	'fault' in exchange ? isTransient(exchange.fault) : RETRIED_STATUSES.has(exchange.status);

/**
 * How long to wait before the next attempt: what the server asks for, else a random time below a
 * ceiling that doubles from 0.5 s to 30 s (full jitter, so that many runs don't return as one).
 *
 * @param attempt of the request, from 0
 * @param random from 0 up to 1
 */
export function backoffMs(
	exchange: Exchange,
	attempt: number,
	now: number,
	random: number,
): number {
	const jitter = random * Math.min(FIRST_CEILING_MS * 2 ** attempt, LAST_CEILING_MS);
	if ('fault' in exchange) return jitter;
	const asked = retryAfterMs(exchange, now);
	// Periskope tells the reset with every answer; only a refusal for the limit's sake waits for it.
	const reset = exchange.status === 429 ? rateLimitResetMs(exchange, now) : undefined;
	// A time that has passed already comes from another clock, and says nothing.
	return asked || reset || jitter;
}

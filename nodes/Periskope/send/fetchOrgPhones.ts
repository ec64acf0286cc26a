import type { AttemptResult } from '../api/attempt';
import { orgPhonesFrom, type OrgPhones } from '../api/orgPhones';
import { type Clock, isRetryable, retryDelayMs } from './retryDelay';

/** Longest wait for a rate limit. */
const LONGEST_WAIT_MS = 300_000;

/**
 * Lists the organization's phones, with retries. The rate limit uses up none of them.
 *
 * @param list sends the call once
 */
export async function fetchOrgPhones(
	list: () => Promise<AttemptResult>,
	clock: Clock,
	maxRetries: number,
	isOver: () => boolean,
): Promise<OrgPhones> {
	const start = clock.now();
	let retries = 0;
	for (let attempt = 0; ; attempt++) {
		const result = await list();
		const listed = orgPhonesFrom(result);
		if (listed.kind === 'phones') return listed;
		const isRateLimit = result.kind === 'response' && result.status === 429;
		const isLast = isRateLimit ? clock.now() - start > LONGEST_WAIT_MS : retries >= maxRetries;
		if (!isRetryable(result) || isLast) return listed;
		await clock.pause(retryDelayMs(result, attempt, clock.now(), clock.random()), isOver);
		if (isOver()) return listed;
		if (!isRateLimit) retries += 1;
	}
}

import type { AttemptResult } from '../api/attempt';
import type { Failure } from '../api/failure';
import { NOT_PERISKOPE } from '../api/httpErrors';
import { orgPhonesFrom } from '../api/orgPhones';
import type { Clock } from './clock';
import { isRetryable, retryDelayMs } from './retryDelay';

/** So long a rate limit is waited for. */
const LONGEST_WAIT_MS = 300_000;

/**
 * Finds out whether the Periskope API is at the Base URL, by a list that it gives to every key. Any
 * server says 404 for a path that it doesn't have: only the API says it of a member.
 *
 * @param listPhones sends the call once
 * @returns why it isn't known to be there; undefined where it is
 */
export async function confirmApi(
	listPhones: () => Promise<AttemptResult>,
	clock: Clock,
	maxRetries: number,
	isOver: () => boolean,
): Promise<Failure | undefined> {
	const start = clock.now();
	for (let attempt = 0; ; attempt++) {
		const result = await listPhones();
		const listed = orgPhonesFrom(result);
		if (listed.kind === 'phones') return undefined;
		const isRateLimit = result.kind === 'response' && result.status === 429;
		const isLast = isRateLimit ? clock.now() - start > LONGEST_WAIT_MS : attempt >= maxRetries;
		if (isRetryable(result) && !isLast) {
			await clock.pause(retryDelayMs(result, attempt, clock.now(), clock.random()), isOver);
			if (!isOver()) continue;
		}
		const { failure } = listed;
		const isElsewhere = failure.isNotPeriskope ?? failure.details.httpCode === '404';
		return {
			...failure,
			what: `The response is 404, and the Base URL couldn't be confirmed as the Periskope API. ${failure.what}`,
			advice: isElsewhere ? NOT_PERISKOPE.advice : failure.advice,
			applied: 'no',
			isNotPeriskope: isElsewhere,
			isUnconfirmed: true,
		};
	}
}

import type { MemberRequest } from '../2-plan/planRequests';
import type { Failure } from './failure';
import { isRefusalOfContent } from './halving';
import type { Reply } from './reply';

/** As many requests in a row without a clear answer mean that Periskope is not there, or another. */
const MOST_UNCLEAR_IN_A_ROW = 3;
/**
 * Where as many emails are refused with the same words, before anything has gone well, it is the
 * run that is refused, not they: halving would ask for each of thousands.
 */
const MOST_REFUSED_ALIKE = 100;
/** The key won't be accepted for the next request either. */
const REFUSAL_OF_KEY = '401';
const NOT_ALLOWED = '403';

/**
 * Watches how requests end, and says when no further one is worth sending.
 *
 * @returns a function that takes each end, and gives what is then to be said of what wasn't sent
 */
export function earlyEnd(stopOnFailure: boolean) {
	let unclearInARow = 0;
	let hasSucceeded = false;
	let refusedWith = '';
	let refusedAlike = 0;

	return ({ emails }: MemberRequest, reply: Reply, isUnclear: boolean): Failure | undefined => {
		unclearInARow = isUnclear ? unclearInARow + 1 : 0;
		if (!('failure' in reply)) {
			hasSucceeded = true;
			return undefined;
		}
		const { failure } = reply;
		if (emails.length === 1 && isRefusalOfContent(failure)) {
			refusedAlike = failure.what === refusedWith ? refusedAlike + 1 : 1;
			refusedWith = failure.what;
		}
		if (failure.httpCode === REFUSAL_OF_KEY) return KEY_REFUSED;
		if (failure.httpCode === NOT_ALLOWED) return FORBIDDEN;
		if (failure.isElsewhere) return ELSEWHERE;
		if (unclearInARow >= MOST_UNCLEAR_IN_A_ROW) return NOT_THERE;
		if (!hasSucceeded && refusedAlike >= MOST_REFUSED_ALIKE) return ALL_REFUSED;
		return stopOnFailure ? STOPPED : undefined;
	};
}

const notSent = (why: string, advice: string): Failure => ({
	what: `Not sent: ${why}`,
	advice,
	applied: 'no',
	mayPass: true,
});
export const CANCELLED = notSent('the execution was cancelled', '');
const STOPPED = notSent('an earlier request had failed', 'See the request that failed.');
const KEY_REFUSED = notSent(
	'Periskope had refused the API key',
	'Check the API key in the credential.',
);
const FORBIDDEN = notSent(
	'Periskope had not allowed what an earlier request asked for',
	'See the request that failed.',
);
const ALL_REFUSED = notSent(
	`${MOST_REFUSED_ALIKE} emails had been refused with the same words, and nothing had gone well`,
	'See what they were refused for.',
);
const ELSEWHERE = notSent(
	'something else than the Periskope API had answered',
	'Check the Base URL in the credential.',
);
const NOT_THERE = notSent(
	'three requests in a row had failed for reasons that are not in their rows',
	'See what those requests failed with.',
);

import type { Failure } from '../rowFailure';
import type { SendResult } from './sendWithRetry';
import { isRejectionOfContent } from './bisect';

/** So many requests in a row without a clear result mean that Periskope can't be reached. */
const MAX_INCONCLUSIVE_IN_A_ROW = 3;
/**
 * Where so many emails are rejected with the same message before anything succeeded, it is the
 * run that is rejected and not they: bisecting would send a request for each of thousands.
 */
const MAX_REJECTED_ALIKE = 100;
/** Messages often name the email that they reject. */
const ADDRESS = /[^\s"'()[\]]+@[^\s"'()[\]]+/g;
/** The key won't be accepted for the next request either. */
const KEY_REJECTED_STATUS = '401';
const FORBIDDEN_STATUS = '403';
/** Final only where the rate limit let nothing through for minutes. */
const RATE_LIMITED_STATUS = '429';

/**
 * Watches how requests end, and decides when no further one is worth sending.
 *
 * @returns a function that takes each result, and returns the failure of all that wasn't sent
 *   once the run is to end
 */
export function abortPolicy(stopOnFailure: boolean) {
	let inconclusiveInARow = 0;
	let hasSucceeded = false;
	let lastRejection = '';
	let rejectedAlike = 0;

	return ({ request, reply, isInconclusive }: SendResult): Failure | undefined => {
		inconclusiveInARow = isInconclusive ? inconclusiveInARow + 1 : 0;
		if (reply.kind === 'content') {
			hasSucceeded = true;
			return undefined;
		}
		const { failure } = reply;
		if (request.emails.length === 1 && isRejectionOfContent(failure)) {
			const rejection = failure.what.replace(ADDRESS, '');
			rejectedAlike = rejection === lastRejection ? rejectedAlike + 1 : 1;
			lastRejection = rejection;
		}
		if (failure.isNotPeriskope) return NOT_PERISKOPE_BEFORE;
		if (failure.details.httpCode === KEY_REJECTED_STATUS) return KEY_REJECTED;
		if (failure.details.httpCode === FORBIDDEN_STATUS) return FORBIDDEN;
		if (failure.isUnconfirmed) return UNCONFIRMED;
		if (failure.details.httpCode === RATE_LIMITED_STATUS) return RATE_LIMITED;
		if (inconclusiveInARow >= MAX_INCONCLUSIVE_IN_A_ROW) return UNREACHABLE;
		if (!hasSucceeded && rejectedAlike >= MAX_REJECTED_ALIKE) return ALL_REJECTED;
		return stopOnFailure ? STOPPED : undefined;
	};
}

const notSent = (why: string, advice: string): Failure => ({
	what: `Not sent: ${why}`,
	advice,
	reason: 'notSent',
	applied: 'no',
	isRetryable: true,
	details: {},
});
export const CANCELLED = notSent('the execution was cancelled', '');
const STOPPED = notSent('an earlier request failed', 'See the request that failed.');
const KEY_REJECTED = notSent(
	'Periskope rejected the API key',
	'Check the API key in the credential.',
);
const FORBIDDEN = notSent(
	"Periskope didn't allow an earlier request",
	'See the request that failed.',
);
const ALL_REJECTED = notSent(
	`Periskope rejected the first ${MAX_REJECTED_ALIKE} emails with the same message`,
	'See the rows of these emails.',
);
const NOT_PERISKOPE_BEFORE = notSent(
	"the Base URL isn't the Periskope API",
	'Check the Base URL in the credential.',
);
const UNCONFIRMED = notSent(
	"the Base URL couldn't be confirmed as the Periskope API",
	'See the request that failed.',
);
const RATE_LIMITED = notSent(
	"Periskope's rate limit let no request through for five minutes",
	"Run again later, or lower 'Concurrent Requests'.",
);
const UNREACHABLE = notSent(
	'3 requests in a row failed with network or server errors',
	'See the requests that failed.',
);

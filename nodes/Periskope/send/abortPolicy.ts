import type { Failure } from '../api/failure';
import type { SendResult } from './sendWithRetry';
import { isRejectionOfContent } from './bisect';

/** So many requests in a row without a clear result mean that Periskope can't be reached. */
const MAX_INCONCLUSIVE_IN_A_ROW = 3;
/**
 * Where so many emails are rejected with the same message before anything succeeded, it is the
 * run that is rejected and not they: bisecting would send a request for each of thousands.
 */
const MAX_REJECTED_ALIKE = 100;
/** The key won't be accepted for the next request either. */
const KEY_REJECTED_STATUS = '401';
const FORBIDDEN_STATUS = '403';

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
			rejectedAlike = failure.what === lastRejection ? rejectedAlike + 1 : 1;
			lastRejection = failure.what;
		}
		if (failure.details.httpCode === KEY_REJECTED_STATUS) return KEY_REJECTED;
		if (failure.details.httpCode === FORBIDDEN_STATUS) return FORBIDDEN;
		if (failure.isNotPeriskope) return NOT_PERISKOPE_BEFORE;
		if (inconclusiveInARow >= MAX_INCONCLUSIVE_IN_A_ROW) return UNREACHABLE;
		if (!hasSucceeded && rejectedAlike >= MAX_REJECTED_ALIKE) return ALL_REJECTED;
		return stopOnFailure ? STOPPED : undefined;
	};
}

const notSent = (why: string, advice: string): Failure => ({
	what: `Not sent: ${why}`,
	advice,
	applied: 'no',
	isRetryable: true,
	details: {},
});
export const CANCELLED = notSent('the execution was cancelled', '');
const STOPPED = notSent('an earlier request had failed', 'See the request that failed.');
const KEY_REJECTED = notSent(
	'Periskope had refused the API key',
	'Check the API key in the credential.',
);
const FORBIDDEN = notSent(
	'Periskope had not allowed what an earlier request asked for',
	'See the request that failed.',
);
const ALL_REJECTED = notSent(
	`${MAX_REJECTED_ALIKE} emails had been refused with the same words, and nothing had gone well`,
	'See what they were refused for.',
);
const NOT_PERISKOPE_BEFORE = notSent(
	'something else than the Periskope API had answered',
	'Check the Base URL in the credential.',
);
const UNREACHABLE = notSent(
	'three requests in a row had failed for reasons that are not in their rows',
	'See what those requests failed with.',
);

import type { Applied } from '../model';
import type { FailureDetails, Problem } from '../rowFailure';

/** Why a request failed, and what is known for support. */
export interface Failure extends Problem {
	applied: Applied;
	/** whether something other than Periskope's API responded, so that no request can succeed */
	isNotPeriskope?: boolean;
	/** whether it isn't known if the API is at the Base URL, so that no other request may be sent */
	isUnconfirmed?: boolean;
	/** whether the same request may succeed another time */
	isRetryable?: boolean;
	details: Omit<FailureDetails, 'email'>;
}

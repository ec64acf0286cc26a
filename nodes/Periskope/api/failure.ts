import type { OperationMessages } from '../operationMessages';
import type { FailureDetails, Problem } from '../rowFailure';

/** Whether a change reached Periskope: `unknown` where the response was lost or could not be read. */
export type Applied = 'no' | 'unknown';

/** Why a request failed, and what is known for support. */
export interface Failure extends Problem {
	applied: Applied;
	/** whether something other than Periskope's API responded, so that no request can succeed */
	isNotPeriskope?: boolean;
	/** whether the same request may succeed another time */
	isRetryable?: boolean;
	details: Omit<FailureDetails, 'email'>;
}

/** What to do about the cause, and that the request may have been applied where that isn't known. */
export const adviceOnCause = ({ advice, applied }: Failure, messages: OperationMessages) =>
	sentences(advice, applied === 'unknown' ? messages.maybeApplied : '');

/** The same, and what to do about the row. */
export function adviceOnRow(failure: Failure, messages: OperationMessages): string {
	const { applied, isRetryable = false } = failure;
	return sentences(
		adviceOnCause(failure, messages),
		applied === 'unknown'
			? messages.adviceIfMaybeApplied
			: isRetryable
				? messages.adviceIfRetryable
				: '',
	);
}

const sentences = (...parts: string[]) => parts.filter((part) => part !== '').join(' ');

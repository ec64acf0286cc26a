import type { Applied } from './model';

/** The sentences in which operations differ. Full sentences, except where it says otherwise. */
export interface OperationMessages {
	/** as in "3 members updated"; also the field of an item that says that one was not */
	done: 'updated' | 'invited' | 'deleted';
	/** shown when a request failed and may have been applied */
	ifUnknown: string;
	/** shown after `ifUnknown`: what to do about the row */
	adviceIfUnknown: string;
	/** shown when a request wasn't applied and may succeed another time */
	adviceIfRetryable: string;
	/** shown when the run stopped after some of it had been applied */
	adviceIfStopped: string;
	/** shown for an email that the response doesn't account for; without its full stop */
	notReturned: string;
	/** shown after `notReturned`: what to do about it */
	adviceIfNotReturned: string;
}

/** What the advice on a failed request depends on. */
interface Advised {
	/** what to do about the cause */
	advice: string;
	applied: Applied;
	isRetryable?: boolean;
}

/** What to do about the cause; and that the request may have been applied, where that isn't known. */
export const adviceOnCause = ({ advice, applied }: Advised, { ifUnknown }: OperationMessages) =>
	sentences(advice, applied === 'unknown' ? ifUnknown : '');

/** The same, and what to do about the row. */
export function adviceOnRow(failure: Advised, messages: OperationMessages): string {
	const { applied, isRetryable = false } = failure;
	const { adviceIfUnknown, adviceIfRetryable } = messages;
	const onRow = applied === 'unknown' ? adviceIfUnknown : isRetryable ? adviceIfRetryable : '';
	return sentences(adviceOnCause(failure, messages), onRow);
}

const sentences = (...parts: string[]) => parts.filter((part) => part !== '').join(' ');

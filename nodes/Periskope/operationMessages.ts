/** The sentences in which operations differ. Full sentences, except where it says otherwise. */
export interface OperationMessages {
	/** as in "3 members updated"; also the field of an item that says that one was not */
	done: 'updated' | 'invited' | 'deleted';
	/** shown when a request failed and may have been applied */
	maybeApplied: string;
	/** shown after that: what to do about the row */
	adviceIfMaybeApplied: string;
	/** shown when a request wasn't applied and may succeed another time */
	adviceIfRetryable: string;
	/** shown when the run stopped after some of it had been applied */
	adviceIfStopped: string;
	/** shown for an email that the response doesn't account for; without its full stop */
	notReturned: string;
	/** shown after that: what to do about it */
	adviceIfNotReturned: string;
}

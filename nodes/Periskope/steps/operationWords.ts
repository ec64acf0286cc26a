/** How an operation speaks of what it does. Full sentences, but for `done`. */
export interface OperationWords {
	/** as in "3 members updated"; and the field of an item that says that one was not */
	done: 'updated' | 'invited' | 'deleted';
	/** of a request that may have been carried out although it failed */
	doubt: string;
	/** what to do about its row then */
	ifMaybe: string;
	/** and after one that was surely not carried out, and may be another time */
	ifNot: string;
	/** where the run stopped, and a part of it had been carried out */
	ifStopped: string;
	/** an email that the answer doesn't account for: what is known, without its full stop */
	missing: string;
	/** and what to do about it */
	ifMissing: string;
}

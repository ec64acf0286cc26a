/** Why an email was not updated, in words for an operator, and what is known for support. */
export interface Failure {
	/** one sentence: what happened */
	what: string;
	/** one or two sentences: what to do */
	advice: string;
	/**
	 * Whether the change may have reached Periskope all the same: `no` it was refused or never
	 * sent, `maybe` the answer was lost or could not be read.
	 */
	applied: 'no' | 'maybe';
	httpCode?: string;
	/** Periskope's own code, such as VALIDATION_ERROR */
	code?: string;
	/** Periskope's own word on each field that it refused */
	fields?: Record<string, unknown>;
	traceId?: string;
}

/** What to do about it, and the doubt where there is one. */
export const adviceOf = ({ advice, applied }: Failure) =>
	applied === 'maybe' ? `${advice} The change may have been made all the same.` : advice;

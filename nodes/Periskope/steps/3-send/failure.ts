import type { OperationWords } from '../operationWords';

/** Why an email came to nothing, in words for an operator, and what is known for support. */
export interface Failure {
	/** one sentence: what happened */
	what: string;
	/** full sentences: what to do about the cause; blank where only another run can help */
	advice: string;
	/**
	 * Whether the change may have reached Periskope all the same: `no` it was refused or never
	 * sent, `maybe` the answer was lost or could not be read.
	 */
	applied: 'no' | 'maybe';
	/** whether something else than Periskope's API answered, so that no request can fare better */
	isElsewhere?: boolean;
	/** whether the same may go well another time */
	mayPass?: boolean;
	httpCode?: string;
	/** Periskope's own code, such as VALIDATION_ERROR */
	code?: string;
	/** Periskope's own word on each field that it refused */
	fields?: Record<string, unknown>;
	traceId?: string;
}

/** What to do about its cause, and the doubt where there is one. */
export const causeOf = ({ advice, applied }: Failure, { doubt }: OperationWords) =>
	sentences(advice, applied === 'maybe' ? doubt : '');

/** The same, and what to do about the row. */
export const adviceOf = (failure: Failure, words: OperationWords) => {
	const { applied, mayPass = false } = failure;
	return sentences(
		causeOf(failure, words),
		applied === 'maybe' ? words.ifMaybe : mayPass ? words.ifNot : '',
	);
};

const sentences = (...parts: string[]) => parts.filter((part) => part !== '').join(' ');

import type { Applied } from './model';
import { quote, shown } from './text';

/** What is wrong, in words for an operator. */
export interface Problem {
	/** one sentence without its full stop: what happened */
	what: string;
	/** full sentences: what to do about the cause; blank where only another run can help */
	advice: string;
}

/** Why a row, or one email of it, failed. Any step can fail a row. */
export interface RowFailure extends Problem {
	/** index of the row, from 0 */
	row: number;
	/** the advice about several such rows at once, where it differs */
	adviceForMany?: string;
	/** whether the fault is another row's, so that this one needs no correction */
	isHeldBack?: true;
	details: FailureDetails;
}

/** Why a row failed, in one word that a workflow can branch on. */
export type FailureReason =
	/** the row needs correction */
	| 'invalidRow'
	/** rows for the same email ask for different access */
	| 'conflict'
	/** the run is about more members than it may be */
	| 'tooMany'
	/** Periskope didn't return the member */
	| 'notReturned'
	/** Periskope returned the member with other access */
	| 'accessMismatch'
	| 'rejected'
	/** Periskope can't be reached, or can't process the request */
	| 'unavailable'
	/** nothing is wrong with the row, but something else ended the run before it */
	| 'notSent';

/** What the failed item shows under `details`. */
export interface FailureDetails {
	email?: string;
	/** of the sheet, where the row has one */
	row_number?: number;
	reason: FailureReason;
	applied: Applied;
	/** HTTP status of the response */
	httpCode?: string;
	/** Periskope's own code, such as VALIDATION_ERROR; or the network's, such as ECONNRESET */
	code?: string;
	/** what Periskope says of each field that it rejected */
	fields?: Record<string, unknown>;
	traceId?: string;
}

/** Why a request failed, and what is known for support. */
export interface Failure extends Problem {
	reason: FailureReason;
	applied: Applied;
	/** whether something other than Periskope's API responded, so that no request can succeed */
	isNotPeriskope?: boolean;
	/** whether it isn't known if the API is at the Base URL, so that no other request may be sent */
	isUnconfirmed?: boolean;
	/** whether the same request may succeed another time */
	isRetryable?: boolean;
	details: Pick<FailureDetails, 'httpCode' | 'code' | 'fields' | 'traceId'>;
}

/** A row of the input. */
export interface RowId {
	/** from 0 */
	index: number;
	/** that of the sheet, which n8n's Google Sheets node gives as `row_number` */
	rowNumber?: number | undefined;
}

/** As its reader counts: by the number in the sheet, else from 1. */
export const rowName = ({ index, rowNumber = index + 1 }: RowId) => `Row ${rowNumber}`;

export const nameOfFailedRow = ({ row, details }: RowFailure) =>
	rowName({ index: row, rowNumber: details.row_number });

/** Fails an email of a row, or the whole row where it has none. */
export const failRow = (
	{ index, rowNumber }: RowId,
	{ what, advice, adviceForMany, isHeldBack }: Omit<RowFailure, 'row' | 'details'>,
	{ email, ...details }: Omit<FailureDetails, 'row_number'>,
): RowFailure => ({
	row: index,
	what,
	advice,
	...(adviceForMany !== undefined && { adviceForMany }),
	...(isHeldBack && { isHeldBack }),
	details: {
		...(email !== undefined && { email }),
		...(rowNumber !== undefined && { row_number: rowNumber }),
		...details,
	},
});

/** What happened on a row, in one line, with the email where that doesn't name it already. */
export function lineOf(failure: RowFailure): string {
	const { what } = failure;
	const { email = '' } = failure.details;
	const isNamed =
		email === '' || what.includes(quote(email)) || what.startsWith(`${shown(email)} `);
	return `${nameOfFailedRow(failure)}${isNamed ? '' : `, ${shown(email)}`}: ${what}.`;
}

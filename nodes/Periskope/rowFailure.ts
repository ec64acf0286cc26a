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

/** What the failed item shows under `details`. */
export interface FailureDetails {
	email?: string;
	/** HTTP status of the response */
	httpCode?: string;
	/** Periskope's own code, such as VALIDATION_ERROR; or the network's, such as ECONNRESET */
	code?: string;
	/** what Periskope says of each field that it rejected */
	fields?: Record<string, unknown>;
	traceId?: string;
}

/** Rows are counted from 1, as people count them. */
export const rowName = (row: number) => `Row ${row + 1}`;

/** What happened on a row, in one line, with the email where that doesn't name it already. */
export function lineOf({ row, what, details: { email = '' } }: RowFailure): string {
	const isNamed =
		email === '' || what.includes(quote(email)) || what.startsWith(`${shown(email)} `);
	return `${rowName(row)}${isNamed ? '' : `, ${shown(email)}`}: ${what}.`;
}

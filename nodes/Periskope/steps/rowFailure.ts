import { quote, shown } from './1-read/cellText';

/** Why a row, or one email of it, was not updated. Any step can end a row with one. */
export interface RowFailure {
	/** index of the row, from 0 */
	row: number;
	/** what happened, in one sentence without its full stop */
	what: string;
	/** what to do about it, in full sentences */
	advice: string;
	/** the same about several such rows at once, where it differs */
	adviceForMany?: string;
	details: FailureDetails;
	/** whether it is not about this row, but about all of them together */
	isOfRun?: true;
}

export interface FailureDetails {
	email?: string;
	/** HTTP status of Periskope's answer */
	httpCode?: string;
	/** Periskope's own code, such as VALIDATION_ERROR; or the network's, such as ECONNRESET */
	code?: string;
	/** Periskope's own word on each field that it refused */
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

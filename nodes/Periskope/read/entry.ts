/** An entry of a cell as it is written: a text without blanks around it, or a number of the sheet. */
export type CellEntry = string | number;

/** One email, label or org phone of a cell. */
export interface Entry {
	/** as it would be sent; as it was written where there is a problem */
	value: string;
	/** what is wrong with it, as the end of a sentence that begins with the value */
	problems: readonly string[];
}

/** An entry of a cell as it is written: a text without blanks around it, or a number of the sheet. */
export type CellEntry = string | number;

/** One email, label or org phone of a cell. */
export interface Entry {
	/** as it would be sent; as it was written where there is a problem */
	value: string;
	/** what is wrong with it, as the end of a sentence that begins with the value */
	problems: readonly string[];
}

/** What is wrong with an entry of a file that was read in another encoding than it has. */
export const IN_WRONG_ENCODING =
	"was read with the wrong encoding. Set 'Encoding' in Extract from File to the encoding of the file, such as Latin1 or UTF-8";

/** `_x000D_`: how XLSX files write a character that XML can't hold. Others may be part of a name. */
const ESCAPED = /_x(00[01][\dA-Fa-f]|007[fF])_/g;
/** `="Sales"`: how an export keeps a spreadsheet from calculating with the text. */
const FORMULA_OF_TEXT = /^\s*="((?:[^"]|"")*)"\s*$/;
/** A dash before a number is a minus sign. */
const BULLET =
	/^(?:[\u2022\u2023\u2043\u2219\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u25e6\u00b7\uf0b7\u27a2]\s*|[*\p{Pd}\u2212]\s+(?=\S)(?![\d\s().-]+$))/u;
/** `'asha@example.com' <asha@example.com>`, names such as 't Zand and '90s Club. */
const NO_MARK = /^'(?:[^']*'\s*<|[a-z]{1,3}[ -]|\d\ds\b)/;

/** Undoes what programs write around or into the text of a cell. */
export function unwrapped(text: string): string {
	if (!text.includes('="') && !text.includes('_x')) return text;
	const decoded = text.replace(ESCAPED, (_, code: string) =>
		String.fromCharCode(Number.parseInt(code, 16)),
	);
	const [, inner] = FORMULA_OF_TEXT.exec(decoded) ?? [];
	return inner === undefined ? decoded : inner.replaceAll('""', '"');
}

/** `- Sales`, `• Sales`: a line of a list. */
export const withoutBullet = (entry: string): string => entry.replace(BULLET, '');

/**
 * Removes the apostrophe with which spreadsheets mark text, as in `'+918527184400`. Where an entry
 * ends with an apostrophe too, they are quotes, and stay to be rejected.
 */
export function withoutTextMarks(entries: CellEntry[]): CellEntry[] {
	const isMarked = (entry: CellEntry) =>
		typeof entry === 'string' && entry.startsWith("'") && !NO_MARK.test(entry);
	const endsQuote = (entry: CellEntry) => typeof entry === 'string' && entry.endsWith("'");
	if (!entries.some(isMarked) || entries.some(endsQuote)) return entries;
	return entries.map((entry) =>
		typeof entry === 'string' && isMarked(entry) ? entry.replace(/^'\s*/, '') : entry,
	);
}

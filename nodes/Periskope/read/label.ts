import type { Entry } from './entry';

/** What a spreadsheet, an expression or a person writes for no value. */
const NO_VALUE =
	/^(?:#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|ERROR!|CALC!|GETTING_DATA|BLOCKED!|FIELD!|CONNECT!|BUSY!|UNKNOWN!|NV)|n\/a|[-\u2013\u2014]+|none|nil|0|null|undefined|NaN|Loading\.\.\.|\[object Object\])$/i;
/** Control characters and halves of a surrogate pair can't be part of a name. */
const NOT_IN_A_NAME = /[\p{Cc}\p{Cs}]/u;
/**
 * Quotes and brackets that a list in some notation leaves at an entry when its text is split:
 * `['Sales'`, `{"name": "Sales"}`, `[Sales`, `"Sales"`, `"Sales`. But `[VIP]` and `"Big" ones` are
 * names. A name that begins so all the same can be given in an array.
 */
const NOTATION =
	/^[[{]\s*["'`\u2018-\u201f\u00ab]|^\[[^\]]*$|^["\u201c-\u201f\u00ab][^"\u201c-\u201f\u00bb]*["\u201c-\u201f\u00bb]?$|^['\u2018][^'\u2019]*['\u2019]$/;

/** @param isSplit whether the label is part of a text that was split at separators */
export const readLabel = (label: string, isSplit: boolean): Entry => ({
	value: label,
	problems: [
		isSplit &&
			NOTATION.test(label) &&
			'has the quotes or brackets of a list; write the name alone, or all names as in ["Sales, EU", "VIP"]',
		NO_VALUE.test(label) && 'is what a sheet or an expression writes in place of a name',
		NOT_IN_A_NAME.test(label) && 'contains a character that cannot be in a label',
	].filter((problem) => problem !== false),
});

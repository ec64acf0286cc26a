import { IN_WRONG_ENCODING, type CellEntry, type Entry } from './cellText';
import { isCheckbox, standsForNoValue } from './noValue';
import { isGroupedNumber } from './splitText';
import { quote, trimCell } from '../text';

/** Control characters and halves of a surrogate pair can't be part of a name. */
const NOT_IN_A_NAME = /[\p{Cc}\p{Cs}]/u;
/**
 * Quotes and brackets that a list in some notation leaves at an entry when its text is split:
 * `['Sales'`, `('Sales'`, `{"name": "Sales"}`, `[Sales`, `[2024]`, `"Sales"`, `"Sales`, `[x] Sales`.
 * But `[VIP]` and `"Big" ones` are names. Any name can be given in an array.
 */
const NOTATION =
	/^[[({]+\s*["'`\u2018-\u201f\u00ab]|^\[[^\]]*$|^\([^)]*$|^\[\s*-?\d[\s\d.,eE+-]*\]$|^\[[ xX]?\]|^[-*\u2010-\u2015\u2212]\s|^"["[{]|^["\u201c-\u201f\u00ab][^"\u201c-\u201f\u00bb]*["\u201c-\u201f\u00bb]?$|^'(?![a-z]{1,3}[ -]|\d\ds\b)|^\u2018[^\u2019]*\u2019$/;
/** Unfilled template or unevaluated formula. */
const UNFILLED =
	/^=|\{\{|\$\{|\$(?:json|input|node|binary|now|today|vars|env|items?|prevNode|execution|workflow|fromAI|jmespath|itemIndex|runIndex|parameter|secrets)\b|\$\(|<%|\[\[|%%\w|\*\||[@#]\{|^[@+][A-Za-z.]+\(|^undefined\s|\sundefined$|\[object \w+\]/;
/** UUIDs, and IDs of MongoDB, Notion and Periskope. */
const RECORD_ID =
	/^(?:[\da-f]{24}|[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|label-[a-z\d]{16})$/i;
const MAYBE_AIRTABLE_ID = /^(?:rec|usr|sel)[A-Za-z\d]{14}$/;
const CHANGE_OF_KIND = /[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g;
const PHONE = /^\+[\d\s().-]{7,}$|@(?:c\.us|g\.us|s\.whatsapp\.net|lid)$|^tel:|\bwa\.me\//i;
/** As a program writes a point in time. A date alone may be a name. */
const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
const HTML =
	/<[@#!]|<\/?(?:a|abbr|b|br|code|div|em|font|h[1-6]|html|i|img|item|li|ol|p|pre|s|script|span|strong|sub|sup|table|tbody|td|th|tr|u|ul)\b[^<>]*>/i;
const LINK = /\bhttps?:\/\//i;
const MAX_LENGTH = 1000;
/** A list within an entry of a list. */
const LIST_IN_ENTRY = /^\[\s*(["']).*\1\s*\]$/s;
const EMAIL_IN_IT = /[^\s@<>()]@[^\s@<>()]+\.[^\s@<>()]/;
/** U+FFFD stands where a file was read in another encoding than it has; so do `Ã¤` and `â€™`. */
const WRONG_ENCODING =
	/\ufffd|[\u00c2-\u00c5\u00ce\u00cf\u00d0\u00d1\u00d8\u00d9][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|\u00e2\u20ac|\u201a\u00c4|[A-Za-z]\u221a|\u221a[\u00ba\u00a9\u00ae\u00fc\u00b4\u00df\u2202\u222b]|[РС][ЃѓЌђќџ‡€‚„…]|\u00f0\u0178|\u00ef\u00bb\u00bf|\u00e0[\u00a4-\u00b5]/;
/** Days since 1899-12-30, as spreadsheets count: from 2000-01-01 to 2099-12-31. */
const FIRST_DATE = 36_526;
const LAST_DATE = 73_050;

/** Instructions that a model writes instead of a name, such as `all` or `+VIP`. */
const INSTRUCTIONS: readonly RegExp[] = [
	// what to change: `+VIP`, `add VIP`, `same as Ben`, `VIP (added)`
	/^[+*-]/iu,
	/^(?:add|remove|revoke|grant|give|except|same(?: access)? as|copy (?:of|from))(?: |$)/iu,
	/^keep (?:the )?(?:existing|current|all|labels?)(?: |$)/iu,
	/\((?:added?|removed?|keep .*)\)$/iu,
	// a part of a sentence: `and VIP`, `Labels: Sales`
	/^(?:and|or|und|labels?:)(?: |$)/iu,
	// all, none, or what there is: `all labels except VIP`, `no access`, `unchanged`
	/^(?:all|any|every)\w*\b.* (?:but|except)\b/iu,
	/^(?:all|any|every|full|no|same|existing|current) ?(?:labels?|access|chats?|of them|thing)?$/iu,
	/^(?:none|nothing|unchanged|keep|clear|etc\.?)$/iu,
	/^(?:alle[ns]?|tous|toutes|todos|todas|tutt[ei]|все|keine?s?)(?: (?:labels?|étiquettes|etiquetas|etichette|метки))?$/iu,
	/^(?:全部|所有|すべて|सभी|कोई नहीं)$/iu,
];

const BLANKS = /\s+/g;
/** Hidden everywhere, but for variation selectors, joiners, the tags of a flag, Mongolian vowels. */
const HIDDEN =
	/(?![\p{Variation_Selector}\u200c\u200d]|(?<=\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0020}-\u{e007f}]|(?<=(?!\u180e)\p{Script=Mongolian})\u180e)\p{Default_Ignorable_Code_Point}/gu;
/** Joiners shape emoji, and the letters of scripts other than these. Here they only hide. */
const UNSHAPED =
	'[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Script=Han}\\p{N}\\p{P}\\s]';
const IDLE_JOINER = new RegExp(
	`(?<=^|${UNSHAPED})[\\u200c\\u200d]+(?=$|${UNSHAPED})|(?<=\\p{Extended_Pictographic}|\\ufe0f)[\\u200c\\u200d]+(?=$|\\s)`,
	'gu',
);

/**
 * Reads a label's name. Invisible differences don't make a different label: letters are composed
 * (NFC), blanks of all kinds become one space, and hidden characters go.
 *
 * @param isSplit whether the label is part of a text that was split at separators
 */
export function readLabel(entry: CellEntry, isSplit: boolean): Entry {
	if (typeof entry === 'number') return { value: String(entry), problems: problemsOfNumber(entry) };
	if (entry.length > MAX_LENGTH) return { value: entry, problems: ['is too long for a label'] };
	const label = normalized(entry);
	const problems = problemsOf(label, isSplit);
	// Tested on the original text too, because normalizing may remove characters.
	if (WRONG_ENCODING.test(entry) || WRONG_ENCODING.test(label)) problems.push(IN_WRONG_ENCODING);
	return { value: label || entry, problems };
}

function normalized(text: string): string {
	// Fast path: most names are plain ASCII.
	if (/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(text)) return text;
	// Letters may compose only once what was hidden between them is gone. A plan that is fed back in
	// is read again, and must give the same name.
	const cleaned = cleanedOnce(text);
	return cleaned === text ? text : normalized(cleaned);
}

const cleanedOnce = (text: string): string =>
	trimCell(
		text
			.normalize('NFC')
			.replace(HIDDEN, '')
			.replace(IDLE_JOINER, '')
			// A control character that is white space is a problem, and not a blank.
			.replace(BLANKS, (blanks) => (NOT_IN_A_NAME.test(blanks) ? blanks : ' ')),
	);

const NO_VALUE = "isn't a label name. It looks like an empty or error value";

function problemsOf(label: string, isSplit: boolean): string[] {
	if (standsForNoValue(label)) return [NO_VALUE];
	return [
		(isSplit ? NOTATION : LIST_IN_ENTRY).test(label) &&
			'contains the quotes or brackets of a list. Write the name alone, or the list as ["Sales, EU", "VIP"]',
		isSplit &&
			isGroupedNumber(label) &&
			'may be one number or several labels. Separate labels with semicolons, or format the column as text',
		isCheckbox(label) && "isn't a label name. It looks like the value of a checkbox",
		UNFILLED.test(label) &&
			"isn't a label name. It looks like a formula or an expression that wasn't evaluated",
		isRecordId(label) &&
			"is an ID. Map the label's name instead. If the column links to records, add a lookup or rollup column",
		PHONE.test(label) && 'is a phone number. Map the column with label names',
		TIMESTAMP.test(label) && 'is a date. Map the column with label names',
		LINK.test(label) && 'contains a web address. Map only its text',
		HTML.test(label) && 'contains HTML. Map only its text',
		EMAIL_IN_IT.test(label) && 'contains an email address. Map the column with label names',
		NOT_IN_A_NAME.test(label) && "contains a character that can't be in a label",
	].filter((problem) => problem !== false);
}

/** What is wrong with labels that are instructions, and hardly names. */
export const instructionsIn = (labels: readonly string[]): string[] =>
	labels
		.filter((label) => INSTRUCTIONS.some((form) => form.test(label)))
		.map(
			(label) =>
				`Labels: ${quote(label)} isn't a label name. List every label that the members should have`,
		);

/** An ID of Airtable, `recABC123def45678`, changes between cases and digits more often than any word. */
const isRecordId = (label: string) =>
	RECORD_ID.test(label) ||
	(MAYBE_AIRTABLE_ID.test(label) && (label.match(CHANGE_OF_KIND)?.length ?? 0) > 3);

function problemsOfNumber(number: number): string[] {
	if (number === 0) return [NO_VALUE];
	if (!Number.isSafeInteger(number)) {
		return ['is a number with decimals or too many digits. Format the column as text'];
	}
	return number >= FIRST_DATE && number <= LAST_DATE
		? ['may be a date that the sheet stores as a number. Format the column as text']
		: [];
}

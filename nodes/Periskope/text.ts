/**
 * Characters that print nothing but come along when text is copied from a web page or a contact
 * list: soft hyphen, zero-width spaces and joiners, direction marks, byte order mark. For use
 * inside a character class.
 */
export const INVISIBLE =
	'\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff';
const EDGE = new RegExp(`[\\s${INVISIBLE}]`);
const HAS_INVISIBLE = new RegExp(`[${INVISIBLE}]`);
const NOT_PRINTED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** White space of all kinds, and what would hide or reorder the text around it. */
const NOT_IN_ONE_LINE = /[\s\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const QUOTE_MAX_LENGTH = 60;
const LINE_MAX_LENGTH = 300;

export const hasInvisible = (text: string) => HAS_INVISIBLE.test(text);

/** Without blanks and invisible characters at both ends. Those inside stay: emoji are joined by them. */
export function trimCell(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && EDGE.test(text.charAt(start))) start++;
	while (end > start && EDGE.test(text.charAt(end - 1)) && !endsWord(text, end)) end--;
	return text.slice(start, end);
}

/** A joiner shapes the last letter of a word in the scripts of India and Persia. */
const endsWord = (text: string, end: number): boolean =>
	/[\u200c\u200d]/.test(text.charAt(end - 1)) && SHAPED.test(text.charAt(end - 2));
const SHAPED =
	/[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Arabic}\p{Script=Syriac}]/u;

/** Labels and choices that differ in case alone are the same. */
export const foldCase = (text: string) => text.toLowerCase();

/**
 * Emails that differ in the case of ASCII letters alone are the same. Other letters stay: the
 * Kelvin sign would become a k, and with it another person's address.
 */
export const foldEmail = (email: string) => email.replace(/[A-Z]+/g, foldCase);

/** The first of each entry in order, where entries with the same key are the same. */
export function distinct(
	entries: readonly string[],
	keyOf: (entry: string) => string = (entry) => entry,
): string[] {
	if (entries.length < 2) return [...entries];
	const first = new Map<string, string>();
	for (const entry of entries) {
		const key = keyOf(entry);
		if (!first.has(key)) first.set(key, entry);
	}
	return [...first.values()];
}

/** Finds what the text means among the values, whatever its case and the blanks around it. */
export const choiceFrom = <Value extends string>(
	given: unknown,
	values: readonly Value[],
): Value | undefined => {
	if (typeof given !== 'string') return undefined;
	const folded = foldCase(trimCell(given));
	return values.find((value) => foldCase(value) === folded);
};

/** Text of a cell, fit for a message of one line: shortened, and with nothing hidden in it. */
export function shown(text: string): string {
	return withoutMarkup(cut(text, QUOTE_MAX_LENGTH)).replace(
		NOT_PRINTED,
		(c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
	);
}

export const quote = (text: string) => `"${shown(text)}"`;

export const isBlank = (value: unknown) =>
	value === undefined || value === null || (typeof value === 'string' && trimCell(value) === '');

/** A value of any kind in a message, as in `Role is empty`. */
export function shownValue(value: unknown): string {
	if (isBlank(value)) return 'empty';
	return typeof value === 'object' ? 'an object' : quote(String(value));
}

/** Texts from elsewhere in one line that isn't long, without a full stop; blank ones are left out. */
export function inOneLine(texts: ReadonlyArray<string | undefined>): string {
	const line = texts
		.flatMap((text) => {
			const start = (text ?? '').trimStart().slice(0, LINE_MAX_LENGTH * 4);
			return withoutFullStop(start.replace(NOT_IN_ONE_LINE, ' ').trim()) || [];
		})
		.join('; ');
	return withoutMarkup(cut(line, LINE_MAX_LENGTH));
}

/** Never within a surrogate pair, of which half would be left. */
const cut = (text: string, length: number) =>
	text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…` : text;

/** The editor, mail and chat programs read brackets around a word as HTML. */
export const withoutMarkup = (text: string) => text.replaceAll('<', '‹').replaceAll('>', '›');

export function withoutFullStop(text: string): string {
	let end = text.length;
	while (text.charAt(end - 1) === '.') end--;
	return text.slice(0, end);
}

/** The message of a caught error, without its full stop, so that it can stand in a sentence. */
export const messageOf = (error: unknown): string =>
	withoutMarkup((error instanceof Error ? error.message : String(error)).replace(/\.\s*$/, ''));

/** `set, keep or clear` */
export const anyOf = (words: readonly string[]) =>
	[words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' or ');

/** The first few, and how many more there are. */
export function firstOf(texts: readonly string[], max: number, between = ', '): string {
	const more = texts.length - max;
	const first = texts.slice(0, max).join(between);
	return more > 0 ? `${first} and ${formatted(more)} more` : first;
}

/** `1 row`, `2,000 rows`. */
export const count = (number: number, one: string, more = `${one}s`) =>
	`${formatted(number)} ${number === 1 ? one : more}`;

/** `2,000` */
export const formatted = (number: number) => number.toLocaleString('en-US');

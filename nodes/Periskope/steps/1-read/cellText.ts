/**
 * Characters that print nothing but travel along when text is copied from a web page or a contact
 * list: soft hyphen, zero-width spaces and joiners, direction marks, byte order mark.
 */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;
const NOT_PRINTED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const QUOTE_MAX_LENGTH = 60;

const isEdge = (character: string) => INVISIBLE.test(character) || character.trim() === '';

export const hasInvisible = (text: string) => INVISIBLE.test(text);

/** Without blanks and invisible characters at both ends. Those inside stay: emoji are joined by them. */
export function trimCell(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && isEdge(text.charAt(start))) start++;
	while (end > start && isEdge(text.charAt(end - 1))) end--;
	return text.slice(start, end);
}

/** Text of a cell, fit for a message of one line: shortened, and with nothing hidden in it. */
export function shown(text: string): string {
	const short = text.length > QUOTE_MAX_LENGTH ? `${text.slice(0, QUOTE_MAX_LENGTH)}…` : text;
	return short.replace(NOT_PRINTED, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

export const quote = (text: string) => `"${shown(text)}"`;

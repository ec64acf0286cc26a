/** Line breaks of all kinds, and semicolons: ASCII, full-width, small, vertical, Arabic. */
const BETWEEN_LISTS = /[;\uff1b\ufe54\ufe14\u061b\r\n\v\f\u0085\u2028\u2029]/;
/** Commas in the same forms, and the ideographic one that Chinese and Japanese lists have. */
const COMMA = /[,\uff0c\ufe50\ufe10\u060c\u3001\uff64\ufe51\ufe11]/;
/** `918,527,184,400`, in India `9,18,52,71,84,400`. */
const GROUPED = /^[+\-\u2212]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/;
const SEPARATOR = `${BETWEEN_LISTS.source.slice(1, -1)}${COMMA.source.slice(1, -1)}`;
/** A name in quotes may hold separators, where an address in brackets follows it. */
const ADDRESS_OR_PART = new RegExp(
	String.raw`[ \t\u00a0]{0,9}"(?:[^"\\\r\n]|\\.)*"\s*<[^<>]*>|[^${SEPARATOR}]+`,
	'g',
);

/** `9,18825E+11`, as a sheet with a decimal comma rounds a number. */
const ROUNDED = /^\+?\d+,\d+e\+?\d+$/i;

/** Whether the text may be one number with thousands separators. */
export const isGroupedNumber = (text: string) => GROUPED.test(text);

/** Splits text at commas, semicolons and line breaks. A number with thousands separators stays whole. */
export const splitText = (text: string): string[] =>
	text
		.split(BETWEEN_LISTS)
		.flatMap((part) =>
			isGroupedNumber(part.trim()) || ROUNDED.test(part.trim()) ? [part] : part.split(COMMA),
		);

/** Splits text as `splitText` does, but not within the quotes of `"Rao, Asha" <asha@example.com>`. */
export const splitAddresses = (text: string): string[] => text.match(ADDRESS_OR_PART) ?? [];

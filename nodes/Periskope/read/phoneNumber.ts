import { withoutSuffix } from '../model';
import { INVISIBLE } from '../text';
import { callingCodeOf, hasNumbersWithZero } from './callingCodes';
import type { CellEntry, Entry } from './cellText';
import { standsForNoValue } from './noValue';
import { ownValue } from './objects';
import { isGroupedNumber } from './splitText';

const ROUNDED = /^[+-]?\d+(?:[.,]\d+)?e\+?\d+$/i;
const MINUS = '\\-\\u2010-\\u2015\\u2212\\ufe58\\ufe63\\uff0d';
/** `-9999999908`, and in accounting `(9999999908)`: a formula subtracted numbers. */
const NEGATIVE = new RegExp(`^[${MINUS}]|[${MINUS}]$|^\\([\\d\\s.]*\\)$`);
/** A sheet's number that was stored with decimals. Read as digits, they would make another number of it. */
const DECIMALS = /^(\+?\d+)\.(\d{1,3})$|^(\d+)\.(\d+)$/;
/** The one dot of the text, before what may be decimals or the last group of digits. */
const MAYBE_DECIMALS = /^[^.]*\d\.\d{1,3}$/;
/** `tel:+91…` of a contact, `…@s.whatsapp.net` and `https://wa.me/…` of WhatsApp. */
const AROUND_NUMBER = /^(?:tel:|https?:\/\/wa\.me\/)|@s\.whatsapp\.net$/gi;
const DATE = /^(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?:$|[T ])/;
const TRUNK_ZERO_IN_BRACKETS = /[([]\s*0\s*[)\]]/;
const UNSEEN = new RegExp(`[\\s${INVISIBLE}]`, 'g');
/** What people put between digits, and invisible characters. */
const FILLERS = new RegExp(`[\\s()[\\].${MINUS}${INVISIBLE}]`, 'g');

/**
 * Reads a phone number as people and sheets write it: `+91 85271-84400`, `0091 (852) 7184400`,
 * `918527184400@c.us`. Rejects what would end up as another number: one that the sheet has
 * calculated, rounded or given decimals, one with a trunk zero, one without its country code.
 *
 * @returns digits with country code, as Periskope takes them
 */
export function readPhoneNumber(entry: CellEntry): Entry {
	const text = String(entry);
	const problem = problemOf(numberIn(text));
	return problem === undefined
		? { value: digitsOf(numberIn(text)), problems: [] }
		: { value: text, problems: [problem] };
}

/**
 * Reads an org phone, which may be given by its name. What is no number is taken for a name, to be
 * looked up; but not what a sheet made of a number.
 *
 * @returns digits with country code, or the name as it is written
 */
export function readOrgPhone(entry: CellEntry): Entry {
	const text = String(entry);
	const written = numberIn(text);
	const mayBeName = !ROUNDED.test(written) && !standsForNoValue(written) && !DATE.test(written);
	const number = readPhoneNumber(entry);
	const isNoNumber = /\p{L}/u.test(written) || number.problems.includes(NO_NUMBER);
	return mayBeName && isNoNumber ? { value: text, problems: [] } : number;
}

const NO_NUMBER =
	"isn't a phone number. Write the country code and the number, 7 to 15 digits in all";

function problemOf(written: string): string | undefined {
	if (ROUNDED.test(written)) {
		return 'is a number that the sheet has rounded. Format the column as text and enter the number again';
	}
	if (standsForNoValue(written)) {
		return "isn't a phone number. It looks like an empty or error value";
	}
	if (DATE.test(written)) return 'is a date. Map the column with phone numbers';
	if (isGroupedNumber(written)) {
		return 'is a number with thousands separators. Format the column as text';
	}
	if (NEGATIVE.test(written.replace(UNSEEN, ''))) {
		return 'looks like the result of a calculation. Format the column as text and enter the number again';
	}
	if (TRUNK_ZERO_IN_BRACKETS.test(written)) {
		return 'contains (0). Write the number without it';
	}
	const [, , some, any] = DECIMALS.exec(written) ?? [];
	const decimals = some ?? any;
	if (decimals === undefined ? MAYBE_DECIMALS.test(written) : !/^0{1,3}$/.test(decimals)) {
		return 'has decimals. Format the column as text and enter the number again';
	}
	const digits = digitsOf(written);
	if (!/^\d{7,15}$/.test(digits)) {
		return NO_NUMBER;
	}
	if (digits.startsWith('0')) return 'starts with 0. Write + and the country code, then the number';
	const code = callingCodeOf(digits);
	if (digits.charAt(code.length) === '0' && !hasNumbersWithZero(code)) {
		return `has a 0 after the country code ${code}. Write + and the country code, then the number without that 0`;
	}
	return undefined;
}

const numberIn = (text: string) => withoutSuffix(text).replace(AROUND_NUMBER, '');

const digitsOf = (written: string) =>
	written
		.replace(DECIMALS, '$1')
		.replace(FILLERS, '')
		.replace(/^(?:\+|00)/, '');

/**
 * The number of an org phone as this node and Periskope's list of phones give it, `{ orgPhone }` or
 * `{ org_phone }`.
 *
 * @returns undefined for any other object: the phone of a person must not pass for an org phone
 */
export function numberOfOrgPhone(phone: object): string | undefined {
	const numbers = [ownValue(phone, 'orgPhone'), ownValue(phone, 'org_phone')].filter(
		(number) => number !== undefined,
	);
	const [number] = numbers;
	const isOne = numbers.every((other) => digitsIn(other) === digitsIn(number));
	return isOne && typeof number === 'string' ? number : undefined;
}

const digitsIn = (number: unknown) =>
	typeof number === 'string' ? digitsOf(withoutSuffix(number)) : number;

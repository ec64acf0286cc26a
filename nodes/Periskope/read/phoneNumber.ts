import { withoutSuffix } from '../model';
import { INVISIBLE } from '../text';
import type { Entry } from './entry';

const ROUNDED = /^\+?\d+(?:[.,]\d+)?e\+?\d+$/i;
/** A number that was stored with decimals. Read as digits, they would make another number of it. */
const DECIMALS = /^([^.]*\d)\.(\d{1,3})$/;
const TRUNK_ZERO = /[([]\s*0\s*[)\]]/;
/** What people put between digits, and invisible characters. */
const FILLERS = new RegExp(`[\\s()[\\].\\-\\u2010-\\u2015\\u2212${INVISIBLE}]`, 'g');

/**
 * Reads a phone number as people and sheets write it: `+91 85271-84400`, `0091 (852) 7184400`,
 * `918527184400@c.us`. Rejects what would end up as another number: one that the sheet has
 * rounded or given decimals, one with a trunk zero, one without its country code.
 *
 * @returns digits with country code, as Periskope takes them
 */
export function readPhoneNumber(text: string): Entry {
	const reject = (problem: string): Entry => ({ value: text, problems: [problem] });
	const written = withoutSuffix(text);
	if (ROUNDED.test(written)) {
		return reject(
			'is a number that the sheet has rounded; format the column as text and enter the number again',
		);
	}
	if (TRUNK_ZERO.test(written)) return reject('has a (0) in it; write the number without it');
	const [, whole, decimals = ''] = DECIMALS.exec(written) ?? [];
	if (/[1-9]/.test(decimals)) {
		return reject('has decimals; format the column as text and enter the number again');
	}
	const digits = (whole ?? written).replace(FILLERS, '').replace(/^(?:\+|00)/, '');
	if (!/^\d{7,15}$/.test(digits)) {
		return reject(
			'is not a phone number; it takes the country code and the number, 7 to 15 digits in all',
		);
	}
	if (digits.startsWith('0'))
		return reject('starts with 0; write the number with its country code');
	return { value: digits, problems: [] };
}

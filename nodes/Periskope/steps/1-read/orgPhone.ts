import { quote } from './cellText';

/** An org phone as Periskope takes it: digits with country code. Or why the text is not one. */
export type OrgPhone = { digits: string } | { problem: string };

const ROUNDED = /^\+?\d+(?:[.,]\d+)?e\+?\d+$/i;
/** A number that was stored with decimals. Read as digits, they would make another number of it. */
const DECIMALS = /^([^.]*\d)\.(\d{1,3})$/;
const TRUNK_ZERO = /[([]\s*0\s*[)\]]/;
/** What people put between digits, and the invisible marks that contact lists put around them. */
const FILLERS =
	/[\s()[\].\-\u2010-\u2015\u2212\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/**
 * Takes a phone number as people and sheets write it: `+91 85271-84400`, `0091 (852) 7184400`,
 * `918527184400@c.us`. Refuses what would end up as another number: one that the sheet has
 * rounded or given decimals, one with a trunk zero, one without its country code.
 */
export function readOrgPhone(text: string): OrgPhone {
	const refuse = (why: string): OrgPhone => ({ problem: `${quote(text)} ${why}` });
	const written = text.replace(/@c\.us$/i, '');
	if (ROUNDED.test(written)) {
		return refuse(
			'is a number that the sheet has rounded; format the column as text and enter the number again',
		);
	}
	if (TRUNK_ZERO.test(written)) return refuse('has a (0) in it; write the number without it');
	const [, whole, decimals = ''] = DECIMALS.exec(written) ?? [];
	if (/[1-9]/.test(decimals)) {
		return refuse('has decimals; format the column as text and enter the number again');
	}
	const digits = (whole ?? written).replace(FILLERS, '').replace(/^(?:\+|00)/, '');
	if (!/^\d{7,15}$/.test(digits)) {
		return refuse(
			'is not a phone number; it takes the country code and the number, 7 to 15 digits in all',
		);
	}
	if (digits.startsWith('0'))
		return refuse('starts with 0; write the number with its country code');
	return { digits };
}

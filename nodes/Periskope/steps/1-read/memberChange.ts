import { z } from 'zod';

import { hasInvisible, quote } from './cellText';
import { distinct } from './distinct';

/** No longer email address can be delivered to (RFC 5321, 4.5.3.1). */
const EMAIL_MAX_LENGTH = 254;
/**
 * A mailbox at a host name with a dot. Stricter than RFC 5322, which allows comments and quoted
 * spaces that no member signs up with; looser than zod's own check, which refuses `r&d@acme.com`.
 */
const EMAIL =
	/^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
/** Not what a spreadsheet, an expression or a person writes down for no value. */
const SOME_VALUE =
	/^(?!(?:#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|ERROR!|CALC!|GETTING_DATA|BLOCKED!|FIELD!|CONNECT!|BUSY!|UNKNOWN!|NV)|n\/a|[-\u2013\u2014]+|none|nil|0|null|undefined|NaN|Loading\.\.\.|\[object Object\])$)/i;
/** Control characters and halves of a surrogate pair can't be part of a name. */
const PRINTABLE = /^[^\p{Cc}\p{Cs}]*$/u;

const NO_EMAIL = 'is not an email address';
// Patterns rather than functions of our own: zod runs them several times as fast.
const email = z.string().max(EMAIL_MAX_LENGTH, NO_EMAIL).regex(EMAIL, NO_EMAIL);
const label = z
	.string()
	.regex(SOME_VALUE, 'is what a sheet or an expression writes in place of a name')
	.regex(PRINTABLE, 'contains a character that cannot be in a label');

/** Org phones are not among them: they are checked as they are read. */
const SCHEMAS = {
	emails: z.array(email).min(1, 'is empty'),
	labels: z.array(label),
};

export const ROLES = ['member', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * What a member is to have. A field that is left out is not sent, null is sent as null, and a list
 * becomes exactly the member's list.
 *
 * @see https://docs.periskope.app/api-reference/introduction
 */
export interface Access {
	role?: Role;
	/** names */
	labels?: readonly string[] | null;
	/** 7 to 15 digits each, with country code */
	orgPhones?: readonly string[] | null;
}

/** What one row asks for. */
export interface MemberChange extends Access {
	/** as the user spelled them */
	emails: readonly string[];
}

/** The fields that hold lists. */
export type AccessField = 'labels' | 'orgPhones';

/** How the editor names each parameter, so that a message points at the field a user sees. */
export const FIELD_NAMES = {
	emails: 'Emails',
	role: 'Role',
	labels: 'Labels',
	orgPhones: 'Org Phones',
} as const;

/**
 * Every entry of one field that can't be sent, in a sentence of its own.
 *
 * @returns an empty list when the field is fit to be planned
 */
export function problemsIn(field: keyof typeof SCHEMAS, values: readonly string[]): string[] {
	const checked = SCHEMAS[field].safeParse(values);
	if (checked.success) return [];
	const problems = checked.error.issues.map(({ path: [position], message }) => {
		const entry = typeof position === 'number' ? values[position] : undefined;
		if (entry === undefined) return `${FIELD_NAMES[field]} ${message}`;
		const invisible =
			field !== 'labels' && hasInvisible(entry) ? ' (it holds an invisible character)' : '';
		return `${FIELD_NAMES[field]}: ${quote(entry)} ${message}${invisible}`;
	});
	return distinct(problems);
}

import { foldCase, foldEmail } from './text';

export const ROLES = ['member', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What a row says about a field of access: a list, no change, or null. */
export type Mode = 'set' | 'keep' | 'clear' | 'all';

/**
 * What a member is to have. A field that is left out isn't sent, null is sent as null, and a list
 * is sent as the whole list.
 *
 * @see https://docs.periskope.app/api-reference/introduction
 */
export interface Access {
	role?: Role;
	/** names */
	labels?: readonly string[] | null;
	/** 7 to 15 digits each, with country code; as read, also names of phones */
	orgPhones?: readonly string[] | null;
}

/** A model isn't to send null: whether it removes all access or grants all isn't documented clearly. */
export const modesOf = (modes: readonly Mode[], isTool: boolean): readonly Mode[] =>
	isTool ? modes.filter((mode) => mode === 'set' || mode === 'keep') : modes;

/** The fields that hold lists. */
export type ListField = 'labels' | 'orgPhones';

/** What one row asks for. */
export interface MemberChange extends Access {
	/** as the user spelled them */
	emails: readonly string[];
}

/** One request: these emails, each to have this access. */
export interface MemberRequest {
	emails: readonly string[];
	/** the first row of each email, by index from 0, in ascending order */
	rows: readonly number[];
	access: Access;
}

/** The first row of the request, by its index. */
export const firstRowOf = ({ rows }: MemberRequest): number => rows[0] ?? 0;

/**
 * Whether a request was applied: `unknown` where its response was lost, or doesn't tell; `yes` where
 * a change is in place that differs from what was requested.
 */
export type Applied = 'no' | 'unknown' | 'yes';

/** How the editor names each parameter, so that a message points at the field a user sees. */
export const FIELD_NAMES = {
	emails: 'Emails',
	role: 'Role',
	labelsMode: 'Label Access',
	labels: 'Labels',
	orgPhonesMode: 'Org Phone Access',
	orgPhones: 'Org Phones',
} as const;

/**
 * Periskope returns an org phone as `918527184400@c.us`, and takes it as `918527184400`. A + before
 * it isn't documented, and would be the same number.
 */
export const withoutSuffix = (orgPhone: string) => orgPhone.replace(/^\+|@c\.us$/gi, '');

/** Whether an org phone is given by its number, and not by its name. */
export const isPhoneNumber = (orgPhone: string) => /^\d{7,15}$/.test(orgPhone);

/**
 * What entries of a field are compared by. Names that look alike are the same: programs change the
 * width of letters, straight apostrophes and hyphens, and whether an emoji is drawn in colour.
 */
export function keyOf(field: 'emails' | 'role' | ListField, entry: string): string {
	switch (field) {
		case 'emails':
			return foldEmail(entry);
		case 'labels':
		case 'orgPhones':
			return nameKey(entry);
		default:
			return foldCase(entry);
	}
}
const VARIATION_SELECTOR = /\p{Variation_Selector}/gu;
const ASCII = /^[\x20-\x7e]*$/;

const nameKey = (name: string) =>
	foldCase(
		ASCII.test(name)
			? name
			: name
					.normalize('NFKC')
					.replace(VARIATION_SELECTOR, '')
					.replace(/[\u2018\u2019\u02bc]/g, "'")
					.replace(/[\u2010\u2011]/g, '-'),
	);

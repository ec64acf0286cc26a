import type { Member } from '../api/member';
import { FIELD_NAMES, withoutSuffix, type Access, type ListField, type Role } from '../model';
import { firstOf, shown, shownValue } from '../text';

const MAX_PHONES_NAMED = 5;

/** What Periskope returned otherwise than it was requested. */
export interface Difference {
	field: keyof Access;
	/** a sentence without its full stop */
	what: string;
}

/**
 * Compares a member with the access that was requested. A field that the response leaves out can't
 * be compared. Labels are requested by name and returned by ID, so only their number can be; a list
 * that comes back as null may mean no access or access to everything, so it always differs.
 */
export function compareAccess(member: Member, access: Access): Difference[] {
	const role = roleDifference(member.role, access.role);
	// If the role differs, lists aren't compared.
	if (role) return [role];
	return [
		listDifference('labels', access.labels, member.label_ids, differentLabels),
		listDifference('orgPhones', access.orgPhones, member.org_phones, differentPhones),
	].filter((difference) => difference !== undefined);
}

/** Whether the response leaves out a list that was requested. */
export const isNotCompared = (
	{ label_ids, org_phones }: Member,
	{ labels, orgPhones }: Access,
): boolean =>
	(labels !== undefined && label_ids === undefined) ||
	(orgPhones !== undefined && org_phones === undefined);

/** Update Access asks for no role: it is for members with the role member. */
function roleDifference(returned: unknown, requested?: Role): Difference | undefined {
	if (returned === undefined || returned === (requested ?? 'member')) return undefined;
	return { field: 'role', what: differentRole(returned, requested) };
}

function differentRole(returned: unknown, requested: Role | undefined): string {
	if (requested)
		return `${FIELD_NAMES.role}: ${requested} requested, ${shownValue(returned)} returned`;
	return returned === 'admin'
		? 'This member is an admin. Admins have access to everything'
		: `This member has the role ${shownValue(returned)}. Update Access is for members with the role "member"`;
}

function listDifference(
	field: ListField,
	requested: readonly string[] | null | undefined,
	returned: unknown,
	compare: (requested: readonly string[], returned: readonly unknown[]) => string | undefined,
): Difference | undefined {
	if (requested === undefined || returned === undefined) return undefined;
	const isList = Array.isArray(returned);
	if (requested === null) {
		const isNone = returned === null || (isList && returned.length === 0);
		return isNone ? undefined : differs(field, `null requested, ${kindOf(returned)} returned`);
	}
	if (!isList) return differs(field, `${requested.length} requested, ${kindOf(returned)} returned`);
	const what = compare(requested, returned);
	return what === undefined ? undefined : differs(field, what);
}

const kindOf = (returned: unknown) =>
	returned === null ? 'null' : Array.isArray(returned) ? String(returned.length) : 'no list';

const differs = (field: ListField, what: string): Difference => ({
	field,
	what: `${FIELD_NAMES[field]}: ${what}`,
});

function differentLabels(
	requested: readonly string[],
	returned: readonly unknown[],
): string | undefined {
	const number = new Set(returned).size;
	return number === requested.length
		? undefined
		: `${requested.length} requested, ${number} returned`;
}

function differentPhones(
	requested: readonly string[],
	returned: readonly unknown[],
): string | undefined {
	const phones = returned.map((phone) =>
		typeof phone === 'string' || typeof phone === 'number'
			? withoutSuffix(String(phone))
			: shownValue(phone),
	);
	const parts = [
		named(missingFrom(phones, requested), 'not returned'),
		named(missingFrom(requested, phones), 'returned but not requested'),
	].filter((part) => part !== '');
	return parts.length === 0 ? undefined : parts.join('; ');
}

function missingFrom(list: readonly string[], entries: readonly string[]): string[] {
	const known = new Set(list);
	return [...new Set(entries)].filter((entry) => !known.has(entry));
}

const named = (phones: readonly string[], what: string) =>
	phones.length === 0 ? '' : `${firstOf(phones.map(shown), MAX_PHONES_NAMED)} ${what}`;

import { FIELD_NAMES, ROLES, type AccessField, type MemberChange, type Role } from './memberChange';
import type { AccessListReader } from './cellMemory';
import { quote } from './cellText';
import { accessListFrom, emailsFrom } from './fieldValues';

export type Mode = 'set' | 'keep' | 'clear' | 'all';
/** What a mode sends where it isn't a list: nothing, or null. */
const SENDS: Record<Exclude<Mode, 'set'>, undefined | null> = {
	keep: undefined,
	clear: null,
	all: null,
};
const NOTHING_TO_UPDATE =
	'Labels and Org Phones are both kept unchanged (or empty), so there is nothing to update';
export type EmptyLists = 'fail' | 'keep';

/** What a row is made of; it differs from operation to operation. */
export interface RowForm {
	/** whether a parameter says with which role */
	hasRole: boolean;
	/** what the modes of labels and org phones take; none where there are no such fields */
	modes: readonly Mode[];
}

/** Gives a parameter of the row as n8n evaluates it. Only what the row's modes need is asked for. */
export type CellReader = (name: CellName) => unknown;
export type CellName = 'emails' | 'role' | 'labelsMode' | 'labels' | 'orgPhonesMode' | 'orgPhones';

/** A row that can be planned; or one that can't, with every reason and the emails it was about. */
export type MemberRow =
	{ change: MemberChange } | { emails: readonly string[]; problems: string[] };

/**
 * Reads one row. A blank never becomes null or `[]`: null is sent for the modes `clear` and `all`
 * alone, and an empty list under the mode `set` is a problem, or, with `emptyLists: 'keep'`, no
 * change. Admins have access to everything, so for them labels and org phones are not even read.
 */
export function readMemberRow(
	cell: CellReader,
	{ hasRole, modes }: RowForm,
	emptyLists: EmptyLists,
	readList: AccessListReader = accessListFrom,
): MemberRow {
	const emails = emailsFrom(cell('emails'));
	const change: MemberChange = { emails: emails.values };
	const problems = [...emails.problems];
	if (hasRole) {
		const given = cell('role');
		const role = ROLES.find((known) => known === given);
		if (role === undefined) problems.push(`Role ${shown(given)}; it takes ${ROLES.join(', ')}`);
		else change.role = role;
	}
	for (const field of fieldsOf(modes, change.role)) {
		const said = readField(field, modes, cell, emptyLists, readList);
		problems.push(...said.problems);
		if (said.access !== undefined) change[field] = said.access;
	}
	const mayKeepAll = modes.includes('keep') && problems.length === 0;
	if (mayKeepAll && change.labels === undefined && change.orgPhones === undefined) {
		problems.push(NOTHING_TO_UPDATE);
	}
	return problems.length > 0 ? { emails: emails.values, problems } : { change };
}

const fieldsOf = (modes: readonly Mode[], role: Role | undefined): readonly AccessField[] =>
	modes.length === 0 || role === 'admin' ? [] : ['labels', 'orgPhones'];

interface FieldSaid {
	/** undefined where the field stays as it is */
	access?: readonly string[] | null;
	problems: readonly string[];
}

/** What the row says about one field, and what is wrong with it. */
function readField(
	field: AccessField,
	modes: readonly Mode[],
	cell: CellReader,
	emptyLists: EmptyLists,
	readList: AccessListReader,
): FieldSaid {
	const given = cell(`${field}Mode`);
	const mode = modes.find((known) => known === given);
	if (mode === undefined) {
		return {
			problems: [`${FIELD_NAMES[field]} Mode ${shown(given)}; it takes ${modes.join(', ')}`],
		};
	}
	if (mode !== 'set') {
		const sent = SENDS[mode];
		return { ...(sent !== undefined && { access: sent }), problems: [] };
	}
	const { values, problems } = readList(field, cell(field));
	if (values.length > 0) return { access: values, problems };
	if (problems.length > 0 || emptyLists === 'keep') return { problems };
	return { problems: [`${FIELD_NAMES[field]} is empty`] };
}

function shown(choice: unknown): string {
	if (choice === undefined || choice === null || choice === '') return 'is empty';
	return typeof choice === 'object' ? 'is an object' : `is ${quote(String(choice))}`;
}

import {
	FIELD_NAMES,
	ROLES,
	type ListField,
	type MemberChange,
	type Mode,
	type Role,
} from '../model';
import type { EmptyLists } from '../options';
import { anyOf, choiceFrom } from '../text';
import { addressesIn } from './email';
import { valuesFrom, type ValueReader } from './fieldValues';
import { isUnreadable, MissingColumn, wrongValue } from './unavailable';

/** What a mode sends where it isn't a list: nothing, or null. */
const SENDS: Record<Exclude<Mode, 'set'>, undefined | null> = {
	keep: undefined,
	clear: null,
	all: null,
};
const NOTHING_TO_UPDATE = 'Nothing to update: neither labels nor org phones are set';

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

/** A row that can be planned; or one that can't, with every reason and the emails that it names. */
export type MemberRow =
	| { kind: 'change'; change: MemberChange }
	| {
			kind: 'unreadable';
			emails: readonly string[];
			/** addresses within emails that can't be read */
			mentioned?: readonly string[];
			/** those that can be read, so that whatever is wrong with them is said too */
			orgPhones?: readonly string[];
			problems: readonly string[];
			/** whether the row can be read, and asks for nothing */
			asksNothing?: boolean;
	  };

/**
 * Reads one row. A blank never becomes null or `[]`: null is sent for the modes `clear` and `all`
 * alone, and an empty list under the mode `set` is a problem, or, with `emptyLists: 'keep'` where
 * the operation has that mode, no change. Admins have access to everything, so for them labels and
 * org phones are not even read.
 */
export function readMemberRow(
	cell: CellReader,
	{ hasRole, modes }: RowForm,
	emptyLists: EmptyLists,
	readValues: ValueReader = valuesFrom,
): MemberRow {
	const problems: string[] = [];
	const change: MemberChange = { emails: readList('emails', cell, readValues, problems) };
	const mentioned = problems.length > 0 ? (addressesIn(cell('emails')) ?? []) : [];
	if (hasRole) {
		const role = readChoice(FIELD_NAMES.role, cell('role'), ROLES, problems);
		if (role !== undefined) change.role = role;
	}
	for (const field of fieldsOf(modes, change.role)) {
		const access = readField(field, modes, cell, emptyLists, readValues, problems);
		if (access !== undefined) change[field] = access;
	}
	const mayKeepAll = modes.includes('keep') && problems.length === 0;
	if (mayKeepAll && change.labels === undefined && change.orgPhones === undefined) {
		const problems = [NOTHING_TO_UPDATE];
		return { kind: 'unreadable', emails: change.emails, problems, asksNothing: true };
	}
	return problems.length > 0
		? {
				kind: 'unreadable',
				emails: change.emails,
				...(mentioned.length > 0 && { mentioned }),
				...(change.orgPhones && { orgPhones: change.orgPhones }),
				problems,
			}
		: { kind: 'change', change };
}

const fieldsOf = (modes: readonly Mode[], role: Role | undefined): readonly ListField[] =>
	modes.length === 0 || role === 'admin' ? [] : ['labels', 'orgPhones'];

/** @returns undefined where the field stays as it is */
function readField(
	field: ListField,
	modes: readonly Mode[],
	cell: CellReader,
	emptyLists: EmptyLists,
	readValues: ValueReader,
	problems: string[],
): readonly string[] | null | undefined {
	const mode = readChoice(FIELD_NAMES[`${field}Mode`], cell(`${field}Mode`), modes, problems);
	if (mode !== 'set') return mode && SENDS[mode];
	// Left out of an invitation, a list would give access to all.
	const mayBeEmpty = emptyLists === 'keep' && modes.includes('keep');
	const values = readList(field, cell, readValues, problems, mayBeEmpty);
	return values.length > 0 ? values : undefined;
}

function readList(
	field: 'emails' | ListField,
	cell: CellReader,
	readValues: ValueReader,
	problems: string[],
	mayBeEmpty = false,
): readonly string[] {
	const given = cell(field);
	const label = FIELD_NAMES[field];
	if (isUnreadable(given)) {
		problems.push(`'${label}': ${String(given)}`);
		return [];
	}
	const read = readValues(field, given);
	problems.push(...read.problems);
	const isEmpty = read.values.length === 0 && read.problems.length === 0;
	const isMistake = given instanceof MissingColumn && given.isMistake();
	if (isEmpty && (!mayBeEmpty || isMistake)) {
		problems.push(
			given instanceof MissingColumn
				? `'${label}' is empty. ${String(given)}`
				: `'${label}' is empty`,
		);
	}
	return read.values;
}

function readChoice<Value extends string>(
	label: string,
	given: unknown,
	values: readonly Value[],
	problems: string[],
): Value | undefined {
	const value = choiceFrom(given, values);
	if (value === undefined) {
		problems.push(wrongValue(label, given, anyOf(values)));
	}
	return value;
}

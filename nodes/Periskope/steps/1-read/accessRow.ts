import { FIELD_NAMES, type AccessChange, type AccessField } from './accessChange';
import type { AccessListReader } from './cellMemory';
import { quote } from './cellText';
import { accessListFrom, emailsFrom } from './fieldValues';

export const MODES = ['set', 'keep', 'clear'] as const;
export type Mode = (typeof MODES)[number];
const NOTHING_TO_UPDATE =
	'Labels and Org Phones are both kept unchanged (or empty), so there is nothing to update';
export type EmptyLists = 'fail' | 'keep';

/** Gives a parameter of the row as n8n evaluates it. Only what the row's modes need is asked for. */
export type CellReader = (name: CellName) => unknown;
export type CellName = 'emails' | 'labelsMode' | 'labels' | 'orgPhonesMode' | 'orgPhones';

/** A row that can be planned; or one that can't, with every reason and the emails it was about. */
export type AccessRow =
	{ change: AccessChange } | { emails: readonly string[]; problems: string[] };

/**
 * Reads one row. A blank never becomes null or `[]`: null is sent for the mode `clear` alone, and
 * an empty list under the mode `set` is a problem, or, with `emptyLists: 'keep'`, no change.
 */
export function readAccessRow(
	cell: CellReader,
	emptyLists: EmptyLists,
	readList: AccessListReader = accessListFrom,
): AccessRow {
	const emails = emailsFrom(cell('emails'));
	const change: AccessChange = { emails: emails.values };
	const problems = [...emails.problems];
	for (const field of ['labels', 'orgPhones'] as const) {
		const said = readField(field, cell, emptyLists, readList);
		problems.push(...said.problems);
		if (said.access !== undefined) change[field] = said.access;
	}
	if (problems.length === 0 && change.labels === undefined && change.orgPhones === undefined) {
		problems.push(NOTHING_TO_UPDATE);
	}
	return problems.length > 0 ? { emails: emails.values, problems } : { change };
}

interface FieldSaid {
	/** undefined where the field stays as it is */
	access?: readonly string[] | null;
	problems: readonly string[];
}

const UNCHANGED: FieldSaid = { problems: [] };
const CLEARED: FieldSaid = { access: null, problems: [] };

/** What the row says about one field, and what is wrong with it. */
function readField(
	field: AccessField,
	cell: CellReader,
	emptyLists: EmptyLists,
	readList: AccessListReader,
): FieldSaid {
	const mode = cell(`${field}Mode`);
	if (mode === 'keep') return UNCHANGED;
	if (mode === 'clear') return CLEARED;
	if (mode !== 'set') {
		return {
			problems: [`${FIELD_NAMES[field]} Mode ${shown(mode)}; it takes ${MODES.join(', ')}`],
		};
	}
	const { values, problems } = readList(field, cell(field));
	if (values.length > 0) return { access: values, problems };
	if (problems.length > 0 || emptyLists === 'keep') return { problems };
	return { problems: [`${FIELD_NAMES[field]} is empty`] };
}

function shown(mode: unknown): string {
	if (mode === undefined || mode === null || mode === '') return 'is empty';
	return typeof mode === 'object' ? 'is an object' : `is ${quote(String(mode))}`;
}

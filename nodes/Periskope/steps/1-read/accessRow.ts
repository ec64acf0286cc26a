import {
	FIELD_NAMES,
	problemsOf,
	type Access,
	type AccessChange,
	type AccessField,
} from './accessChange';
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
export function readAccessRow(cell: CellReader, emptyLists: EmptyLists): AccessRow {
	const emails = emailsFrom(cell('emails'));
	const labels = readField('labels', cell, emptyLists);
	const orgPhones = readField('orgPhones', cell, emptyLists);
	const change: AccessChange = { emails: emails.values, ...labels.access, ...orgPhones.access };
	const problems = [
		...(emails.problems.length > 0 ? emails.problems : problemsOf(change)),
		...labels.problems,
		...orgPhones.problems,
	];
	if (problems.length === 0 && change.labels === undefined && change.orgPhones === undefined) {
		problems.push(NOTHING_TO_UPDATE);
	}
	return problems.length > 0 ? { emails: emails.values, problems } : { change };
}

/** What the row says about one field, and what is wrong with it. */
function readField(
	field: AccessField,
	cell: CellReader,
	emptyLists: EmptyLists,
): { access: Access; problems: string[] } {
	const mode = cell(`${field}Mode`);
	if (mode === 'keep') return { access: {}, problems: [] };
	if (mode === 'clear') return { access: { [field]: null }, problems: [] };
	if (mode !== 'set') {
		const problem = `${FIELD_NAMES[field]} Mode ${shown(mode)}; it takes ${MODES.join(', ')}`;
		return { access: {}, problems: [problem] };
	}
	const { values, problems } = accessListFrom(field, cell(field));
	if (values.length > 0) return { access: { [field]: values }, problems };
	const isRefused = problems.length > 0 || emptyLists === 'keep';
	return { access: {}, problems: isRefused ? problems : [`${FIELD_NAMES[field]} is empty`] };
}

function shown(mode: unknown): string {
	if (mode === undefined || mode === null || mode === '') return 'is empty';
	return typeof mode === 'object' ? 'is an object' : `is ${quote(String(mode))}`;
}

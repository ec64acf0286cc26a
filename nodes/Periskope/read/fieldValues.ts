import { FIELD_NAMES, type ListField } from '../model';
import { distinct, foldCase, quote } from '../text';
import { listFromCell } from './cellList';
import { readEmail } from './email';
import type { Entry } from './entry';
import { readLabel } from './label';
import { readPhoneNumber } from './phoneNumber';

/** The entries of one parameter as they will be sent, and everything that is wrong with it. */
export interface FieldValues {
	/** without duplicates; those with a problem too */
	values: readonly string[];
	problems: readonly string[];
}

type Field = 'emails' | ListField;

const READERS: Record<Field, (entry: string, isSplit: boolean) => Entry> = {
	emails: readEmail,
	labels: readLabel,
	orgPhones: readPhoneNumber,
};

/** A sheet has few teams. One whose cells all differ gains nothing from being remembered. */
const MAX_REMEMBERED = 1000;

export type ValueReader = (field: Field, cell: unknown) => FieldValues;

/**
 * Reads cells, and remembers the lists of access that it read from a text: the members of a team
 * have the same cells, and then share one list.
 */
export function valueReader(): ValueReader {
	const remembered = {
		labels: new Map<string, FieldValues>(),
		orgPhones: new Map<string, FieldValues>(),
	};
	return (field, cell) => {
		if (field === 'emails' || typeof cell !== 'string') return valuesFrom(field, cell);
		const known = remembered[field].get(cell);
		if (known) return known;
		const values = valuesFrom(field, cell);
		if (remembered[field].size < MAX_REMEMBERED) remembered[field].set(cell, values);
		return values;
	};
}

/** An empty list is no problem here: what it means depends on the field and the row's options. */
export function valuesFrom(field: Field, cell: unknown): FieldValues {
	const list = listFromCell(cell);
	if (list.kind === 'problem') {
		return { values: [], problems: [`${FIELD_NAMES[field]} ${list.problem}`] };
	}
	const entries = new Map<string, Entry>();
	for (const written of list.entries) {
		const entry = READERS[field](written, list.isSplit);
		const key = foldCase(entry.value);
		if (!entries.has(key)) entries.set(key, entry);
	}
	const distinctEntries = [...entries.values()];
	return {
		values: distinctEntries.map(({ value }) => value),
		// Two entries may differ only in what a message leaves out of them.
		problems: distinct(
			distinctEntries.flatMap(({ value, problems }) =>
				problems.map((problem) => `${FIELD_NAMES[field]}: ${quote(value)} ${problem}`),
			),
		),
	};
}

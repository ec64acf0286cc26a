import { FIELD_NAMES, keyOf, type ListField } from '../model';
import { distinct, quote } from '../text';
import { listFromCell, type CellForm } from './cellList';
import { emailOfPerson, readEmail } from './email';
import type { CellEntry, Entry } from './cellText';
import { readLabel } from './label';
import { numberOfOrgPhone, readOrgPhone, readPhoneNumber } from './phoneNumber';
import { splitAddresses } from './splitText';

/** The entries of one parameter as they will be sent, and everything that is wrong with it. */
export interface FieldValues {
	/** without duplicates; emails with a problem too, for other rows may name the same one */
	values: readonly string[];
	problems: readonly string[];
}

type Field = 'emails' | ListField;

interface FieldForm extends CellForm {
	read: (entry: CellEntry, isSplit: boolean) => Entry;
}

const FORMS: Record<Field, FieldForm> = {
	emails: {
		read: readEmail,
		split: splitAddresses,
		entryOfObject: emailOfPerson,
		likelyKeys: ['email', 'mail'],
	},
	labels: {
		read: readLabel,
		isOfNames: true,
		likelyKeys: ['name', 'label', 'title', 'displayname', 'value', 'text'],
	},
	orgPhones: {
		read: readPhoneNumber,
		entryOfObject: numberOfOrgPhone,
		likelyKeys: ['number', 'phone'],
		hasNumbersInJson: true,
	},
};

const ORG_PHONES_OR_NAMES: FieldForm = { ...FORMS.orgPhones, read: readOrgPhone };

/** Size of the cache. A sheet has few teams; if all cells differ, caching doesn't help. */
const MAX_REMEMBERED = 1000;

/**
 * @param source the expression that gave the cell, for a message to start from
 * @param hasNames whether an org phone may be given by its name
 */
export type ValueReader = (
	field: Field,
	cell: unknown,
	source?: string,
	hasNames?: boolean,
) => FieldValues;

/**
 * Reads cells, and remembers the lists of access that it read from a text: the members of a team
 * have the same cells, and then share one list.
 */
export function valueReader(): ValueReader {
	const remembered = {
		labels: new Map<string, FieldValues>(),
		orgPhones: new Map<string, FieldValues>(),
	};
	return (field, cell, source, hasNames) => {
		if (field === 'emails' || typeof cell !== 'string') {
			return valuesFrom(field, cell, source, hasNames);
		}
		const known = remembered[field].get(cell);
		if (known) return known;
		const values = valuesFrom(field, cell, source, hasNames);
		if (remembered[field].size < MAX_REMEMBERED) remembered[field].set(cell, values);
		return values;
	};
}

/** An empty list is no problem here: what it means depends on the field and the row's options. */
export function valuesFrom(
	field: Field,
	cell: unknown,
	source = `$json.${field}`,
	hasNames = false,
): FieldValues {
	const form = hasNames && field === 'orgPhones' ? ORG_PHONES_OR_NAMES : FORMS[field];
	const list = listFromCell(cell, form, source);
	if (list.kind === 'problem') {
		return { values: [], problems: [`'${FIELD_NAMES[field]}' ${list.problem}`] };
	}
	const entries = new Map<string, Entry>();
	for (const written of list.entries) {
		const entry = form.read(written, list.isSplit);
		const key = keyOf(field, entry.value);
		if (!entries.has(key)) entries.set(key, entry);
	}
	const distinctEntries = [...entries.values()];
	return {
		values: distinctEntries
			.filter(({ problems }) => field === 'emails' || problems.length === 0)
			.map(({ value }) => value),
		// Two entries may differ only in what a message leaves out of them.
		problems: distinct(
			distinctEntries.flatMap(({ value, problems }) =>
				problems.map((problem) => `${FIELD_NAMES[field]}: ${quote(value)} ${problem}`),
			),
		),
	};
}

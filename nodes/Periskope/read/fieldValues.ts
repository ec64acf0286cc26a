import { FIELD_NAMES, type AccessField } from '../model';
import { distinct, foldCase, quote } from '../text';
import { listFromCell } from './cellList';
import { addressIn, problemOfEmail } from './email';
import { problemsOfLabel } from './label';
import { readPhoneNumber } from './phoneNumber';

/** The entries of one parameter as they will be sent, and everything that is wrong with it. */
export interface FieldValues {
	values: readonly string[];
	problems: readonly string[];
}

/** At least one email, or a problem. */
export function emailsFrom(cell: unknown): FieldValues {
	const list = listFromCell(cell);
	if (list.kind === 'problem') return rejected('emails', list.problem);
	const values = distinct(list.entries.map(addressIn), foldCase);
	if (values.length === 0) return rejected('emails', 'is empty');
	return { values, problems: problemsIn('emails', values, (email) => problemOfEmail(email) ?? []) };
}

/** An empty list is no problem yet: the row's options say what it means. */
export function accessListFrom(field: AccessField, cell: unknown): FieldValues {
	const list = listFromCell(cell);
	if (list.kind === 'problem') return rejected(field, list.problem);
	return field === 'labels' ? labelsFrom(list.entries, list.isSplit) : orgPhonesFrom(list.entries);
}

function labelsFrom(entries: readonly string[], isSplit: boolean): FieldValues {
	const values = distinct(entries, foldCase);
	return {
		values,
		problems: problemsIn('labels', values, (label) => problemsOfLabel(label, isSplit)),
	};
}

/** Every problem of every entry, in a sentence of its own. */
const problemsIn = (
	field: 'emails' | 'labels',
	values: readonly string[],
	problemsOf: (value: string) => string | readonly string[],
) =>
	distinct(
		values.flatMap((value) =>
			[problemsOf(value)]
				.flat()
				.map((problem) => `${FIELD_NAMES[field]}: ${quote(value)} ${problem}`),
		),
	);

function orgPhonesFrom(entries: readonly string[]): FieldValues {
	const phones = entries.map(readPhoneNumber);
	return {
		values: distinct(phones.flatMap((phone) => (phone.kind === 'digits' ? [phone.digits] : []))),
		problems: phones.flatMap((phone) =>
			phone.kind === 'problem' ? [`${FIELD_NAMES.orgPhones}: ${phone.problem}`] : [],
		),
	};
}

const rejected = (field: 'emails' | AccessField, problem: string): FieldValues => ({
	values: [],
	problems: [`${FIELD_NAMES[field]} ${problem}`],
});

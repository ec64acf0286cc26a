import { FIELD_NAMES, type AccessField } from './accessChange';
import { listFromCell } from './cellList';
import { trimCell } from './cellText';
import { caseless, distinct } from './distinct';
import { readOrgPhone } from './orgPhone';

/** The entries of one parameter as they will be sent, and what is wrong with the others. */
export interface FieldValues {
	values: string[];
	problems: string[];
}

const ADDRESS_IN_BRACKETS = /<([^<>]*)>$/;

export function emailsFrom(cell: unknown): FieldValues {
	const list = listFromCell(cell);
	if ('problem' in list) return refused(`${FIELD_NAMES.emails} ${list.problem}`);
	const addresses = list.entries.map(addressOf);
	return { values: distinct(addresses, caseless), problems: [] };
}

export function accessListFrom(field: AccessField, cell: unknown): FieldValues {
	const list = listFromCell(cell);
	if ('problem' in list) return refused(`${FIELD_NAMES[field]} ${list.problem}`);
	return field === 'labels'
		? { values: distinct(list.entries, caseless), problems: [] }
		: orgPhonesFrom(list.entries);
}

function orgPhonesFrom(entries: string[]): FieldValues {
	const phones = entries.map(readOrgPhone);
	return {
		values: distinct(phones.flatMap((phone) => ('digits' in phone ? [phone.digits] : []))),
		problems: phones.flatMap((phone) =>
			'problem' in phone ? [`${FIELD_NAMES.orgPhones}: ${phone.problem}`] : [],
		),
	};
}

/** `Name <a@b.c>` gives the address. Brackets with nothing in them are left to be refused. */
const addressOf = (entry: string) => trimCell(ADDRESS_IN_BRACKETS.exec(entry)?.[1] ?? '') || entry;

const refused = (problem: string): FieldValues => ({ values: [], problems: [problem] });

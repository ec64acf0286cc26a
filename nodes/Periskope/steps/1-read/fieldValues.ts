import { FIELD_NAMES, problemsIn, type AccessField } from './memberChange';
import { listFromCell } from './cellList';
import { quote, trimCell } from './cellText';
import { caseless, distinct } from './distinct';
import { readOrgPhone } from './orgPhone';

/** The entries of one parameter as they will be sent, and everything that is wrong with it. */
export interface FieldValues {
	values: readonly string[];
	problems: readonly string[];
}

const NAME_AND_ADDRESS = /^([^<>]*)<([^<>]*)>$/;
/**
 * Quotes and brackets that a list in some notation leaves at an entry when its text is split:
 * `['Sales'`, `{"name": "Sales"}`, `[Sales`, `"Sales"`, `"Sales`. But `[VIP]` and `"Big" ones` are
 * names. A name that begins so all the same can be given in an array.
 */
const NOTATION =
	/^[[{]\s*["'`\u2018-\u201f\u00ab]|^\[[^\]]*$|^["\u201c-\u201f\u00ab][^"\u201c-\u201f\u00bb]*["\u201c-\u201f\u00bb]?$|^['\u2018][^'\u2019]*['\u2019]$/;

export function emailsFrom(cell: unknown): FieldValues {
	const list = listFromCell(cell);
	if ('problem' in list) return refused('emails', list.problem);
	const values = distinct(list.entries.map(addressOf), caseless);
	return { values, problems: problemsIn('emails', values) };
}

/** An empty list is no problem yet: the row's options say what it means. */
export function accessListFrom(field: AccessField, cell: unknown): FieldValues {
	const list = listFromCell(cell);
	if ('problem' in list) return refused(field, list.problem);
	if (field === 'orgPhones') return orgPhonesFrom(list.entries);
	const values = distinct(list.entries, caseless);
	const notation = list.isSplit ? values.filter((label) => NOTATION.test(label)) : [];
	return { values, problems: [...notation.map(notationProblem), ...problemsIn(field, values)] };
}

const notationProblem = (label: string) =>
	`${FIELD_NAMES.labels}: ${quote(label)} has the quotes or brackets of a list; write the name alone, or all names as in ["Sales, EU", "VIP"]`;

function orgPhonesFrom(entries: string[]): FieldValues {
	const phones = entries.map(readOrgPhone);
	return {
		values: distinct(phones.flatMap((phone) => ('digits' in phone ? [phone.digits] : []))),
		problems: phones.flatMap((phone) =>
			'problem' in phone ? [`${FIELD_NAMES.orgPhones}: ${phone.problem}`] : [],
		),
	};
}

/**
 * `Name <a@b.c>` gives the address. Anything else stays whole, to be refused: two addresses
 * without a separator between them must not become one.
 */
function addressOf(entry: string): string {
	const [, name = '', address = ''] = NAME_AND_ADDRESS.exec(entry) ?? [];
	const inBrackets = trimCell(address);
	const namesAnother = name.includes('@') && caseless(trimCell(name)) !== caseless(inBrackets);
	return inBrackets === '' || namesAnother ? entry : inBrackets;
}

const refused = (field: 'emails' | AccessField, problem: string): FieldValues => ({
	values: [],
	problems: [`${FIELD_NAMES[field]} ${problem}`],
});

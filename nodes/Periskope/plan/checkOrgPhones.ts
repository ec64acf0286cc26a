import type { OrgPhone, OrgPhones } from '../api/orgPhones';
import { isPhoneNumber, keyOf, withoutSuffix } from '../model';
import type { ReadRow } from '../read/readRows';
import { distinct, firstOf, quote, shown, trimCell } from '../text';

const MAX_PHONES_NAMED = 5;
/** Fewest digits of a phone number without its country code. */
const MIN_SUBSCRIBER_DIGITS = 7;

interface KnownPhone {
	number: string;
	/** blank where it has none */
	name: string;
}

/** A number of the organization; or why the entry stands for none. */
type Found = { number: string } | { problem: string };
type Finder = (entry: string) => Found;

/** Whether a row names an org phone, so that the organization's list is needed. */
export const setsOrgPhones = (rows: readonly ReadRow[]): boolean =>
	rows.some((row) => orgPhonesOf(row).length > 0);

const orgPhonesOf = (row: ReadRow): readonly string[] =>
	(row.kind === 'change' ? row.change.orgPhones : row.orgPhones) ?? [];

/**
 * Checks org phones against the organization's own list, and replaces names with numbers. A row
 * with a phone that isn't in it can't be used. Where the list isn't known, numbers stay as they are.
 */
export function checkOrgPhones(rows: readonly ReadRow[], listed: OrgPhones): ReadRow[] {
	const find = remembering(listed.kind === 'phones' ? finderIn(listed.phones) : without(listed));
	const numbersOf = remembering((entries: readonly string[]) => {
		const found = entries.map(find);
		return {
			numbers: distinct(found.flatMap((phone) => ('number' in phone ? phone.number : []))),
			problems: found.flatMap((phone) => ('problem' in phone ? phone.problem : [])),
		};
	});
	return rows.map((row): ReadRow => {
		const entries = orgPhonesOf(row);
		if (entries.length === 0) return row;
		const { numbers, problems } = numbersOf(entries);
		if (row.kind === 'unreadable') return { ...row, problems: [...row.problems, ...problems] };
		const { change, ...rest } = row;
		return problems.length === 0
			? { ...row, change: { ...change, orgPhones: numbers } }
			: { ...rest, kind: 'unreadable', emails: change.emails, problems };
	});
}

/** The rows of a team share their lists, and a list's entries are on many rows. */
function remembering<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
	const known = new Map<Key, Value>();
	return (key) => {
		const value = known.get(key) ?? compute(key);
		known.set(key, value);
		return value;
	};
}

const without =
	({ failure }: Extract<OrgPhones, { kind: 'failed' }>): Finder =>
	(entry) =>
		isPhoneNumber(entry)
			? { number: entry }
			: {
					problem: `Org Phones: ${quote(entry)} can't be looked up, because the organization's phones couldn't be read. ${failure.what}`,
				};

function finderIn(listed: readonly OrgPhone[]): Finder {
	const phones = listed.flatMap(({ org_phone, phone_name }): KnownPhone[] => {
		const number = withoutSuffix(org_phone ?? '');
		return isPhoneNumber(number) ? [{ number, name: trimCell(phone_name ?? '') }] : [];
	});
	const numbers = new Set(phones.map(({ number }) => number));
	const numbersByName = new Map<string, Set<string>>();
	for (const phone of phones) {
		for (const key of [phone.name, nameAndNumber(phone)].map(keyOfName)) {
			if (key === '') continue;
			numbersByName.set(key, (numbersByName.get(key) ?? new Set()).add(phone.number));
		}
	}
	const problem = (entry: string, what: string) => ({
		problem: `Org Phones: ${quote(entry)} ${what}`,
	});
	return (entry) => {
		if (isPhoneNumber(entry)) {
			if (numbers.has(entry)) return { number: entry };
			const near = phones.filter(({ number }) => isNearNumber(number, entry));
			return problem(entry, `isn't the number of an org phone. ${closest(near, phones)}`);
		}
		const key = keyOfName(entry);
		const [number, ...others] = numbersByName.get(key) ?? [];
		if (number === undefined) {
			const near = phones.filter(({ name }) => name !== '' && isOneEditApart(keyOfName(name), key));
			return problem(entry, `isn't the number or name of an org phone. ${closest(near, phones)}`);
		}
		if (others.length === 0) return { number };
		const named = firstOf([number, ...others], MAX_PHONES_NAMED);
		return problem(entry, `is the name of several org phones. Use one number: ${named}`);
	};
}

const keyOfName = (name: string) => keyOf('orgPhones', trimCell(name).replace(/\s+/g, ' '));

/** As messages and the dropdown name a phone, so that the text can be copied from there. */
const nameAndNumber = ({ number, name }: KnownPhone) =>
	name === '' ? number : `${shown(name)} (${number})`;

/** Only suggested, never applied: a wrong phone would show other people's conversations. */
function closest(near: readonly KnownPhone[], all: readonly KnownPhone[]): string {
	if (all.length === 0) return 'Periskope lists no phone with a number';
	const names = (phones: readonly KnownPhone[]) =>
		firstOf(phones.map(nameAndNumber), MAX_PHONES_NAMED);
	return near.length > 0 ? `Closest: ${names(near)}` : `The organization has: ${names(all)}`;
}

/** Whether a digit was mistyped, left out or added, such as a trunk zero; or the country code left out. */
const isNearNumber = (number: string, written: string): boolean =>
	isOneEditApart(number, written) ||
	(written.length >= MIN_SUBSCRIBER_DIGITS && number.endsWith(written)) ||
	written.endsWith(number);

/** Whether the texts differ in one character, or in two that changed places. */
function isOneEditApart(one: string, other: string): boolean {
	let start = 0;
	while (start < one.length && one[start] === other[start]) start++;
	const [a, b] = [one.slice(start), other.slice(start)];
	const isSwapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
	return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) || isSwapped;
}

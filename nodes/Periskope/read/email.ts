import { foldEmail, hasInvisible, trimCell } from '../text';
import type { CellEntry, Entry } from './entry';
import { ownValue } from './objects';

/** No longer email address can be delivered to (RFC 5321, 4.5.3.1). */
const MAX_LENGTH = 254;
/**
 * A mailbox at a host name with a dot. Stricter than RFC 5322, which allows comments and quoted
 * spaces that no member signs up with. A first character that makes a formula is none of an address.
 */
const EMAIL =
	/^(?!['={])[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
const ADDRESS_IN_TEXT = /[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)+/gi;
const NAME_AND_ADDRESS = /^([^<>]*)<([^<>]*)>$/;
/** `mailto:a@x.io`, and as Slack writes it `mailto:a@x.io|a@x.io`. */
const MAILTO = /^mailto:([^|?]*)(?:\|([^|]*))?$/i;
/** An address in a name, also where its @ is written in another way. */
const HINTS_AT_ADDRESS = /@|%40|[([{]\s*at\s*[)\]}]/i;
/** How Microsoft Entra names the account of a guest, who signs in with another address. */
const ENTRA_GUEST = /#EXT#@/i;

const isEmail = (text: string) => text.length <= MAX_LENGTH && EMAIL.test(text);

/** `Name <a@b.c>` and `mailto:a@b.c` give the address. */
export function readEmail(entry: CellEntry): Entry {
	const written = String(entry);
	const address = addressIn(written);
	const problems = isEmail(address) ? problemsOfAddress(address) : [whyNoEmail(address)];
	return { value: address, problems };
}

const problemsOfAddress = (address: string) =>
	ENTRA_GUEST.test(address)
		? ["is the account name of a guest in Microsoft Entra. Map 'mail' in its place"]
		: [];

function whyNoEmail(text: string): string {
	const no = 'is not an email address';
	if (hasInvisible(text)) return `${no} (it holds an invisible character)`;
	return text.includes('\ufffd')
		? `${no}. It was read with the wrong encoding: set 'Encoding' in Extract from File to that of the file`
		: no;
}

/** Stays whole, to be rejected, where the entry may mean another address. */
function addressIn(entry: string): string {
	if (!/[<:]/.test(entry)) return entry;
	const [, name = '', inBrackets = entry] = NAME_AND_ADDRESS.exec(entry) ?? [];
	const bracketed = trimCell(inBrackets);
	const [, mailto = bracketed, shownAs = mailto] = MAILTO.exec(bracketed) ?? [];
	const address = trimCell(mailto);
	const meansAnother =
		foldEmail(trimCell(shownAs)) !== foldEmail(address) ||
		(foldEmail(trimCell(name)) !== foldEmail(address) &&
			HINTS_AT_ADDRESS.test(name.normalize('NFKC')));
	return address === '' || meansAnother ? entry : address;
}

/**
 * The email of a person as other programs return one, such as `{ id, email, name }`.
 *
 * @returns undefined where `email` holds no address, or another value holds another one
 */
export function emailOfPerson(person: object): string | undefined {
	const email = ownValue(person, 'email');
	if (typeof email !== 'string' || !isEmail(trimCell(email))) return undefined;
	const others = textsIn(person).flatMap((text) => text.match(ADDRESS_IN_TEXT) ?? []);
	const key = foldEmail(trimCell(email));
	return others.every((other) => foldEmail(other) === key) ? email : undefined;
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value.normalize('NFKC')];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

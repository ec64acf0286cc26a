import { foldEmail, hasInvisible, trimCell } from '../text';
import { IN_WRONG_ENCODING, type CellEntry, type Entry } from './cellText';
import { ownValue } from './objects';

/** No longer email address can be delivered to (RFC 5321, 4.5.3.1). */
const MAX_LENGTH = 254;
/** An address with a name. */
const MAX_ENTRY_LENGTH = 1000;
/**
 * A mailbox at a host name with a dot. Stricter than RFC 5322, which allows comments and quoted
 * spaces that no member signs up with. A first character that makes a formula is none of an address.
 */
const EMAIL =
	/^(?!['={*+#?|-]|\$json\b|\$\{)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
/** Doesn't match file names such as `avatar@2x.png`. */
const ADDRESS_IN_TEXT =
	/\w[\w.!#$%&'*+/=?^`{|}~-]{0,63}@(?![\d.]+x\.)[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})+/gi;
const MAX_DEPTH = 8;
const NAME_AND_ADDRESS = /^([^<>]*)<([^<>]*)>$/;
/** `mailto:a@x.io`, and as Slack writes it `mailto:a@x.io|a@x.io`. */
const MAILTO = /^mailto:([^|?]*)(?:\|([^|]*))?$/i;
/** An address in a name, also where its @ is written in another way. */
const HINTS_AT_ADDRESS = /@|%40|[([{]\s*at?\s*[)\]}]|\bat\b.*(?:\bdot\b|\w\.\w)/i;
/** How Microsoft Entra names the account of a guest, who signs in with another address. */
const ENTRA_GUEST = /#EXT#@/i;

const WHATSAPP_ID = /@(?:c\.us|g\.us|s\.whatsapp\.net)$/i;

const isEmail = (text: string) => text.length <= MAX_LENGTH && EMAIL.test(text);

/** Whether an email address can end so. */
export const isDomain = (text: string) => isEmail(`x@${text}`);

/** `Name <a@b.c>` and `mailto:a@b.c` give the address. */
export function readEmail(entry: CellEntry): Entry {
	const written = String(entry);
	const address = addressIn(written);
	const problems = isEmail(address) ? problemsOfAddress(address) : [whyNoEmail(address)];
	return { value: address, problems };
}

function problemsOfAddress(address: string): string[] {
	if (ENTRA_GUEST.test(address)) {
		return ["is the account name of a guest in Microsoft Entra. Map 'mail' instead"];
	}
	return WHATSAPP_ID.test(address) ? ['is a WhatsApp ID. Map the column with emails'] : [];
}

function whyNoEmail(text: string): string {
	const no = "isn't an email address";
	if (hasInvisible(text)) return `${no}. It contains an invisible character`;
	return text.includes('\ufffd') ? IN_WRONG_ENCODING : no;
}

/** Returns the entry unchanged, to be rejected, if it may contain another address. */
function addressIn(entry: string): string {
	if (entry.length > MAX_ENTRY_LENGTH || !/[<:]/.test(entry)) return entry;
	const [, name = '', inBrackets = entry] = NAME_AND_ADDRESS.exec(entry) ?? [];
	const bracketed = trimCell(inBrackets);
	const [, mailto = bracketed, shownAs = mailto] = MAILTO.exec(bracketed) ?? [];
	const address = trimCell(mailto);
	const meansAnother =
		foldEmail(trimCell(shownAs)) !== foldEmail(address) ||
		(foldEmail(withoutQuotes(name)) !== foldEmail(address) &&
			HINTS_AT_ADDRESS.test(name.normalize('NFKC')));
	return address === '' || meansAnother ? entry : address;
}

const withoutQuotes = (name: string) => trimCell(trimCell(name).replace(/^["']+|["']+$/g, ''));

/**
 * The email of a person as other programs return one, such as `{ id, email, name }`.
 *
 * @returns undefined where `email` holds no address, or another value holds another one
 */
export function emailOfPerson(person: object): string | undefined {
	const email = ownValue(person, 'email');
	if (typeof email !== 'string' || !isEmail(trimCell(email))) return undefined;
	const others = addressesIn(person);
	const key = foldEmail(trimCell(email));
	return others?.every((other) => foldEmail(other) === key) ? email : undefined;
}

/**
 * All addresses that a value holds, at any place of it.
 *
 * @returns undefined where it is too deep to be looked through
 */
export function addressesIn(value: unknown, depth = 0): string[] | undefined {
	if (typeof value === 'string') {
		return value.includes('@') || value.includes('\uff20') || value.includes('\ufe6b')
			? (value.normalize('NFKC').match(ADDRESS_IN_TEXT) ?? [])
			: [];
	}
	if (typeof value !== 'object' || value === null) return [];
	if (depth === MAX_DEPTH) return undefined;
	const found = Object.values(value).map((entry) => addressesIn(entry, depth + 1));
	return found.includes(undefined) ? undefined : found.flatMap((addresses) => addresses ?? []);
}

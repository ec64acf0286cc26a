import { foldCase, hasInvisible, trimCell } from '../text';

/** No longer email address can be delivered to (RFC 5321, 4.5.3.1). */
const MAX_LENGTH = 254;
/**
 * A mailbox at a host name with a dot. Stricter than RFC 5322, which allows comments and quoted
 * spaces that no member signs up with.
 */
const EMAIL =
	/^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
const NAME_AND_ADDRESS = /^([^<>]*)<([^<>]*)>$/;

export function problemOfEmail(text: string): string | undefined {
	if (text.length <= MAX_LENGTH && EMAIL.test(text)) return undefined;
	return hasInvisible(text)
		? 'is not an email address (it holds an invisible character)'
		: 'is not an email address';
}

/**
 * `Name <a@b.c>` gives the address. Anything else stays whole, to be rejected: two addresses
 * without a separator between them must not become one.
 */
export function addressIn(entry: string): string {
	const [, name = '', bracketed = ''] = NAME_AND_ADDRESS.exec(entry) ?? [];
	const address = trimCell(bracketed);
	const namesAnother = name.includes('@') && foldCase(trimCell(name)) !== foldCase(address);
	return address === '' || namesAnother ? entry : address;
}

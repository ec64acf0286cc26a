import { foldCase, hasInvisible, trimCell } from '../text';
import type { Entry } from './entry';

/** No longer email address can be delivered to (RFC 5321, 4.5.3.1). */
const MAX_LENGTH = 254;
/**
 * A mailbox at a host name with a dot. Stricter than RFC 5322, which allows comments and quoted
 * spaces that no member signs up with.
 */
const EMAIL =
	/^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
const NAME_AND_ADDRESS = /^([^<>]*)<([^<>]*)>$/;

/** `Name <a@b.c>` gives the address. */
export function readEmail(entry: string): Entry {
	const address = addressIn(entry);
	if (address.length <= MAX_LENGTH && EMAIL.test(address)) return { value: address, problems: [] };
	return {
		value: address,
		problems: [
			hasInvisible(address)
				? 'is not an email address (it holds an invisible character)'
				: 'is not an email address',
		],
	};
}

/** Stays whole, to be rejected, where two addresses without a separator would become one. */
function addressIn(entry: string): string {
	const [, name = '', bracketed = ''] = NAME_AND_ADDRESS.exec(entry) ?? [];
	const address = trimCell(bracketed);
	const namesAnother = name.includes('@') && foldCase(trimCell(name)) !== foldCase(address);
	return address === '' || namesAnother ? entry : address;
}

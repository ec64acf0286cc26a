import { ANY_DOMAIN } from '../options';
import { distinct, foldEmail, quote, trimCell } from '../text';
import { isDomain } from './email';

const SEPARATORS = /[\s,;]+/;

/**
 * Reads the domains that a run may be about, with or without an @ before them.
 *
 * @returns them sorted, in small letters, with commas between; undefined where there is none, or
 *   one can't be a domain
 */
export function domainsFrom(given: unknown): string | undefined {
	if (typeof given !== 'string') return undefined;
	const domains = trimCell(given)
		.split(SEPARATORS)
		.filter((part) => part !== '')
		.map((part) => foldEmail(part.replace(/^@/, '')));
	return domains.length > 0 && domains.every(isDomain)
		? distinct(domains).sort().join(', ')
		: undefined;
}

/** What is wrong with the emails of a row that are at other domains. What is no email has a problem already. */
export function emailsAtOtherDomains(emails: readonly string[], allowedDomains: string): string[] {
	if (allowedDomains === ANY_DOMAIN) return [];
	const allowed = new Set(allowedDomains.split(', '));
	return emails
		.filter((email) => {
			const domain = email.slice(email.lastIndexOf('@') + 1);
			return domain !== email && !allowed.has(foldEmail(domain)) && isDomain(domain);
		})
		.map((email) => `Emails: ${quote(email)} isn't at an allowed domain (${allowedDomains})`);
}

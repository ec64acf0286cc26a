import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { ANY_DOMAIN, OPTIONS } from '../../../nodes/Periskope/options';
import { domainsFrom, emailsAtOtherDomains } from '../../../nodes/Periskope/read/allowedDomains';
import { checkOption } from '../../../nodes/Periskope/read/checkOption';

describe('domainsFrom', () => {
	it.each([
		['acme.example', 'acme.example'],
		[' @Acme.Example ', 'acme.example'],
		['b.example, a.example', 'a.example, b.example'],
		['a.example;b.example\nc.example', 'a.example, b.example, c.example'],
		['a.example, , A.EXAMPLE,', 'a.example'],
		['eu.acme.co.uk', 'eu.acme.co.uk'],
	])('reads %j as %j', (given, domains) => {
		expect(domainsFrom(given)).toBe(domains);
	});

	it.each([
		...['', ' ', ',', undefined, null, true, 7, {}, ['acme.example']],
		...['acme', 'acme.example, oops', 'x@acme.example', '*.acme.example', 'https://acme.example'],
		...['acme..example', '-acme.example', 'acme.example/', 'acme_.example', 'аcme.example'],
	])('rejects %j', (given) => {
		expect(domainsFrom(given)).toBeUndefined();
	});

	it('gives the same whatever their order, case and separators', () => {
		const label = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
		const domain = fc.tuple(label, label).map((labels) => labels.join('.'));
		fc.assert(
			fc.property(fc.uniqueArray(domain, { minLength: 1, maxLength: 5 }), (domains) => {
				const read = domainsFrom(domains.join(','));
				const respelled = domains.toReversed().map((each) => `@${each.toUpperCase()}`);
				expect(domainsFrom(respelled.join(' ; '))).toBe(read);
				expect(domainsFrom(read)).toBe(read);
				expect(read?.split(', ').sort()).toEqual([...domains].sort());
			}),
		);
	});
});

it('an option without a domain is a problem, and not a run without the option', () => {
	expect(checkOption(OPTIONS.allowedDomains, 'updateAccess', ' ').problem).toBe(
		"'Allowed Domains' is empty. It must be domains such as example.com, separated by commas",
	);
	expect(checkOption(OPTIONS.allowedDomains, 'updateAccess', 'acme').problem).toBe(
		`'Allowed Domains' must be domains such as example.com, separated by commas, not "acme"`,
	);
});

describe('emailsAtOtherDomains', () => {
	it.each([
		'x@evil.example',
		'x@eu.acme.example',
		'x@acme.example.evil.example',
		'x@evilacme.example',
		'acme.example@evil.example',
	])('names %s', (email) => {
		expect(emailsAtOtherDomains(['a@acme.example', email], 'acme.example, b.example')).toEqual([
			`Emails: "${email}" isn't at an allowed domain (acme.example, b.example)`,
		]);
	});

	it('takes the allowed ones in any case', () => {
		expect(
			emailsAtOtherDomains(['a@ACME.example', 'b@b.Example'], 'acme.example, b.example'),
		).toEqual([]);
	});

	it('says nothing of what is no email address, for that is said already', () => {
		for (const email of [
			'oops',
			'a@evil.example.',
			'a@evil.example (Asha)',
			'a@',
			'evil.example',
		]) {
			expect(emailsAtOtherDomains([email], 'acme.example')).toEqual([]);
		}
	});

	it('takes all where no domain is set', () => {
		expect(emailsAtOtherDomains(['x@evil.example'], ANY_DOMAIN)).toEqual([]);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { emailOfPerson, readEmail } from '../../../nodes/Periskope/read/email';

const NO_EMAIL = "isn't an email address";
const problemsOf = (entry: string) => readEmail(entry).problems;
const addressIn = (entry: string) => readEmail(entry).value;

describe('an email', () => {
	it.each([
		'r&d@acme.com',
		"o'brien+x@mail.acme.co.uk",
		"o'brien+r&d@eu-1.acme.co.in",
		'asha.devi.rao@acme.com',
		'A_b-c@x1.io',
		'_a.b_c@x.co',
		`${'a'.repeat(64)}@acme.com`,
		'a.b.c@d.e.fg',
		'a@b-c--d.c-o',
		'1@2.3',
		'ASHA@ACME.COM',
		`a@${'b'.repeat(63)}.${'c'.repeat(63)}`,
	])('accepts %s', (text) => {
		expect(problemsOf(text)).toEqual([]);
	});

	it.each([
		'',
		'a',
		'a@b',
		'@b.co',
		'a@',
		'a b@c.de',
		'a@b..co',
		'.a@b.co',
		'a.@b.co',
		'a@-b.co',
		'a@b-.co',
		'a@b.-co',
		'a@b.co-',
		'a@b.co.',
		'a..b@c.de',
		'a@.b.co',
		'a@b_c.de',
		'a@b.c_d',
		`a@${'b'.repeat(64)}.co`,
		`a@b.${'c'.repeat(64)}`,
		'a@b.co@c.de',
		'ä@b.co',
		'a@bücher.de',
		'a@b.co\n',
		' a@b.co',
		'a@b.co/../x',
		'mailto:a@b',
		'mailto:a@b.co|c@d.co',
		'=a@b.co',
		"'a@b.co",
		'{a@b.co',
		'\u212aen@b.co',
		'"a b"@c.de',
		'a(comment)@b.co',
		'a@[127.0.0.1]',
		'a@b.co, c@d.co',
		'a@b.co;c@d.co',
	])('rejects %j', (text) => {
		expect(problemsOf(text)).toEqual([NO_EMAIL]);
	});

	it.each(['a\u200bb@c.de', '\ufeffa@b.co', 'a@b.co\u202c', 'a\u202eb'])(
		'says that an email contains an invisible character: %j',
		(text) => {
			expect(problemsOf(text)).toEqual([
				"isn't an email address. It contains an invisible character",
			]);
		},
	);

	it('accepts up to 254 characters', () => {
		const withLength = (length: number) => `${'a'.repeat(length - '@acme.com'.length)}@acme.com`;
		expect(problemsOf(withLength(254))).toEqual([]);
		expect(problemsOf(withLength(255))).toEqual([NO_EMAIL]);
	});

	it('accepts every address of plain words, in any case', () => {
		const word = fc.stringMatching(/^[a-zA-Z\d]{1,20}$/);
		fc.assert(
			fc.property(word, fc.array(word, { minLength: 2, maxLength: 4 }), (mailbox, host) => {
				expect(problemsOf(`${mailbox}@${host.join('.')}`)).toEqual([]);
			}),
		);
	});

	it('rejects every text with a blank, a separator, a bracket or a second @ in it', () => {
		const email = 'asha@acme.com';
		fc.assert(
			fc.property(
				fc.nat(email.length),
				fc.constantFrom(' ', '\t', '\n', ',', ';', ':', '<', '>', '(', ')', '[', '"', '@', '\\'),
				(at, added) => {
					expect(problemsOf(email.slice(0, at) + added + email.slice(at))).toEqual([NO_EMAIL]);
				},
			),
		);
	});
});

describe('the address of an entry', () => {
	it.each([
		['Asha Rao <asha@acme.com>'],
		['"Asha Rao" <asha@acme.com>'],
		['<asha@acme.com>'],
		['Asha < asha@acme.com >'],
		['Asha <\u200basha@acme.com\ufeff>'],
		['asha@acme.com <asha@acme.com>'],
		['ASHA@acme.com <asha@acme.com>'],
		['\u200basha@acme.com <asha@acme.com>'],
		['asha@acme.com'],
	])('takes the address out of %j', (entry) => {
		expect(addressIn(entry)).toBe('asha@acme.com');
	});

	it.each([
		['brackets around nothing', '<>'],
		['brackets around blanks', 'Asha < >'],
		['a bracket that is not closed', 'Asha <asha@acme.com'],
		['a bracket that is not opened', 'asha@acme.com>'],
		['brackets before the end', 'Asha <asha@acme.com> (work)'],
		['brackets in brackets', 'Asha <<asha@acme.com>>'],
		['two addresses in brackets', '<asha@acme.com><ben@acme.com>'],
		['two names with addresses', 'Asha <asha@acme.com> Ben <ben@acme.com>'],
		['an address where the name is', 'asha@acme.com <ben@acme.com>'],
		['an address in the name', 'Asha (asha@acme.com) <ben@acme.com>'],
	])('keeps an entry with %s whole', (_, entry) => {
		expect(addressIn(entry)).toBe(entry);
	});

	it.each([
		['a full-width @', 'asha＠acme.com <mallory@evil.io>'],
		['a small @', 'asha﹫acme.com <mallory@evil.io>'],
		['an @ in words', 'asha(at)acme.com <mallory@evil.io>'],
		['an @ in words in other brackets', 'asha [at] acme.com <mallory@evil.io>'],
		['an encoded @', 'asha%40acme.com <mallory@evil.io>'],
		['the Kelvin sign for a k', '\u212aen@acme.com <ken@acme.com>'],
		['another address after a bar', '<mailto:asha@acme.com|mallory@evil.io>'],
	])('keeps an entry whole where the name is another address, with %s', (_, entry) => {
		expect(readEmail(entry)).toEqual({ value: entry, problems: [NO_EMAIL] });
	});

	it.each([
		'mailto:asha@acme.com',
		'MAILTO:asha@acme.com',
		'<mailto:asha@acme.com>',
		'<mailto:asha@acme.com|asha@acme.com>',
		'<mailto:asha@acme.com|ASHA@acme.com>',
		'Asha <mailto:asha@acme.com>',
		'"Rao, Asha" <asha@acme.com>',
	])('takes the address out of %s', (entry) => {
		expect(readEmail(entry)).toEqual({ value: 'asha@acme.com', problems: [] });
	});

	it('is not the account name of a guest in Microsoft Entra', () => {
		for (const entry of [
			'name_company.com#EXT#@corp.onmicrosoft.com',
			'NAME_COMPANY.COM#ext#@corp.onmicrosoft.com',
		]) {
			expect(problemsOf(entry)).toEqual([
				"is the account name of a guest in Microsoft Entra. Map 'mail' instead",
			]);
		}
	});

	it('says that the file was read in another encoding than it has', () => {
		expect(problemsOf('jos\ufffd@acme.com')).toEqual([
			"was read with the wrong encoding. Set 'Encoding' in Extract from File to the encoding of the file, such as Latin1 or UTF-8",
		]);
	});

	it('gives the entry, or an address beside which the entry holds no other', () => {
		const piece = fc.constantFrom('a@b.co', 'c@d.co', 'Asha', '<', '>', ' ', '"', '(', '\u200b');
		const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
		const bracketed = fc.tuple(text, text).map(([name, inner]) => `${name}<${inner}>`);
		fc.assert(
			fc.property(fc.oneof(text, bracketed), (entry) => {
				const address = addressIn(entry);
				if (address === entry) return;
				expect(address).not.toBe('');
				expect(entry).toContain(address);
				expect(entry.replaceAll(address, '')).not.toContain('@');
			}),
		);
	});
});

describe('the email of a person', () => {
	it.each([
		[{ email: 'asha@acme.com' }],
		[{ id: 'usrABC123def45678', email: 'asha@acme.com', name: 'Asha Rao' }],
		[{ email: 'asha@acme.com', name: 'Asha@acme.com', avatar: 'https://x.io/@asha' }],
		[{ email: 'asha@acme.com', profile: { emails: ['ASHA@acme.com'], age: 7, boss: null } }],
	])('is the address under email: %j', (person) => {
		expect(emailOfPerson(person)).toBe('asha@acme.com');
	});

	it.each([
		[{}],
		[{ email: '' }],
		[{ email: 'asha' }],
		[{ email: null }],
		[{ email: ['asha@acme.com'] }],
		[{ Email: 'asha@acme.com' }],
		[{ mail: 'asha@acme.com' }],
		[Object.create({ email: 'asha@acme.com' }) as object],
	])('is none where email holds no address: %j', (person) => {
		expect(emailOfPerson(person)).toBeUndefined();
	});

	it.each([
		[{ email: 'asha@acme.com', name: 'ben@acme.com' }],
		[{ email: 'asha@acme.com', name: 'Ben <ben@acme.com>' }],
		[{ email: 'asha@acme.com', name: 'ben＠acme.com' }],
		[{ email: 'asha@acme.com', secondary: ['ben@acme.com'] }],
		[{ email: 'asha@acme.com', boss: { contact: { email: 'ben@acme.com' } } }],
	])('is none where another value holds another address: %j', (person) => {
		expect(emailOfPerson(person)).toBeUndefined();
	});
});

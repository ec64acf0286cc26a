import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { numberOfOrgPhone, readPhoneNumber } from '../../../nodes/Periskope/read/phoneNumber';

const number = (digits: string) => ({ value: digits, problems: [] });
const rejected = (text: string, words: string) => ({
	value: text,
	problems: [expect.stringContaining(words) as unknown],
});

/** After the country code stands no 0, which would be a trunk zero in most countries. */
const anyDigits = fc.stringMatching(/^(?:1|44|91|351)[1-9]\d{5,10}$/);

describe('readPhoneNumber', () => {
	it.each([
		['918527184400'],
		['+918527184400'],
		['+91 85271-84400'],
		['00918527184400'],
		['0091 (85271) 84400'],
		['91.85271.84400'],
		['918527184400@c.us'],
		['918527184400@s.whatsapp.net'],
		['tel:+91-85271-84400'],
		['https://wa.me/918527184400'],
		['+91 85271–84400'],
		['\u202a+91 85271 84400\u202c'],
		['918527184400.0'],
		['918527184400.00'],
		['91.8527184.400'],
	])('reads %j', (text) => {
		expect(readPhoneNumber(text)).toEqual(number('918527184400'));
	});

	it.each([
		['9.18825E+11', 'the sheet has rounded'],
		['9,18825E+11', 'the sheet has rounded'],
		['+9.18825E+11', 'the sheet has rounded'],
		['9e11', 'the sheet has rounded'],
		['91.8E+10', 'the sheet has rounded'],
		['91852@c.us7184400', "isn't a phone number"],
		['+44 (0)20 7946 0000', 'contains (0)'],
		['020 7946 0000', 'starts with 0'],
		['123456', '7 to 15 digits'],
		['1234567890123456', '7 to 15 digits'],
		['phone-abc', "isn't a phone number"],
		['٩١٨٥٢٧١٨٤٤٠٠', "isn't a phone number"],
		['', "isn't a phone number"],
		['n/a', "isn't a phone number"],
		['2026-01-05', 'is a date'],
		['05.01.2026', 'is a date'],
		['=918527184400', "isn't a phone number"],
		['918,527,184,400', 'thousands separators'],
		['9,18,52,71,84,400', 'thousands separators'],
		['+918,527,184,400.00', 'thousands separators'],
		['+44 0161 496 0000', 'has a 0 after the country code 44'],
		['(44) 0161 4960000', 'has a 0 after the country code 44'],
		['+91 085271 84400', 'has a 0 after the country code 91'],
		['44 0 20 7946 0958', 'has a 0 after the country code 44'],
		['0091 085271 84400', 'has a 0 after the country code 91'],
	])('rejects %j and says that it %s', (text, words) => {
		expect(readPhoneNumber(text)).toEqual(rejected(text, words));
	});

	it.each([
		...['-9999999908', '- 9999999908', '−9999999908', '–9999999908', '—9999999908', '‐9999999908'],
		...['－9999999908', '﹣9999999908', '9999999908-', '(9999999908)', '( 99999 99908 )'],
		...['\u200e-9999999908', '-918527184400@c.us', '-9999999908.0'],
	])('rejects %s, which a formula has calculated', (text) => {
		expect(readPhoneNumber(text)).toEqual(rejected(text, 'the result of a calculation'));
	});

	it('rejects numbers of the sheet that are none of a phone', () => {
		expect(readPhoneNumber(-9_999_999_908)).toEqual(rejected('-9999999908', 'of a calculation'));
		expect(readPhoneNumber(918_527_184_400.5)).toEqual(rejected('918527184400.5', 'has decimals'));
		expect(readPhoneNumber(9.185e22)).toEqual(rejected('9.185e+22', 'the sheet has rounded'));
		expect(readPhoneNumber(918_527_184_400)).toEqual(number('918527184400'));
	});

	it('keeps the zero of a country whose numbers begin with it', () => {
		expect(readPhoneNumber('+39 06 698 12345')).toEqual(number('390669812345'));
		expect(readPhoneNumber('+225 07 12 34 56 78')).toEqual(number('2250712345678'));
	});

	it('never gives other digits than the text has', () => {
		fc.assert(
			fc.property(
				fc.string({
					unit: fc.constantFrom('0', '1', '2', '9', '+', '-', '.', ' ', '(', ')', 'e', 'E', '@'),
				}),
				(text) => {
					const phone = readPhoneNumber(text);
					if (phone.problems.length > 0) return;
					const digitsIn = (part: string) => part.replace(/\D/g, '').replace(/^00/, '');
					const withoutDecimals = text.replace(/\.0{1,3}$/, '');
					expect([digitsIn(text), digitsIn(withoutDecimals)]).toContain(phone.value);
					expect(phone.value).toMatch(/^[1-9]\d{6,14}$/);
				},
			),
		);
	});

	it('reads the digits with anything around and between them that people write', () => {
		const filler = fc
			.array(fc.constantFrom(' ', '-', '–', '(', ')', '\u00a0', '\u202a', '\u200e', '\u2011'), {
				maxLength: 2,
			})
			.map((parts) => parts.join(''));
		const written = anyDigits.chain((digits) =>
			fc
				.tuple(
					fc.constantFrom('', '+', '00'),
					fc.array(filler, { minLength: digits.length, maxLength: digits.length }),
					fc.constantFrom('', '@c.us', '@C.US'),
				)
				.map(([prefix, fillers, suffix]) => ({
					digits,
					text: `${prefix}${digits
						.split('')
						.map((digit, at) => `${digit}${fillers[at] ?? ''}`)
						.join('')}${suffix}`,
				})),
		);
		fc.assert(
			fc.property(
				// A zero in brackets and a dash at an end have tests of their own.
				written.filter(({ text }) => !/[([]\s*0\s*[)\]]|[-–\u2011][^\d]*$|^\(\d+\)$/.test(text)),
				({ digits, text }) => {
					expect(readPhoneNumber(text)).toEqual(number(digits));
				},
			),
		);
	});

	it('rejects every number that the sheet has rounded', () => {
		const rounded = fc
			.tuple(
				fc.integer({ min: 1, max: 9 }),
				fc.nat(999_999),
				fc.constantFrom('E+', 'e+', 'E', 'e'),
				fc.integer({ min: 6, max: 14 }),
			)
			.map(([whole, part, sign, power]) => `${whole}.${part}${sign}${power}`);
		fc.assert(
			fc.property(rounded, fc.constantFrom('', '@c.us'), (text, suffix) => {
				expect(readPhoneNumber(`${text}${suffix}`)).toEqual(
					rejected(`${text}${suffix}`, 'Format the column as text'),
				);
			}),
		);
	});

	it('removes decimals that are zero', () => {
		fc.assert(
			fc.property(anyDigits, fc.constantFrom('.0', '.00', '.000'), (digits, decimals) => {
				expect(readPhoneNumber(`${digits}${decimals}`)).toEqual(number(digits));
			}),
		);
	});

	it.each(['918527184400.000', '+918527184400.0'])('removes the decimals of %j', (text) => {
		expect(readPhoneNumber(text)).toEqual(number('918527184400'));
	});

	it('keeps the last group of zeros where dots separate all groups', () => {
		expect(readPhoneNumber('91.8527184.000')).toEqual(number('918527184000'));
	});

	it.each([
		...['918527184400.5', '918527184.400', '+91 8527184400.01', '+1 555 010.000'],
		...['45307.4375', '37.7749295', '918527184.4001', '918527184400.0000'],
		...['+91 8527184400.0', '0091 8527184400.00', '(91) 8527184400.0'],
	])('rejects %j for its decimals', (text) => {
		expect(readPhoneNumber(text)).toEqual(rejected(text, 'has decimals'));
	});

	it.each([
		'+44 (0)20 7946 0000',
		'+44 ( 0 ) 20 7946 0000',
		'+44 [0] 20 7946 0000',
		'44(0)2079460000',
		'(0) 20 7946 0000',
	])('rejects the (0) in %s, which may or may not belong to the number', (text) => {
		expect(readPhoneNumber(text)).toEqual(rejected(text, 'contains (0)'));
	});
});

describe('the number of an org phone', () => {
	it.each([
		[{ orgPhone: '918527184400' }, '918527184400'],
		[{ org_phone: '918527184400@c.us', phone_name: 'Support' }, '918527184400@c.us'],
		[{ orgPhone: '918527184400', org_phone: '918527184400@c.us' }, '918527184400'],
	])('is read from %j', (phone, value) => {
		expect(numberOfOrgPhone(phone)).toBe(value);
	});

	it.each([
		[{ phone: '918527184400' }],
		[{ number: '918527184400' }],
		[{ orgPhones: ['918527184400'] }],
		[{ org_phone: null }],
		[{ org_phone: 918527184400 }],
		[{ orgPhone: '918527184400', org_phone: '14155550123@c.us' }],
		[{ orgPhone: '918527184400', org_phone: null }],
		[Object.create({ orgPhone: '918527184400' }) as object],
	])('is not read from %j', (phone) => {
		expect(numberOfOrgPhone(phone)).toBeUndefined();
	});
});

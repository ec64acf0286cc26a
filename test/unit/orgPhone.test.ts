import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readOrgPhone } from '../../nodes/Periskope/steps/1-read/orgPhone';

describe('an org phone', () => {
	it.each([
		['918527184400'],
		['+918527184400'],
		['+91 85271-84400'],
		['00918527184400'],
		['0091 (85271) 84400'],
		['91.85271.84400'],
		['918527184400@c.us'],
		['+91 85271–84400'],
		['\u202a+91 85271 84400\u202c'],
		['918527184400.0'],
		['918527184400.00'],
		['91.8527184.400'],
	])('is read from %j', (text) => {
		expect(readOrgPhone(text)).toEqual({ digits: '918527184400' });
	});

	it.each([
		['9.18825E+11', 'the sheet has rounded'],
		['9,18825E+11', 'the sheet has rounded'],
		['9e11', 'the sheet has rounded'],
		['91.8E+10', 'the sheet has rounded'],
		['91852@c.us7184400', 'is not a phone number'],
		['+44 (0)20 7946 0000', 'has a (0) in it'],
		['020 7946 0000', 'starts with 0'],
		['123456', '7 to 15 digits'],
		['1234567890123456', '7 to 15 digits'],
		['phone-abc', 'is not a phone number'],
		['٩١٨٥٢٧١٨٤٤٠٠', 'is not a phone number'],
		['', 'is not a phone number'],
		['=918527184400', 'is not a phone number'],
	])('is not made of %j', (text, problem) => {
		expect(readOrgPhone(text)).toEqual({ problem: expect.stringContaining(problem) as unknown });
	});

	it('never comes out as other digits than were written', () => {
		fc.assert(
			fc.property(
				fc.string({
					unit: fc.constantFrom('0', '1', '2', '9', '+', '-', '.', ' ', '(', ')', 'e', 'E', '@'),
				}),
				(text) => {
					const phone = readOrgPhone(text);
					if (!('digits' in phone)) return;
					const written = text.replace(/\D/g, '').replace(/^00/, '');
					const whole = text
						.replace(/\.0{1,2}$/, '')
						.replace(/\D/g, '')
						.replace(/^00/, '');
					expect([written, whole]).toContain(phone.digits);
					expect(phone.digits).toMatch(/^[1-9]\d{6,14}$/);
				},
			),
		);
	});
});

describe('the digits of an org phone', () => {
	const digits = fc
		.tuple(
			fc.integer({ min: 1, max: 9 }),
			fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: 6, maxLength: 14 }),
		)
		.map(([first, rest]) => `${first}${rest}`);
	const filler = fc
		.array(fc.constantFrom(' ', '-', '–', '(', ')', '\u00a0', '\u202a', '\u200e', '\u2011'), {
			maxLength: 2,
		})
		.map((parts) => parts.join(''));

	it('come out as they are, with anything around and between them that people write', () => {
		const written = digits.chain((number) =>
			fc
				.tuple(
					fc.constantFrom('', '+', '00'),
					fc.array(filler, { minLength: number.length, maxLength: number.length }),
					fc.constantFrom('', '@c.us', '@C.US'),
				)
				.map(([prefix, fillers, suffix]) => ({
					number,
					text: `${prefix}${number
						.split('')
						.map((digit, at) => `${digit}${fillers[at] ?? ''}`)
						.join('')}${suffix}`,
				})),
		);
		fc.assert(
			fc.property(
				// A lone zero in brackets is a trunk zero, which is another test's.
				written.filter(({ text }) => !/[([]\s*0\s*[)\]]/.test(text)),
				({ number, text }) => {
					expect(readOrgPhone(text)).toEqual({ digits: number });
				},
			),
		);
	});

	it('are never made up for a number that the sheet has rounded', () => {
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
				expect(readOrgPhone(`${text}${suffix}`)).toEqual({
					problem: expect.stringContaining('format the column as text') as unknown,
				});
			}),
		);
	});

	it('are not lengthened by the decimals of a number', () => {
		fc.assert(
			fc.property(digits, fc.constantFrom('.0', '.00'), (number, decimals) => {
				expect(readOrgPhone(`${number}${decimals}`)).toEqual({ digits: number });
			}),
		);
	});

	it.each(['+44 (0)20 7946 0000', '+44 ( 0 ) 20 7946 0000', '44(0)2079460000', '(0) 20 7946 0000'])(
		'are not guessed at where a (0) may or may not belong: %s',
		(text) => {
			expect(readOrgPhone(text)).toHaveProperty('problem');
		},
	);
});

describe('an org phone that a sheet has given decimals', () => {
	it.each(['918527184400.000', '+918527184400.0', '+91 8527184400.0', '0091 8527184400.00'])(
		'loses them where they are nothing: %j',
		(text) => {
			expect(readOrgPhone(text)).toEqual({ digits: '918527184400' });
		},
	);

	it('keeps every group of digits where dots are between them all', () => {
		expect(readOrgPhone('91.8527184.000')).toEqual({ digits: '918527184000' });
	});

	it.each(['918527184400.5', '918527184.400', '+91 8527184400.01'])(
		'is refused where they are not: %j',
		(text) => {
			expect(readOrgPhone(text)).toEqual({
				problem: expect.stringContaining('has decimals') as unknown,
			});
		},
	);

	it('is told to be rounded with a plus too', () => {
		expect(readOrgPhone('+9.18825E+11')).toEqual({
			problem: expect.stringContaining('the sheet has rounded') as unknown,
		});
	});
});

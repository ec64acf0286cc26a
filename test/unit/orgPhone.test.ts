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
	])('is read from %j', (text) => {
		expect(readOrgPhone(text)).toEqual({ digits: '918527184400' });
	});

	it.each([
		['9.18825E+11', 'the sheet has rounded'],
		['9,18825E+11', 'the sheet has rounded'],
		['9e11', 'the sheet has rounded'],
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

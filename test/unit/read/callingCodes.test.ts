import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import mobileExamples from 'libphonenumber-js/examples.mobile.json';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/metadata.max.json';

import { callingCodeOf, hasNumbersWithZero } from '../../../nodes/Periskope/read/callingCodes';
import { readPhoneNumber } from '../../../nodes/Periskope/read/phoneNumber';

/** The numbers of a country that a phone has, landline or mobile, as regular expressions. */
interface NumberingPlan {
	country: string;
	callingCode: string;
	patterns: string[];
}

/** Where the metadata keeps them: the calling code, all numbers, and the numbers by type. */
const CALLING_CODE = 0;
const ALL_NUMBERS = 2;
const BY_TYPE = 11;
const FIXED_LINE = 0;
const MOBILE = 1;

const PLANS: NumberingPlan[] = Object.entries({
	...metadata.countries,
	...metadata.nonGeographic,
}).map(([country, plan]) => {
	const fields = plan as unknown[];
	const byType = (fields[BY_TYPE] ?? []) as unknown[][];
	const ofPhones = [byType[FIXED_LINE]?.[0], byType[MOBILE]?.[0]].filter(Boolean) as string[];
	const all = fields[ALL_NUMBERS] as string;
	return {
		country,
		callingCode: fields[CALLING_CODE] as string,
		// Services such as +800 have numbers of neither type.
		patterns: ofPhones.length > 0 ? ofPhones : [all],
	};
});

/** Matches the beginnings of what the pattern matches: each of its characters may be the last. */
const beginningOf = (pattern: string) =>
	new RegExp(
		`^(?:${pattern.replace(/\[[^\]]*\]|\\d|\d(?![\d,]*\})/g, (digit) => `(?:${digit}|$)`)})$`,
	);

const callingCodesWithZero = new Set(
	PLANS.filter(({ patterns }) => patterns.some((pattern) => beginningOf(pattern).test('0'))).map(
		({ callingCode }) => callingCode,
	),
);

describe('calling codes, compared with a phone library', () => {
	it('knows every country', () => {
		expect(PLANS.length).toBeGreaterThan(240);
		expect(getCountries().length).toBeGreaterThan(240);
		expect([...callingCodesWithZero].length).toBeGreaterThan(8);
	});

	it.each(PLANS)('knows whether numbers of $country begin with 0', ({ callingCode }) => {
		expect(hasNumbersWithZero(callingCode)).toBe(callingCodesWithZero.has(callingCode));
	});

	it.each(PLANS)('finds the calling code of $country', ({ callingCode }) => {
		expect(callingCodeOf(`${callingCode}23456789`)).toBe(callingCode);
		expect(callingCodeOf(`${callingCode}0123456789`)).toBe(callingCode);
	});
});

describe('a phone number of any country', () => {
	it.each(getCountries())('is read as the library writes it: %s', (country) => {
		const example = getExampleNumber(country, mobileExamples);
		expect(example).toBeDefined();
		const digits = example?.number.slice(1) ?? '';
		for (const written of [example?.number, example?.formatInternational(), digits]) {
			expect(readPhoneNumber(written ?? '')).toEqual({ value: digits, problems: [] });
		}
	});

	it.each(PLANS)('is read as its numbering plan has it: $country', ({ callingCode, patterns }) => {
		fc.assert(
			fc.property(
				fc.oneof(...patterns.map((pattern) => fc.stringMatching(new RegExp(`^(?:${pattern})$`)))),
				(national) => {
					const digits = `${callingCode}${national}`;
					fc.pre(digits.length >= 7 && digits.length <= 15);
					expect(readPhoneNumber(`+${digits}`)).toEqual({ value: digits, problems: [] });
				},
			),
			{ numRuns: 20 },
		);
	});

	it.each(getCountries())('is rejected with a trunk zero: %s', (country) => {
		const example = getExampleNumber(country, mobileExamples);
		const code = example?.countryCallingCode ?? '';
		const national = example?.nationalNumber ?? '';
		for (const written of [
			`+${code} 0${national}`,
			`00${code}0${national}`,
			`(${code}) 0${national}`,
			`${code} 0 ${national}`,
		]) {
			const { problems } = readPhoneNumber(written);
			if (hasNumbersWithZero(code)) expect(problems).toEqual([]);
			else expect(problems).toEqual([expect.stringContaining(`0 after the country code ${code}`)]);
		}
	});
});

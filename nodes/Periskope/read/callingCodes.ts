/** All other calling codes have three digits. @see https://www.itu.int/rec/T-REC-E.164 */
const SHORT_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
/**
 * Where numbers of phones begin with 0 after the country code: Italy and San Marino, Ivory Coast,
 * Burkina Faso, Benin, Gabon, Congo, landlines in Rwanda, Tajikistan, and international services.
 */
const WITH_ZERO: ReadonlySet<string> = new Set([
	...['39', '225', '226', '229', '241', '242', '250', '378', '800', '881', '888', '992'],
]);

/** @param digits of a number with its country code */
export const callingCodeOf = (digits: string): string =>
	SHORT_CODE.exec(digits)?.[0] ?? digits.slice(0, 3);

/**
 * Whether a 0 after the country code is part of the number there. Elsewhere it is the trunk prefix,
 * which is dialled within the country alone.
 */
export const hasNumbersWithZero = (callingCode: string): boolean => WITH_ZERO.has(callingCode);

/** No country has these codes. They come of a number without its country code, or of other digits. */
const UNASSIGNED =
	/^(?:21[04579]|25[9]|28|29[2-6]|379|38[48]|42[24-9]|671|684|69[3-9]|80[1-79]|83|85[14789]|87[1-79]|88[4579]|89|969|978|99[0179])/;
/** North America, Russia and Kazakhstan, India: all their numbers have one length. */
const WHOLE_LENGTHS: ReadonlyMap<string, number> = new Map([
	['1', 11],
	['7', 11],
	['91', 12],
]);

/** Whether a country has numbers of this code and length. */
export function isPossible(digits: string): boolean {
	const length = WHOLE_LENGTHS.get(callingCodeOf(digits)) ?? digits.length;
	return digits.length === length && !UNASSIGNED.test(digits);
}

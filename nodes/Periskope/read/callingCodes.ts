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

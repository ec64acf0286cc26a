import { choicesOf, type ChoiceOption, type OperationName, type Option } from '../options';
import { anyOf, choiceFrom, trimCell } from '../text';
import { domainsFrom } from './allowedDomains';
import { wrongValue } from './unavailable';

export type OptionValue = number | boolean | string;

/** @returns the option's value; or its default, and a sentence that says what it takes */
export function checkOption(
	option: Option,
	operation: OperationName,
	given: unknown,
): { value: OptionValue; problem?: string } {
	const value = valueFrom(option, operation, given);
	return value === undefined
		? {
				value: option.default,
				problem: wrongValue(option.label, given, takes(option, operation)),
			}
		: { value };
}

function valueFrom(
	option: Option,
	operation: OperationName,
	given: unknown,
): OptionValue | undefined {
	switch (option.type) {
		case 'options':
			return choiceFrom(given, valuesOf(option, operation));
		case 'boolean':
			return booleanFrom(given);
		case 'string':
			return domainsFrom(given);
		case 'number': {
			const number = numberFrom(given);
			const isFine = option.unit !== undefined || Number.isInteger(number);
			return isFine && number >= option.min && number <= option.max ? number : undefined;
		}
	}
}

/** A column of a sheet or a form gives `TRUE` and `50` as text. */
function booleanFrom(given: unknown): boolean | undefined {
	if (typeof given === 'boolean') return given;
	const word = choiceFrom(given, ['true', 'false']);
	return word === undefined ? undefined : word === 'true';
}

function numberFrom(given: unknown): number {
	if (typeof given === 'number') return given;
	const text = typeof given === 'string' ? trimCell(given) : '';
	return /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : NaN;
}

function takes(option: Option, operation: OperationName): string {
	switch (option.type) {
		case 'options':
			return anyOf(valuesOf(option, operation));
		case 'boolean':
			return 'true or false';
		case 'string':
			return 'domains such as example.com, separated by commas';
		case 'number': {
			const { min, max, unit } = option;
			return unit ? `${unit} from ${min} to ${max}` : `a whole number from ${min} to ${max}`;
		}
	}
}

const valuesOf = (option: ChoiceOption, operation: OperationName) =>
	choicesOf(option, operation).map(({ value }) => value);

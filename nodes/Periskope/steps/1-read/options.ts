import { z } from 'zod';

import { quote } from './cellText';

/** One entry of the node's Options: how the editor names it, what it takes, and what it is unset. */
export interface OptionSpec<Value> {
	label: string;
	fallback: Value;
	takes: string;
	schema: { safeParse(value: unknown): { success: true; data: Value } | { success: false } };
}

export type OptionValues<Specs> = {
	[Name in keyof Specs]: Specs[Name] extends OptionSpec<infer Value> ? Value : never;
};

/** A sheet's column or a form gives `50` and `TRUE` as text. Any other text is refused. */
function fromText(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const text = value.trim().toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	return /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : value;
}

function wholeNumber(
	label: string,
	fallback: number,
	min: number,
	max: number,
): OptionSpec<number> {
	const number = z.number().int().min(min).max(max);
	return {
		label,
		fallback,
		takes: `a whole number from ${min} to ${max}`,
		schema: { safeParse: (value) => number.safeParse(fromText(value)) },
	};
}

function seconds(label: string, fallback: number, min: number, max: number): OptionSpec<number> {
	const number = z.number().min(min).max(max);
	return {
		label,
		fallback,
		takes: `seconds from ${min} to ${max}`,
		schema: { safeParse: (value) => number.safeParse(fromText(value)) },
	};
}

function trueOrFalse(label: string, fallback: boolean): OptionSpec<boolean> {
	const boolean = z.boolean();
	return {
		label,
		fallback,
		takes: 'true or false',
		schema: { safeParse: (value) => boolean.safeParse(fromText(value)) },
	};
}

function oneOf<const Value extends string>(
	label: string,
	fallback: Value,
	...others: Value[]
): OptionSpec<Value> {
	return {
		label,
		fallback,
		takes: [fallback, ...others].join(', '),
		schema: z.enum([fallback, ...others]),
	};
}

/** Options that every row may set for itself, with an expression. */
export const ROW_OPTIONS = {
	dryRun: trueOrFalse('Dry Run', false),
	emptyLists: oneOf('Empty Lists', 'fail', 'keep'),
	missingMembers: oneOf('Missing Members', 'fail', 'report', 'ignore'),
	output: oneOf('Output', 'full', 'simplified'),
};

/** Options of the run as a whole, so all rows have to agree on them. */
export const RUN_OPTIONS = {
	batchSize: wholeNumber('Batch Size', 100, 1, 1000),
	concurrentRequests: wholeNumber('Concurrent Requests', 4, 1, 10),
	duplicateEmails: oneOf('Duplicate Emails', 'fail', 'merge', 'lastRow'),
	maxDeletions: wholeNumber('Max Deletions', 10, 1, 100_000),
	maxRetries: wholeNumber('Max Retries', 5, 0, 10),
	timeout: seconds('Timeout', 60, 0.1, 3600),
};

export type RowOptions = OptionValues<typeof ROW_OPTIONS>;
export type RunOptions = OptionValues<typeof RUN_OPTIONS>;
export type OptionName = keyof RowOptions | keyof RunOptions;

/** @returns the option's value; or its fallback, and a sentence that says what it takes */
export function checkOption<Value>(
	{ label, fallback, takes, schema }: OptionSpec<Value>,
	given: unknown,
): { value: Value; problem?: string } {
	const checked = schema.safeParse(given);
	return checked.success
		? { value: checked.data }
		: { value: fallback, problem: `${label} is ${shown(given)}; it takes ${takes}` };
}

function shown(given: unknown): string {
	if (given === undefined || given === null || given === '') return 'empty';
	return typeof given === 'object' ? 'an object' : quote(String(given));
}

import {
	defaultOf,
	hasOption,
	OPTION_NAMES,
	optionOf,
	type OperationName,
	type OptionName,
	type OptionValues,
	type RunOptions,
} from '../options';
import { rowName, type RowId } from '../rowFailure';
import { checkOption } from './checkOption';
import type { ParameterReader } from './parameters';

export interface ReadOptions {
	values: OptionValues;
	/** what is wrong with an option, by its name */
	problems: ReadonlyMap<OptionName, string>;
}

/**
 * Reads an operation's options on each row; only once where none of them has an expression. A
 * workflow may still hold options that another operation had before: they have their default here.
 *
 * @param isTool whether the node is the tool of an agent
 */
export function optionReader(
	operation: OperationName,
	parameter: ParameterReader,
	isTool = false,
): (row: number) => ReadOptions {
	const entries = OPTION_NAMES.map((name) => {
		const option = optionOf(name);
		const fallback = defaultOf(option, isTool && hasOption(operation, name));
		return hasOption(operation, name, isTool)
			? { name, option, fallback, ...parameter(`options.${name}`, fallback) }
			: { name, option, fallback, isFixed: true, at: () => fallback };
	});
	const read = (row: number): ReadOptions => {
		const problems = new Map<OptionName, string>();
		const values = entries.map(({ name, option, fallback, at }) => {
			const given = at(row);
			if (given === fallback) return [name, given] as const;
			const { value, problem } = checkOption(option, operation, given);
			if (problem !== undefined) problems.set(name, problem);
			return [name, value] as const;
		});
		return { values: Object.fromEntries(values) as OptionValues, problems };
	};
	if (!entries.every(({ isFixed }) => isFixed)) return read;
	const same = read(0);
	return () => same;
}

const NONE: readonly string[] = [];
/** Safety options: if one is invalid or differs between rows, nothing is sent. */
export const SAFETY_OPTIONS: readonly OptionName[] = [
	'allowedDomains',
	'checkOrgPhones',
	'dryRun',
	'maxDeletions',
	'maxMembers',
];
const RUN_OPTIONS = OPTION_NAMES.filter((name) => optionOf(name).scope === 'run');

/**
 * Options that hold for the whole run. The first row on which they can be read decides; a later
 * row that says something else is rejected, for it can't have what it asks for.
 */
export class AgreedOptions {
	private first: { values: OptionValues; row: RowId } | undefined;
	private disagreement: OptionName | undefined;

	/** @returns what this row says differently from the first one */
	differencesOn(row: RowId, { values, problems }: ReadOptions): readonly string[] {
		this.disagreement ??= SAFETY_OPTIONS.find((name) => problems.has(name));
		if (problems.size > 0 && RUN_OPTIONS.some((name) => problems.has(name))) return NONE;
		this.first ??= { values, row };
		const { first } = this;
		// The very same object: no option has an expression, so no row can say anything else.
		if (values === first.values) return NONE;
		const different = RUN_OPTIONS.filter((name) => values[name] !== first.values[name]);
		this.disagreement ??= SAFETY_OPTIONS.find((name) => different.includes(name));
		return different.map(
			(name) =>
				`'${optionOf(name).label}' is ${String(values[name])} here and ${String(first.values[name])} on ${rowName(first.row)}. It must be the same on all rows`,
		);
	}

	/** The brake that isn't the same on all rows, so that the run as a whole may not be sent. */
	get unclearOption(): OptionName | undefined {
		return this.disagreement;
	}

	/** undefined where they can't be read on any row */
	get values(): RunOptions | undefined {
		return this.first?.values;
	}
}

import { checkOption, type OptionSpec, type OptionValues } from './options';
import type { ParameterReader, ReaderOf } from './rowParameters';

export interface ReadOptions<Values> {
	values: Values;
	problems: string[];
}

const NO_PROBLEMS: readonly string[] = [];

type Specs = Record<string, OptionSpec<unknown>>;

/** Reads a set of options on each row; only once where none of them has an expression. */
export function optionReader<S extends Specs>(
	specs: S,
	reader: ReaderOf,
): (row: number) => ReadOptions<OptionValues<S>> {
	const entries = Object.entries(specs).map(
		([name, spec]): [string, OptionSpec<unknown>, ParameterReader] => [
			name,
			spec,
			reader(`options.${name}`, spec.fallback),
		],
	);
	const read = (row: number) => {
		const problems: string[] = [];
		const values = entries.map(([name, spec, parameter]) => {
			const { value, problem } = checkOption(spec, parameter.at(row));
			if (problem !== undefined) problems.push(problem);
			return [name, value] as const;
		});
		return { values: Object.fromEntries(values) as OptionValues<S>, problems };
	};
	if (!entries.every(([, , parameter]) => parameter.fixed)) return read;
	const same = read(0);
	return () => same;
}

/**
 * Options that hold for the whole run. The first row that reads well decides; a later row that
 * says something else is a problem of that row, for it can't have what it asks for.
 */
export function agreedOptions<S extends Specs>(
	specs: S,
	read: (row: number) => ReadOptions<OptionValues<S>>,
) {
	let agreed: { values: OptionValues<S>; row: number } | undefined;
	return {
		problemsOn(row: number): readonly string[] {
			const { values, problems } = read(row);
			if (problems.length > 0) return problems;
			agreed ??= { values, row };
			const first = agreed;
			// The very same object: no option has an expression, so no row can say anything else.
			if (values === first.values) return NO_PROBLEMS;
			return Object.entries(specs).flatMap(([name, { label }]) =>
				values[name] === first.values[name]
					? []
					: [
							`${label} is ${String(values[name])} here and ${String(first.values[name])} on row ${first.row + 1}; it has to be the same on all rows`,
						],
			);
		},
		/** @returns undefined when there is no row, or none that reads well, and so nothing to run */
		values: () => agreed?.values,
	};
}

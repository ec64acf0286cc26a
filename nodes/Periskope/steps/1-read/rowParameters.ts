import type { IExecuteFunctions } from 'n8n-workflow';

/** Gives a parameter's value on each row. `fixed`: no expression in it, so it is the same on all. */
export interface ParameterReader {
	fixed: boolean;
	/** @throws n8n's own error where the row's expression can't be evaluated */
	at(row: number): unknown;
}

/** @param name path of the parameter, such as `labels` or `options.batchSize` */
export type ReaderOf = (name: string, fallback: unknown) => ParameterReader;

/**
 * Evaluating expressions is what a bulk run costs, so a parameter is read once a row, and one
 * without an expression once for all rows. One that the workflow doesn't hold has its fallback.
 */
export function parameterReaders(context: IExecuteFunctions): ReaderOf {
	const stored = context.getNode().parameters;
	return (name, fallback) => {
		const raw = name.split('.').reduce<unknown>(entryOf, stored);
		if (raw === undefined) return { fixed: true, at: () => fallback };
		if (holdsExpression(raw)) {
			return { fixed: false, at: (row) => context.getNodeParameter(name, row) };
		}
		const value: unknown = context.getNodeParameter(name, 0);
		return { fixed: true, at: () => value };
	};
}

function entryOf(parent: unknown, key: string): unknown {
	return typeof parent === 'object' && parent !== null
		? new Map<string, unknown>(Object.entries(parent)).get(key)
		: undefined;
}

/** n8n's own check for a leading equals sign, which releases before 1.104 don't export. */
function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsExpression);
}

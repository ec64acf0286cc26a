/** The node's parameters as n8n holds and evaluates them. */
export interface ParameterSource {
	/** as they are stored in the workflow, expressions unevaluated */
	stored: object;
	/** @throws n8n's own error where the row's expression can't be evaluated */
	evaluate(name: string, row: number): unknown;
}

/** Gives a parameter's value on each row. `isFixed`: no expression in it, so it is the same on all. */
export interface Parameter {
	isFixed: boolean;
	/** @throws n8n's own error where the row's expression can't be evaluated */
	at(row: number): unknown;
}

/** @param name path of the parameter, such as `labels` or `options.batchSize` */
export type ParameterReader = (name: string, fallback: unknown) => Parameter;

/**
 * Evaluating expressions is what a bulk run costs, so a parameter is read once a row, and one
 * without an expression once for all rows. One that the workflow doesn't hold has its fallback.
 */
export const parameterReader =
	({ stored, evaluate }: ParameterSource): ParameterReader =>
	(name, fallback) => {
		const raw = name.split('.').reduce<unknown>(entryOf, stored);
		if (raw === undefined) return { isFixed: true, at: () => fallback };
		if (holdsExpression(raw)) return { isFixed: false, at: (row) => evaluate(name, row) };
		const value = evaluate(name, 0);
		return { isFixed: true, at: () => value };
	};

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

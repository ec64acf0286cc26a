import { messageOf } from '../text';
import { columnPath, readColumn, UNREADABLE } from './column';
import { MissingColumn, UnevaluatedExpression, UnsplitColumns } from './unavailable';

/** The node's parameters as n8n holds and evaluates them, and the rows that expressions are about. */
export interface ParameterSource {
	/** as they are stored in the workflow, expressions unevaluated */
	stored: object;
	/** @throws n8n's own error where the row's expression can't be evaluated */
	evaluate(name: string, row: number): unknown;
	/** by index */
	rows: readonly object[];
}

/** Gives a parameter's value on each row. `isFixed`: no expression in it, so it is the same on all. */
export interface Parameter {
	isFixed: boolean;
	/** the expression without its braces, where it is nothing but a reference to a column */
	source?: string;
	/** @returns an `UnevaluatedExpression` where n8n can't evaluate the expression */
	at(row: number): unknown;
}

/** @param name path of the parameter, such as `labels` or `options.batchSize` */
export type ParameterReader = (name: string, fallback: unknown) => Parameter;

/**
 * Evaluating expressions is what a bulk run costs: up to 0.7 ms each, where reading the row takes
 * less than a microsecond. So a parameter without an expression is evaluated once for all rows, and
 * one that is nothing but a column is read from the row. One that the workflow doesn't hold has its
 * fallback.
 */
export const parameterReader =
	({ stored, evaluate, rows }: ParameterSource): ParameterReader =>
	(name, fallback) => {
		const raw = name.split('.').reduce<unknown>(entryOf, stored);
		if (raw === undefined) return { isFixed: true, at: () => fallback };
		const path = typeof raw === 'string' ? columnPath(raw) : undefined;
		const evaluated = (row: number) => {
			try {
				return evaluate(name, row);
			} catch (error) {
				return new UnevaluatedExpression(messageOf(error));
			}
		};
		if (typeof raw === 'string' && path) {
			const source = raw.slice(3, -2).trim();
			return { isFixed: false, source, at: columnReader(rows, path, evaluated) };
		}
		if (holdsExpression(raw)) return { isFixed: false, at: evaluated };
		const value = evaluate(name, 0);
		return { isFixed: true, at: () => value };
	};

/**
 * n8n evaluates the first row too. Where it gives something else, as it may for a name that it
 * forbids or where `$json` isn't the row, it evaluates them all.
 */
function columnReader(
	rows: readonly object[],
	path: readonly string[],
	evaluated: (row: number) => unknown,
): (row: number) => unknown {
	let isTrusted: boolean | undefined;
	let isMissing: boolean | undefined;
	const isOnNoRow = () =>
		(isMissing ??= rows.every((row) => readColumn(row, path) instanceof MissingColumn));
	const name = path.at(-1) ?? '';
	return (index) => {
		const row = rows[index];
		const read = row && isTrusted !== false ? readColumn(row, path, isOnNoRow) : UNREADABLE;
		if (read === UNREADABLE) return evaluated(index);
		if (isTrusted) return UnsplitColumns.in(name, read) ?? read;
		const value = evaluated(index);
		if (value instanceof UnevaluatedExpression) return value;
		isTrusted = isSame(read, value);
		// Returns the read value, also on the first row: a MissingColumn names its column.
		return isTrusted ? (UnsplitColumns.in(name, read) ?? read) : value;
	};
}

function isSame(read: unknown, evaluated: unknown): boolean {
	if (read instanceof MissingColumn) return evaluated === undefined;
	return Array.isArray(read) && Array.isArray(evaluated)
		? read.length === evaluated.length &&
				read.every((entry, index) => Object.is(entry, evaluated[index]))
		: Object.is(read, evaluated);
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

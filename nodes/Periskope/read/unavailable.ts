import { foldCase, formatted, shown, shownValue } from '../text';
import { isPlainObject, ownValue, stepTo } from './objects';

const MAX_COLUMNS_NAMED = 10;
const BYTE_ORDER_MARK = /^(?:\ufeff|\u00ef\u00bb\u00bf)/;

/** Stands for the value of a column that the row doesn't have. */
export class MissingColumn {
	/**
	 * @param path of the columns that lead to it, and its own name
	 * @param holder the row, or the object in it that should hold the column
	 */
	constructor(
		private readonly path: readonly string[],
		private readonly holder: object,
	) {}

	/** What is missing, what is there in its place, and what to do where that can be told. */
	toString(): string {
		const name = this.path.at(-1) ?? '';
		const parents = this.path.slice(0, -1);
		const columns = Object.keys(this.holder);
		const more = columns.length - MAX_COLUMNS_NAMED;
		const named = columns.slice(0, MAX_COLUMNS_NAMED).map(inQuotes).join(', ') || 'none';
		return [
			parents.length === 0
				? `this row has no column ${inQuotes(name)}`
				: `this row has no ${inQuotes(name)} in ${inQuotes(parents.join('.'))}`,
			`It has: ${named}${more > 0 ? ` and ${formatted(more)} more` : ''}`,
			...this.remedy(name, parents, columns),
		].join('. ');
	}

	private remedy(name: string, parents: readonly string[], columns: readonly string[]): string[] {
		const here = `$json${parents.map(stepTo).join('')}`;
		if (
			columns.some(
				(column) =>
					column !== name && plain(column) === plain(name) && BYTE_ORDER_MARK.test(column),
			)
		) {
			return [
				"The file begins with a byte order mark: turn on 'Exclude Byte Order Mark (BOM)' in Extract from File",
			];
		}
		const similar = columns.find((column) => plain(column) === plain(name));
		const holder = columns.find((column) => {
			const value = ownValue(this.holder, column);
			return isPlainObject(value) && Object.hasOwn(value, name);
		});
		const path = similar ? [similar] : holder ? [holder, name] : [];
		const steps = path.map(stepTo);
		return steps.length === 0 || steps.includes(undefined)
			? []
			: [`Use {{ ${here}${steps.join('')} }}`];
	}
}

const inQuotes = (name: string) => `'${shown(name)}'`;

/** Letters and digits alone, for names that differ in case, blanks, brackets or a byte order mark. */
const plain = (name: string) =>
	foldCase(name.replace(BYTE_ORDER_MARK, '').normalize('NFKC')).replace(/[^\p{L}\p{M}\p{N}]/gu, '');

/** Stands for the value of an expression that n8n can't evaluate on a row. */
export class UnevaluatedExpression {
	/** @param message n8n's own */
	constructor(readonly message: string) {}

	toString(): string {
		return `the expression can't be evaluated: ${this.message}`;
	}
}

/** What is wrong with a parameter that needs another value, as the start of a sentence. */
export const wrongValue = (label: string, value: unknown, takes: string): string =>
	value instanceof MissingColumn || value instanceof UnevaluatedExpression
		? `${label}: ${String(value)}`
		: `${label} is ${shownValue(value)}; it takes ${takes}`;

import { foldCase, formatted, isBlank, shown, shownValue } from '../text';
import { isPlainObject, ownValue, stepTo } from './objects';

const MAX_COLUMNS_NAMED = 10;
const BYTE_ORDER_MARK = /^(?:\ufeff|\u00ef\u00bb\u00bf)/;

/** Stands for the value of a column that the row doesn't have. */
export class MissingColumn {
	/**
	 * @param path of the columns that lead to it, and its own name
	 * @param holder the row, or the object in it that should hold the column
	 * @param isOnNoRow whether no other row has it either
	 */
	constructor(
		private readonly path: readonly string[],
		private readonly holder: object,
		private readonly isOnNoRow: () => boolean,
	) {}

	/** Whether the expression or the file is at fault, and not a row with nothing in the column. */
	isMistake(): boolean {
		return this.remedy() !== undefined || this.isOnNoRow();
	}

	/** Names the missing column, the existing ones and, if known, the fix. */
	toString(): string {
		const name = inQuotes(this.path.at(-1) ?? '');
		const parents = this.path.slice(0, -1);
		const columns = Object.keys(this.holder);
		const more = columns.length - MAX_COLUMNS_NAMED;
		const named = columns.slice(0, MAX_COLUMNS_NAMED).map(inQuotes).join(', ') || 'none';
		return [
			parents.length === 0
				? `This row has no column ${name}`
				: `This row has no ${name} in ${inQuotes(parents.join('.'))}`,
			`It has: ${named}${more > 0 ? ` and ${formatted(more)} more` : ''}`,
			...(this.remedy() ?? []),
		].join('. ');
	}

	private remedy(): [string] | undefined {
		const name = this.path.at(-1) ?? '';
		const columns = Object.keys(this.holder);
		const isLike = (column: string) => plain(column) === plain(name);
		const similar = columns.find(isLike);
		if (similar !== undefined && BYTE_ORDER_MARK.test(similar)) {
			return ["Turn on 'Exclude Byte Order Mark (BOM)' in Extract from File"];
		}
		if (columns.some((column) => DELIMITER.test(column))) return [SET_DELIMITER];
		const nested = columns.flatMap((column) => {
			const value = ownValue(this.holder, column);
			const inner = isPlainObject(value) ? Object.keys(value).find(isLike) : undefined;
			return inner === undefined ? [] : [[column, inner]];
		});
		const found = similar === undefined ? nested[0] : [similar];
		const steps = found && [...this.path.slice(0, -1), ...found].map(stepTo);
		return !steps || steps.includes(undefined) ? undefined : [`Use {{ $json${steps.join('')} }}`];
	}
}

/** Of a file with another delimiter than was expected: the heading of all columns is one name. */
const DELIMITER = /[;\t]/;
const SET_DELIMITER =
	"Set 'Delimiter' in Extract from File to the character that separates the columns";

/** Value of a column in a file that wasn't split into columns. */
export class UnsplitColumns {
	private constructor(readonly value: string) {}

	/** @returns undefined where the column is one */
	static in(name: string, value: unknown): UnsplitColumns | undefined {
		const [delimiter] = DELIMITER.exec(name) ?? [];
		const isUnsplit = delimiter && typeof value === 'string' && value.includes(delimiter);
		return isUnsplit ? new UnsplitColumns(value) : undefined;
	}

	toString(): string {
		return `the column contains several columns. ${SET_DELIMITER}`;
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

export const isUnreadable = (value: unknown): boolean =>
	value instanceof UnevaluatedExpression || value instanceof UnsplitColumns;

/** What is wrong with a parameter that needs another value, without its full stop. */
export const wrongValue = (label: string, value: unknown, takes: string): string =>
	value instanceof MissingColumn
		? `'${label}' is empty. ${String(value)}`
		: isUnreadable(value)
			? `'${label}': ${String(value)}`
			: isBlank(value)
				? `'${label}' is empty. It must be ${takes}`
				: `'${label}' must be ${takes}, not ${shownValue(value)}`;

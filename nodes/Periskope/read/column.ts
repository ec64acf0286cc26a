import { formatted, quote, shownValue } from '../text';

const STEP = String.raw`\.[\p{ID_Start}$_][\p{ID_Continue}$]*|\[\s*(?:"[^"\\{}\r\n]*"|'[^'\\{}\r\n]*')\s*\]`;
const REFERENCE = new RegExp(String.raw`^=\{\{\s*\$json((?:${STEP})+)\s*\}\}$`, 'u');
const STEPS = new RegExp(STEP, 'gu');
const MAX_COLUMNS_NAMED = 10;

/** What `readColumn` returns where only n8n's evaluation tells the value. */
export const UNREADABLE = Symbol('unreadable');

/** Stands for the value of a column that the row doesn't have. */
export class MissingColumn {
	constructor(
		private readonly name: string,
		private readonly row: object,
	) {}

	toString(): string {
		const columns = Object.keys(this.row);
		const more = columns.length - MAX_COLUMNS_NAMED;
		const named = columns.slice(0, MAX_COLUMNS_NAMED).map(quote).join(', ') || 'none';
		return `empty: this row has no column ${quote(this.name)} (it has ${named}${more > 0 ? ` and ${formatted(more)} more` : ''})`;
	}
}

/** A value of any kind in a message, as in `Role is empty`. */
export const described = (value: unknown): string =>
	value instanceof MissingColumn ? String(value) : shownValue(value);

/**
 * The names in an expression that is nothing but a reference to a column, as the editor writes it
 * when a column is dragged into a field: `={{ $json.email }}`, `={{ $json["E mail"] }}`, or a chain
 * of these.
 *
 * @returns undefined for every other expression
 */
export function columnPath(expression: string): string[] | undefined {
	const [, steps] = REFERENCE.exec(expression) ?? [];
	return steps?.match(STEPS)?.map((step) => {
		const name = step.slice(1);
		return step.startsWith('.') ? name : name.trim().replace(/\]$/, '').trim().slice(1, -1);
	});
}

/**
 * Reads a column from a row, as n8n's evaluation would give it. Only plain data is read so: own
 * properties that hold a text, a number, true, false, null, or a list of these.
 */
export function readColumn(row: object, path: readonly string[]): unknown {
	let value: unknown = row;
	for (const [depth, name] of path.entries()) {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return UNREADABLE;
		const property = Object.getOwnPropertyDescriptor(value, name);
		if (property === undefined) {
			return depth === 0 && !(name in row) ? new MissingColumn(name, row) : UNREADABLE;
		}
		if (!('value' in property)) return UNREADABLE;
		value = property.value;
	}
	return isPlain(value) || isPlainList(value) ? value : UNREADABLE;
}

/**
 * Numbers that JSON doesn't have, and halves of surrogate pairs, come out differently on each of
 * n8n's expression engines.
 */
const isPlain = (value: unknown) =>
	(typeof value === 'string' && !hasHalfPair(value)) ||
	Number.isFinite(value) ||
	typeof value === 'boolean' ||
	value === null;

/** Most text has no surrogate at all, and is told from the others in a fraction of the time. */
const hasHalfPair = (text: string) => /[\ud800-\udfff]/.test(text) && /\p{Cs}/u.test(text);

/** Every entry of an array with a hole, or with a property of its own, would have to be looked at. */
const isPlainList = (value: unknown): value is unknown[] =>
	Array.isArray(value) &&
	Object.getPrototypeOf(value) === Array.prototype &&
	Object.keys(value).length === value.length &&
	value.every(isPlain);

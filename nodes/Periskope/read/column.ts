import { isPlainObject } from './objects';
import { MissingColumn } from './unavailable';

const STEP = String.raw`\.[\p{ID_Start}$_][\p{ID_Continue}$]*|\[\s*(?:"[^"\\{}\r\n]*"|'[^'\\{}\r\n]*')\s*\]`;
const REFERENCE = new RegExp(String.raw`^=\{\{\s*\$json((?:${STEP})+)\s*\}\}$`, 'u');
const STEPS = new RegExp(STEP, 'gu');

/** What `readColumn` returns where only n8n's evaluation tells the value. */
export const UNREADABLE = Symbol('unreadable');

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
export function readColumn(
	row: object,
	path: readonly string[],
	isOnNoRow: () => boolean = () => false,
): unknown {
	let value: unknown = row;
	for (const [depth, name] of path.entries()) {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return UNREADABLE;
		const property = Object.getOwnPropertyDescriptor(value, name);
		if (property === undefined) {
			const isMissing = (depth === 0 || isPlainObject(value)) && !(name in value);
			return isMissing ? new MissingColumn(path.slice(0, depth + 1), value, isOnNoRow) : UNREADABLE;
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

/** Fast path: most text has no surrogate at all. */
const hasHalfPair = (text: string) => /[\ud800-\udfff]/.test(text) && /\p{Cs}/u.test(text);

/** Every entry of an array with a hole, or with a property of its own, would have to be looked at. */
const isPlainList = (value: unknown): value is unknown[] =>
	Array.isArray(value) &&
	Object.getPrototypeOf(value) === Array.prototype &&
	Object.keys(value).length === value.length &&
	value.every(isPlain);

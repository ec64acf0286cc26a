import { foldCase, quote } from '../text';

const MAX_KEYS_NAMED = 6;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

type PlainObject = Record<string, unknown>;

/** Whether the value is an object as JSON has it, and no list, date or the like. */
export function isPlainObject(value: unknown): value is PlainObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || prototype === Object.prototype;
}

/**
 * Describes objects where texts should be, and gives the expression that makes texts of them. Which
 * of their values is meant can't be told: a column of people looks like a column of labels.
 *
 * @param isList whether they are the entries of a list
 * @param source the expression that gave them, such as `$json.tags`, where it is that simple
 * @param likelyKeys names under which other programs keep the text, likeliest first
 */
export function describedObjects(
	objects: readonly PlainObject[],
	isList: boolean,
	source: string | undefined,
	likelyKeys: readonly string[],
): string {
	const keys = Object.keys(objects[0] ?? {});
	const more = keys.length - MAX_KEYS_NAMED;
	const named =
		keys.length === 0
			? 'without fields'
			: `with the fields ${keys.slice(0, MAX_KEYS_NAMED).map(quote).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
	const what = `${isList ? 'a list of objects' : 'an object'} ${named}`;
	if (!likelyKeys.includes('email') && keys.some((key) => foldCase(key) === 'email')) {
		return `${what}. They look like people. Use the Split Out node first, and map the list of one person`;
	}
	const key = likelyKeys
		.flatMap((likely) => keys.filter((name) => foldCase(name) === likely))
		.find((name) => objects.every((object) => isText(ownValue(object, name))));
	const step = key === undefined ? undefined : stepTo(key);
	if (step === undefined || source === undefined) return `${what}. Map a text, or a list of texts`;
	const expression = isList ? `${source}.map(t => t${step})` : `${source}${step}`;
	return `${what}. Use {{ ${expression} }}`;
}

/** The way from an object to its value in an expression: `.name`, `["E mail"]`; undefined for a key that needs escapes. */
export function stepTo(key: string): string | undefined {
	if (IDENTIFIER.test(key)) return `.${key}`;
	return /^[^"\\{}\p{C}<>]{1,40}$/u.test(key) ? `["${key}"]` : undefined;
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';

/** Never an inherited value, such as that of `constructor`. */
export const ownValue = (object: object, key: string): unknown =>
	Object.getOwnPropertyDescriptor(object, key)?.value;

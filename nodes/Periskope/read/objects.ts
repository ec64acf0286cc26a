import { quote } from '../text';

const MAX_KEYS_NAMED = 6;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const IS_ID = /(?:^|_)id$|Id$|^(?:color|colour|type|object|url|self)$/;

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
 * @param source the expression that gave them, such as `$json.tags`
 * @param likelyKeys names under which other programs keep the text, likeliest first
 */
export function describedObjects(
	objects: readonly PlainObject[],
	isList: boolean,
	source: string,
	likelyKeys: readonly string[],
): string {
	const keys = Object.keys(objects[0] ?? {});
	const more = keys.length - MAX_KEYS_NAMED;
	const named =
		keys.length === 0
			? 'without keys'
			: `with the keys ${keys.slice(0, MAX_KEYS_NAMED).map(quote).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
	const holdsText = (key: string) => objects.every((object) => isText(ownValue(object, key)));
	const key =
		likelyKeys.find(holdsText) ?? keys.find((name) => !IS_ID.test(name) && holdsText(name));
	const step = key === undefined ? undefined : stepTo(key);
	const advice =
		step === undefined
			? 'Map a text, or a list of texts'
			: `Map one text of each, as in ${isList ? `{{ ${source}.map(t => t${step}) }}` : `{{ ${source}${step} }}`}`;
	return `${isList ? 'a list of objects' : 'an object'} ${named}. ${advice}`;
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

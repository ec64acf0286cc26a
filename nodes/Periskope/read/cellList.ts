import { trimCell } from '../text';
import { unwrapped, withoutBullet, withoutTextMarks, type CellEntry } from './cellText';
import { describedObjects, isPlainObject } from './objects';
import { isGroupedNumber, splitText } from './splitText';
import { MissingColumn } from './unavailable';

/** The entries of a cell, without blank ones; or why it can't be read as a list. */
export type CellList =
	/** `isSplit`: whether the entries are parts of a text that was split at separators */
	| { kind: 'entries'; entries: CellEntry[]; isSplit: boolean }
	| { kind: 'problem'; problem: string };

/** In what the cells of a field differ from those of others. */
export interface CellForm {
	split?: (text: string) => string[];
	/** the entry that an object stands for; undefined where it could stand for anything */
	entryOfObject?: (object: object) => string | undefined;
	/** names under which other programs keep an entry in an object, likeliest first */
	likelyKeys: readonly string[];
	/** whether entries are names, in which a comma may belong to a number */
	isOfNames?: boolean;
	/** whether a JSON list in text may hold numbers: `[2024]` may be a name with brackets too */
	hasNumbersInJson?: boolean;
}

/** Of Python and the like: with single quotes it is no JSON. */
const NOTATION_OF_OBJECT = /^\{\s*(['"])[^'"]*\1\s*:/;
const CURLY = /^\{[^{}$]*\}$/;
/** Their semicolons would separate. */
const HTML_CODE = /&(?:[a-z]{2,8}|#\d+|#x[\da-f]+);/i;
/** `1;#Sales;#2;#VIP` */
const SHAREPOINT = /;#/;
const COMMA_IN_NUMBER = /(?:^|[^\d,])\d{1,3},\d{3}(?![\d])/;
const BRACKETS = ['()', '[]', '{}', '（）', '「」', '『』', '【】', '《》']
	.map((pair) => pair.split(''))
	.map(([open = '', close = '']) => [open, close] as const);
const NUMBERED_LINE = /^\d{1,3}[.)]\s/;

/**
 * Reads a parameter's value as a list: an array; JSON in text; text split at commas, semicolons and
 * line breaks; a number; objects where the field takes them. A blank gives an empty list. Entries
 * of an array are not split, so that a label may hold a comma. Never throws.
 *
 * @param source the expression that gave the value, for a message to start from
 */
export function listFromCell(value: unknown, form: CellForm, source: string | undefined): CellList {
	if (value === undefined || value === null || value instanceof MissingColumn) return entriesOf([]);
	if (Array.isArray(value)) return listFromArray(value, form, source);
	if (typeof value === 'string') return listFromText(unwrapped(value), form, source);
	const entry = entryFrom(value, form);
	return entry === undefined
		? problem(`contains ${nameOf(value, form, source)}`)
		: entriesOf([entry]);
}

function listFromText(text: string, form: CellForm, source: string | undefined): CellList {
	const trimmed = trimCell(text);
	const json = /^[[{]/.test(trimmed) ? jsonIn(trimmed) : undefined;
	const parsed = source && `JSON.parse(${source})`;
	if (Array.isArray(json)) {
		const hasNumbers = json.some((entry) => typeof entry === 'number');
		if (!hasNumbers || form.hasNumbersInJson) return listFromArray(json, form, parsed);
	} else if (json !== undefined) {
		return listFromCell(json, form, parsed);
	} else if (HTML_CODE.test(trimmed)) {
		return problem('contains HTML codes. Decode the text before the node');
	} else if (NOTATION_OF_OBJECT.test(trimmed)) {
		return problem(
			'contains an object as text. Map the field of the object that contains the list',
		);
	} else if (CURLY.test(trimmed)) {
		return problem('looks like a PostgreSQL array. Use to_json(column) in the query');
	}
	const parts = (form.split ?? splitText)(text).map(trimCell);
	if (parts.length > 1 && parts.every((part) => NUMBERED_LINE.test(part))) {
		return problem('contains a numbered list. Remove the numbers');
	}
	if (SHAREPOINT.test(trimmed)) return problem('contains IDs and values. Map only the values');
	if (form.isOfNames && COMMA_IN_NUMBER.test(trimmed) && !isGroupedNumber(trimmed)) {
		return problem('contains a number with a comma. Write the list as ["10,000+ clients", "VIP"]');
	}
	if (parts.length > 1 && isBalanced(trimmed) && !parts.every(isBalanced)) {
		return problem(
			'contains a comma, semicolon or line break in brackets or quotes. Write the list as ["Sales (EU, US)", "VIP"]',
		);
	}
	return entriesOf(
		parts.map((part) => withoutBullet(unwrapped(part))),
		true,
	);
}

/** Whether each bracket is closed, and each quote. */
function isBalanced(text: string): boolean {
	const count = (character: string) => text.split(character).length - 1;
	return BRACKETS.every(([open, close]) => count(open) === count(close)) && count('"') % 2 === 0;
}

/** @returns undefined for text that is no JSON: "[VIP], [North]" are labels with brackets in their names */
function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function listFromArray(values: unknown[], form: CellForm, source: string | undefined): CellList {
	const entries: CellEntry[] = [];
	for (const value of values) {
		if (value === undefined || value === null) continue;
		const entry = entryFrom(value, form);
		if (entry === undefined) return problem(`contains ${nameInList(value, values, form, source)}`);
		entries.push(entry);
	}
	return entriesOf(entries);
}

function entryFrom(value: unknown, { entryOfObject }: CellForm): CellEntry | undefined {
	if (typeof value === 'string') return unwrapped(value);
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	return isPlainObject(value) ? entryOfObject?.(value) : undefined;
}

function entriesOf(written: readonly CellEntry[], isSplit = false): CellList {
	const entries = written.map((entry) => (typeof entry === 'string' ? trimCell(entry) : entry));
	return {
		kind: 'entries',
		entries: (isSplit ? withoutTextMarks(entries) : entries).filter((entry) => entry !== ''),
		isSplit,
	};
}

const problem = (what: string): CellList => ({ kind: 'problem', problem: what });

/** @param list holds the value, which is no entry */
function nameInList(
	value: unknown,
	list: readonly unknown[],
	form: CellForm,
	source: string | undefined,
): string {
	if (Array.isArray(value)) {
		return 'lists inside a list, as from the Aggregate node. Map the list of one row, or every member would get the access of all rows';
	}
	return isPlainObject(value)
		? describedObjects(list.filter(isPlainObject), true, source, form.likelyKeys)
		: nameOf(value, form, source);
}

function nameOf(value: unknown, { likelyKeys }: CellForm, source: string | undefined): string {
	if (typeof value === 'boolean') return `the value ${value}. Map a column of texts`;
	if (typeof value === 'number') return "a number that isn't finite";
	if (isPlainObject(value)) return describedObjects([value], false, source, likelyKeys);
	return value instanceof Date ? 'a date. Map a column of texts' : 'an object';
}

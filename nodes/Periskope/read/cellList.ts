import { trimCell } from '../text';
import { MissingColumn } from './column';

/** The entries of a cell, trimmed and without blanks; or why it can't be read as a list. */
export type CellList =
	/** `isSplit`: whether the entries are parts of a text that was split at separators */
	{ kind: 'entries'; entries: string[]; isSplit: boolean } | { kind: 'problem'; problem: string };

const SEPARATORS = /[,;\r\n\u2028\u2029]/;

/**
 * Reads a parameter's value as a list: an array; a JSON array in text; text split at commas,
 * semicolons and line breaks; a number. A blank gives an empty list. Entries of an array are not
 * split, so that a label may hold a comma. Never throws.
 */
export function listFromCell(value: unknown): CellList {
	if (value === undefined || value === null || value instanceof MissingColumn) return entriesOf([]);
	if (Array.isArray(value)) return listFromArray(value);
	if (typeof value === 'string') {
		return listFromJson(value) ?? entriesOf(value.split(SEPARATORS), true);
	}
	const entry = entryFrom(value);
	return entry === undefined ? problem(`holds ${nameOf(value)}`) : entriesOf([entry]);
}

function listFromJson(text: string): CellList | undefined {
	const json = trimCell(text);
	if (!json.startsWith('[')) return undefined;
	try {
		const parsed: unknown = JSON.parse(json);
		return Array.isArray(parsed) ? listFromArray(parsed) : undefined;
	} catch {
		// Brackets, but no JSON: "[VIP], [North]" are labels with brackets in their names.
		return undefined;
	}
}

function listFromArray(values: unknown[]): CellList {
	const entries: string[] = [];
	for (const value of values) {
		if (value === undefined || value === null) continue;
		const entry = entryFrom(value);
		if (entry === undefined) return problem(`holds a list with ${nameOf(value)} in it`);
		entries.push(entry);
	}
	return entriesOf(entries);
}

function entryFrom(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return Number.isFinite(value) ? String(value) : undefined;
}

const entriesOf = (texts: string[], isSplit = false): CellList => ({
	kind: 'entries',
	entries: texts.map(trimCell).filter((entry) => entry !== ''),
	isSplit,
});

const problem = (what: string): CellList => ({ kind: 'problem', problem: what });

function nameOf(value: unknown): string {
	if (typeof value === 'boolean') return `the value ${value}`;
	if (typeof value === 'number') return 'a number that is not finite';
	if (Array.isArray(value)) return 'another list';
	return value instanceof Date ? 'a date' : 'an object';
}

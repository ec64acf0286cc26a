import type { AccessField } from './memberChange';
import { accessListFrom, type FieldValues } from './fieldValues';

export type AccessListReader = (field: AccessField, cell: unknown) => FieldValues;

/** A sheet has few teams. One whose cells all differ gains nothing from being remembered. */
const MOST_REMEMBERED = 1000;

/**
 * Reads access lists, and remembers what it made of a cell's text: members of the same team have
 * the same cells, and then share one list too.
 */
export function rememberingReader(read: AccessListReader = accessListFrom): AccessListReader {
	const remembered = {
		labels: new Map<string, FieldValues>(),
		orgPhones: new Map<string, FieldValues>(),
	};
	return (field, cell) => {
		if (typeof cell !== 'string') return read(field, cell);
		const known = remembered[field].get(cell);
		if (known) return known;
		const values = read(field, cell);
		if (remembered[field].size < MOST_REMEMBERED) remembered[field].set(cell, values);
		return values;
	};
}

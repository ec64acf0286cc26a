import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { listFromCell } from '../../../nodes/Periskope/read/cellList';

describe('listFromCell', () => {
	it.each<[string, unknown, string[]]>([
		['text with commas', 'Sales, Support', ['Sales', 'Support']],
		['text with semicolons', 'Sales;Support', ['Sales', 'Support']],
		['text with line breaks of any kind', 'a\nb\r\nc\u2028d\u2029e', ['a', 'b', 'c', 'd', 'e']],
		['an array', ['Sales', ' Support '], ['Sales', 'Support']],
		['an array whose entries hold commas', ['Smith, Jones & Co'], ['Smith, Jones & Co']],
		['an array whose entries hold other separators', ['a;b', 'c\nd'], ['a;b', 'c\nd']],
		['a JSON array in text', ' ["Sales", "A, B", 7] ', ['Sales', 'A, B', '7']],
		['a JSON array after a byte order mark', '\ufeff["A, B"]', ['A, B']],
		['brackets that are no JSON', '[VIP], [North]', ['[VIP]', '[North]']],
		['a JSON object as text', '{"a":1}', ['{"a":1}']],
		['a number', 2024, ['2024']],
		['zero', 0, ['0']],
		['blanks between separators', ' , ;\n a ,, ', ['a']],
		['invisible characters around an entry', '\ufeff\u202aSales\u202c\u200b', ['Sales']],
		['emoji that are joined by invisible characters', '👩‍💻 Devs', ['👩‍💻 Devs']],
		['repeated entries, which it keeps', 'a, a', ['a', 'a']],
		['undefined', undefined, []],
		['null', null, []],
		['empty text', '', []],
		['an array of blanks', ['', null, undefined, ' '], []],
	])('reads %s', (_, cell, entries) => {
		expect(listFromCell(cell)).toMatchObject({ kind: 'entries', entries });
	});

	it.each<[string, unknown, string]>([
		['an object', { a: 1 }, 'holds an object'],
		['a date', new Date(0), 'holds a date'],
		['true', true, 'holds the value true'],
		['not a number', NaN, 'holds a number that is not finite'],
		['a list in a list', [['a']], 'holds a list with another list in it'],
		['a boolean in a list', ['a', false], 'holds a list with the value false in it'],
		['an object in JSON', '[{"a":1}]', 'holds a list with an object in it'],
	])('rejects %s by its name', (_, cell, problem) => {
		expect(listFromCell(cell)).toEqual({ kind: 'problem', problem });
	});

	it('tells entries that were split from a text from those of a list', () => {
		expect(listFromCell('"a"')).toEqual({ kind: 'entries', entries: ['"a"'], isSplit: true });
		expect(listFromCell('[a, b')).toEqual({ kind: 'entries', entries: ['[a', 'b'], isSplit: true });
		for (const cell of [['"a"'], '["\\"a\\""]']) {
			expect(listFromCell(cell)).toEqual({ kind: 'entries', entries: ['"a"'], isSplit: false });
		}
		for (const cell of [undefined, null, [], 7]) {
			expect(listFromCell(cell)).toMatchObject({ kind: 'entries', isSplit: false });
		}
	});

	it('gives trimmed entries or a problem for any value, and never throws', () => {
		const pieces = fc.constantFrom('a', ' ', ',', ';', '\n', '[', ']', '"', '\\', '\u200b', '1');
		const cell = fc.oneof(
			fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
			fc.string({ unit: 'binary' }),
			fc.array(pieces).map((parts) => parts.join('')),
			fc.jsonValue().map((value) => JSON.stringify(value)),
			fc.array(fc.oneof(fc.string(), fc.double(), fc.constantFrom(null, undefined, '\ufeff'))),
		);
		fc.assert(
			fc.property(cell, (value) => {
				const list = listFromCell(value);
				if (list.kind === 'problem') {
					expect(list.problem).toMatch(/^holds [a-z ]+$/);
					return;
				}
				for (const entry of list.entries) {
					expect(entry).not.toBe('');
					expect(entry).toBe(entry.trim());
				}
			}),
		);
	});

	it('reads a text at separators as the array of its parts', () => {
		const part = fc.stringMatching(/^[^,;\r\n\u2028\u2029[]*$/);
		fc.assert(
			fc.property(fc.array(part), fc.constantFrom(',', ';', '\n', '\r\n'), (parts, separator) => {
				const read = listFromCell(parts);
				expect(listFromCell(parts.join(separator))).toEqual({ ...read, isSplit: true });
			}),
		);
	});

	it('reads a JSON array in text as that array', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null))), (array) => {
				expect(listFromCell(JSON.stringify(array))).toEqual(listFromCell(array));
			}),
		);
	});

	it('reads a cell of two million characters', () => {
		const blanks = `${' '.repeat(1e6)}a${'\u200b'.repeat(1e6)}b`;
		const list = listFromCell(blanks);
		// Compared outside of expect, which would print both texts.
		expect(list.kind === 'entries' && list.entries.join() === blanks.trim()).toBe(true);
	});
});

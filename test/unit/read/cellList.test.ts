import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { listFromCell as read } from '../../../nodes/Periskope/read/cellList';
import { emailOfPerson } from '../../../nodes/Periskope/read/email';
import { splitAddresses } from '../../../nodes/Periskope/read/splitText';

const FORM = { likelyKeys: ['name', 'label', 'title', 'value'] };
const listFromCell = (cell: unknown) => read(cell, FORM, '$json.tags');

const IN_CURLY_BRACKETS = 'looks like a PostgreSQL array. Use to_json(column) in the query';
const IN_LISTS =
	'contains lists inside a list, as from the Aggregate node. Map the list of one row, or every member would get the access of all rows';

describe('listFromCell', () => {
	it.each<[string, unknown, Array<string | number>]>([
		['text with commas', 'Sales, Support', ['Sales', 'Support']],
		['text with semicolons', 'Sales;Support', ['Sales', 'Support']],
		['text with line breaks of any kind', 'a\nb\r\nc\u2028d\u2029e', ['a', 'b', 'c', 'd', 'e']],
		['line breaks of old systems', 'a\vb\fc\u0085d', ['a', 'b', 'c', 'd']],
		['commas and semicolons of Chinese', '销售，支持；a、b', ['销售', '支持', 'a', 'b']],
		['commas and semicolons of Arabic', 'a، b؛ c', ['a', 'b', 'c']],
		['small, half-width and vertical ones', 'a﹐b﹔c､d︐e﹑f', ['a', 'b', 'c', 'd', 'e', 'f']],
		['an array', ['Sales', ' Support '], ['Sales', 'Support']],
		['an array whose entries hold commas', ['Smith, Jones & Co'], ['Smith, Jones & Co']],
		['an array whose entries hold other separators', ['a;b', 'c\nd'], ['a;b', 'c\nd']],
		['a JSON array in text', ' ["Sales", "A, B"] ', ['Sales', 'A, B']],
		['a JSON array after a byte order mark', '\ufeff["A, B"]', ['A, B']],
		['brackets that are no JSON', '[VIP], [North]', ['[VIP]', '[North]']],
		['brackets around a number, which may be a name', '[2024]', ['[2024]']],
		['a number, which stays one', 2024, [2024]],
		['zero', 0, [0]],
		['characters that XLSX files escape', 'Sales_x000D_\nVIP_x000d_', ['Sales', 'VIP']],
		['a formula that only holds a text', '="Sales, VIP"', ['Sales', 'VIP']],
		['a quote in such a formula', '="TV 55"" wide"', ['TV 55" wide']],
		['such formulas between separators', '="Sales",="VIP"', ['Sales', 'VIP']],
		['such formulas in an array', ['="Sales"'], ['Sales']],
		['the mark of a text', "'Sales, VIP", ['Sales', 'VIP']],
		['the mark of each text', "'Sales, 'VIP", ['Sales', 'VIP']],
		['an apostrophe in an array, which may be meant', ["'Sales", 7], ["'Sales", 7]],
		['an apostrophe at the end', "Managers', VIP", ["Managers'", 'VIP']],
		['quotes, which it keeps', "'Sales', VIP", ["'Sales'", 'VIP']],
		['quotes around the whole text, which it keeps', "'Sales, VIP'", ["'Sales", "VIP'"]],
		['lines with bullets', '- Sales\n* VIP\n• A\n◦B\n– C', ['Sales', 'VIP', 'A', 'B', 'C']],
		['a dash before a number, which is a minus', '- 5\n-6\n− 7', ['- 5', '-6', '− 7']],
		['a number with thousands separators', '918,527,184,400', ['918,527,184,400']],
		['such a number in the Indian way', '9,18,52,71,84,400; a', ['9,18,52,71,84,400', 'a']],
		['numbers that are no such number', '10,20,3000', ['10', '20', '3000']],
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
		['a date', new Date(0), 'contains a date. Map a column of texts'],
		['true', true, 'contains the value true. Map a column of texts'],
		['not a number', NaN, "contains a number that isn't finite"],
		['a boolean in a list', ['a', false], 'contains the value false. Map a column of texts'],
		['a list in a list', [['a']], IN_LISTS],
		['lists as JSON', '[["a"],["b"]]', IN_LISTS],
		[
			'the notation of an object that is no JSON',
			"{'name': 'Sales'}",
			'contains an object as text. Map the field of the object that contains the list',
		],
		['a PostgreSQL array', '{Sales,VIP}', IN_CURLY_BRACKETS],
		['a PostgreSQL array with quotes', ' {"Sales EU",VIP} ', IN_CURLY_BRACKETS],
		['a PostgreSQL array of one', '{Sales}', IN_CURLY_BRACKETS],
		['a numbered list', '1. Sales\n2. VIP', 'contains a numbered list. Remove the numbers'],
	])('rejects %s by its name', (_, cell, problem) => {
		expect(listFromCell(cell)).toEqual({ kind: 'problem', problem });
	});

	it.each<[string, unknown, string]>([
		['without fields', {}, 'an object without fields. Map a text, or a list of texts'],
		['in JSON', '{"a":1}', 'an object with the fields "a". Map a text, or a list of texts'],
		[
			'with a name',
			{ id: 1, name: 'Sales' },
			'an object with the fields "id", "name". Use {{ $json.tags.name }}',
		],
		[
			'in a list',
			[{ id: 1, name: 'Sales' }],
			'a list of objects with the fields "id", "name". Use {{ $json.tags.map(t => t.name) }}',
		],
		[
			'with a value',
			[{ id: 'a1', color: 'red', value: 'Sales' }],
			'a list of objects with the fields "id", "color", "value". Use {{ $json.tags.map(t => t.value) }}',
		],
		[
			'in any case',
			[{ Id: 1, CreatedAt: '2026-01-05', Title: 'Sales' }],
			'a list of objects with the fields "Id", "CreatedAt", "Title". Use {{ $json.tags.map(t => t.Title) }}',
		],
		[
			'without a likely key',
			[{ status: 'active', team: 'Sales' }],
			'a list of objects with the fields "status", "team". Map a text, or a list of texts',
		],
		[
			'of a person',
			[{ email: 'a@x.io', name: 'Asha' }],
			'a list of objects with the fields "email", "name". They look like people. Use the Split Out node first, and map the list of one person',
		],
		[
			'as JSON in text',
			'[{"name":"Sales"}]',
			'a list of objects with the fields "name". Use {{ JSON.parse($json.tags).map(t => t.name) }}',
		],
		[
			'with many keys',
			[{ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, label: 'x' }],
			'a list of objects with the fields "a", "b", "c", "d", "e", "f" and 2 more. Use {{ $json.tags.map(t => t.label) }}',
		],
		[
			'among texts',
			['a', { name: 'b' }],
			'a list of objects with the fields "name". Use {{ $json.tags.map(t => t.name) }}',
		],
	])('rejects an object %s, with the expression that helps', (_, cell, objects) => {
		expect(listFromCell(cell)).toEqual({ kind: 'problem', problem: `contains ${objects}` });
	});

	it('gives no expression where the cell came from more than a column', () => {
		expect(read([{ name: 'Sales' }], FORM, undefined)).toEqual({
			kind: 'problem',
			problem: 'contains a list of objects with the fields "name". Map a text, or a list of texts',
		});
	});

	it.each([
		['R&amp;D', 'contains HTML codes. Decode the text before the node'],
		['Men&#39;s', 'contains HTML codes. Decode the text before the node'],
		['1;#Sales;#2;#VIP', 'contains IDs and values. Map only the values'],
		[
			'Team (EU, US)',
			'contains a comma, semicolon or line break in brackets or quotes. Write the list as ["Sales (EU, US)", "VIP"]',
		],
		[
			'Ops [day; night], VIP',
			'contains a comma, semicolon or line break in brackets or quotes. Write the list as ["Sales (EU, US)", "VIP"]',
		],
		[
			'Sales "EU, US"',
			'contains a comma, semicolon or line break in brackets or quotes. Write the list as ["Sales (EU, US)", "VIP"]',
		],
	])('rejects %s, which would be split within a name', (cell, problem) => {
		expect(listFromCell(cell)).toEqual({ kind: 'problem', problem });
	});

	it.each([
		['Team (EU), Team (US)', ['Team (EU)', 'Team (US)']],
		["'t Zand, 's-Hertogenbosch", ["'t Zand", "'s-Hertogenbosch"]],
		["'asha@x.io' <asha@x.io>", ["'asha@x.io' <asha@x.io>"]],
		['9,18825E+11', ['9,18825E+11']],
	])('keeps the entries of %s', (cell, entries) => {
		expect(listFromCell(cell)).toMatchObject({ entries });
	});

	it.each([
		['line breaks', `a@x.io${'\n'.repeat(50_000)}b@x.io`],
		['blanks after a dash', `-${' '.repeat(50_000)}5`],
		['quotes', '"'.repeat(50_000)],
	])('reads a cell of many %s in a moment', (_, cell) => {
		for (const split of [undefined, splitAddresses]) {
			const form = split ? { ...FORM, split } : FORM;
			expect(read(cell, form, '')).toMatchObject({ kind: 'entries' });
		}
	});

	it('takes what objects stand for, where the field says so', () => {
		const withPeople = { ...FORM, entryOfObject: emailOfPerson };
		const person = { id: 'usr1', email: 'a@x.io', name: 'Asha' };
		for (const cell of [[person, 'b@x.io'], JSON.stringify([person, 'b@x.io'])]) {
			const entries = ['a@x.io', 'b@x.io'];
			expect(read(cell, withPeople, '')).toEqual({ kind: 'entries', entries, isSplit: false });
		}
		for (const cell of [person, JSON.stringify(person)]) {
			expect(read(cell, withPeople, '')).toMatchObject({ entries: ['a@x.io'] });
		}
	});

	it('takes numbers of a JSON list in text where the field says so', () => {
		expect(read('[2024, "a"]', { ...FORM, hasNumbersInJson: true }, '')).toEqual({
			kind: 'entries',
			entries: [2024, 'a'],
			isSplit: false,
		});
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
					expect(list.problem).toMatch(/^(?:contains|looks like) [^\n]+$/);
					return;
				}
				for (const entry of list.entries) {
					expect(entry).not.toBe('');
					expect(typeof entry === 'number' || entry === entry.trim()).toBe(true);
				}
			}),
		);
	});

	it('reads a text at separators as the array of its parts', () => {
		const part = fc.stringMatching(/^[a-zA-Z .:!]*$/);
		const separator = fc.constantFrom(',', ';', '\n', '\r\n', '，', '；', '、', '،');
		fc.assert(
			fc.property(fc.array(part), separator, (parts, between) => {
				const list = listFromCell(parts);
				expect(listFromCell(parts.join(between))).toEqual({ ...list, isSplit: true });
			}),
		);
	});

	it('reads a JSON array in text as that array', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.string(), fc.constant(null))), (array) => {
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

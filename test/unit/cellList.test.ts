import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { listFromCell } from '../../nodes/Periskope/steps/1-read/cellList';
import { caseless } from '../../nodes/Periskope/steps/1-read/distinct';
import { accessListFrom, emailsFrom } from '../../nodes/Periskope/steps/1-read/fieldValues';

describe('a list from a cell', () => {
	it.each<[string, unknown, string[]]>([
		['text with commas', 'Sales, Support', ['Sales', 'Support']],
		['text with semicolons', 'Sales;Support', ['Sales', 'Support']],
		['text with line breaks of any kind', 'a\nb\r\nc\u2028d', ['a', 'b', 'c', 'd']],
		['an array', ['Sales', ' Support '], ['Sales', 'Support']],
		['an array whose entries hold commas', ['Smith, Jones & Co'], ['Smith, Jones & Co']],
		['a JSON array in text', ' ["Sales", "A, B", 7] ', ['Sales', 'A, B', '7']],
		['brackets that are no JSON', '[VIP], [North]', ['[VIP]', '[North]']],
		['a number', 2024, ['2024']],
		['blanks between separators', ' , ;\n a ,, ', ['a']],
		['invisible characters around an entry', '\ufeff\u202aSales\u202c\u200b', ['Sales']],
		['nothing', undefined, []],
		['null', null, []],
		['empty text', '', []],
		['an array of blanks', ['', null, undefined, ' '], []],
	])('takes %s', (_, cell, entries) => {
		expect(listFromCell(cell)).toMatchObject({ entries });
	});

	it.each<[string, unknown, string]>([
		['an object', { a: 1 }, 'holds an object'],
		['a date', new Date(0), 'holds a date'],
		['true', true, 'holds the value true'],
		['not a number', NaN, 'holds a number that is not finite'],
		['a list in a list', [['a']], 'holds a list with another list in it'],
		['an object in JSON', '[{"a":1}]', 'holds a list with an object in it'],
	])('refuses %s by its name', (_, cell, problem) => {
		expect(listFromCell(cell)).toEqual({ problem });
	});

	it('says of entries whether they were split from a text', () => {
		expect(listFromCell('"a"')).toEqual({ entries: ['"a"'], isSplit: true });
		for (const cell of [['"a"'], '["\\"a\\""]']) {
			expect(listFromCell(cell)).toEqual({ entries: ['"a"'] });
		}
	});

	it('keeps emoji that are joined by invisible characters whole', () => {
		expect(listFromCell('👩‍💻 Devs')).toMatchObject({ entries: ['👩‍💻 Devs'] });
	});

	const anyCell = fc.oneof(
		fc.anything(),
		fc.string(),
		fc.array(
			fc.oneof(
				fc.string(),
				fc.constantFrom('a', 'A', ' a', 'b@c.de', '918527184400'),
				fc.integer(),
			),
		),
		fc
			.array(
				fc.constantFrom(
					'a',
					'B',
					'b',
					' ',
					',',
					';',
					'\n',
					'[',
					']',
					'"',
					'<x@y.zz>',
					'+91 8527184400',
					'\u200b',
				),
			)
			.map((parts) => parts.join('')),
	);

	it('never throws, and never yields a blank or a duplicate', () => {
		fc.assert(
			fc.property(anyCell, (cell) => {
				for (const { values } of [
					emailsFrom(cell),
					accessListFrom('labels', cell),
					accessListFrom('orgPhones', cell),
				]) {
					expect(values.filter((value) => value.trim() === '')).toEqual([]);
					expect(new Set(values.map(caseless)).size).toBe(values.length);
				}
			}),
		);
	});

	it('reads a cell of a million characters, whatever they are', () => {
		const blanks = `${' '.repeat(1e6)}a${'\u200b'.repeat(1e6)}b`;
		expect(listFromCell(blanks)).toMatchObject({ entries: [blanks.trim()] });
		expect(accessListFrom('orgPhones', `${'1'.repeat(1e6)}x`).values).toEqual([]);
		expect(emailsFrom(`${'a-'.repeat(5e5)}@${'b.'.repeat(5e5)}`).problems).toHaveLength(1);
	});
});

describe('emails from a cell', () => {
	it('take the address out of a name with an address', () => {
		expect(emailsFrom('Asha Rao <asha@acme.com>; <ben@acme.com>').values).toEqual([
			'asha@acme.com',
			'ben@acme.com',
		]);
	});

	it('are not lost where brackets hold nothing', () => {
		expect(emailsFrom('<>, Asha < >').values).toEqual(['<>', 'Asha < >']);
	});

	it('are the same whatever their case, in the first spelling', () => {
		expect(emailsFrom('Asha@acme.com, asha@ACME.com').values).toEqual(['Asha@acme.com']);
	});
});

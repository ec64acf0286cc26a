import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { columnPath, readColumn, UNREADABLE } from '../../../nodes/Periskope/read/column';
import { wrongValue } from '../../../nodes/Periskope/read/unavailable';

describe('the path of a reference to a column', () => {
	it.each([
		['={{ $json.email }}', ['email']],
		['={{$json.email}}', ['email']],
		['={{  $json.email\n}}', ['email']],
		['={{ $json["E mail"] }}', ['E mail']],
		["={{ $json['E mail'] }}", ['E mail']],
		['={{ $json[ "E mail" ] }}', ['E mail']],
		['={{ $json["it\'s"] }}', ["it's"]],
		["={{ $json['a.b'] }}", ['a.b']],
		['={{ $json["[x]"] }}', ['[x]']],
		['={{ $json[" x "] }}', [' x ']],
		['={{ $json[""] }}', ['']],
		['={{ $json.team.labels }}', ['team', 'labels']],
		['={{ $json["my team"].labels["EU"] }}', ['my team', 'labels', 'EU']],
		['={{ $json.名前 }}', ['名前']],
		['={{ $json.ईमेल }}', ['ईमेल']],
		['={{ $json["😀"] }}', ['😀']],
		['={{ $json.$odd_1 }}', ['$odd_1']],
	])('is found in %s', (expression, path) => {
		expect(columnPath(expression)).toEqual(path);
	});

	it.each([
		'{{ $json.email }}',
		'=$json.email',
		'={{ $json }}',
		'={{ $json.email.trim() }}',
		'={{ $json.email || "" }}',
		'={{ $json.email, 1 }}',
		'={{ $json?.email }}',
		'={{ $json.email; }}',
		'={{ $json[0] }}',
		'={{ $json[key] }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json["a\\u0062"] }}',
		'={{ $json[`email`] }}',
		'={{ $json["a}}b"] }}',
		'={{ $json["a"b"] }}',
		'={{ $json.1st }}',
		'={{ $json.e-mail }}',
		'={{ $json.email }} ',
		' ={{ $json.email }}',
		'= {{ $json.email }}',
		'={{ $json.email }}, {{ $json.other }}',
		'={{ $json.email }}x',
		'={{ $("Sheet").item.json.email }}',
		'={{ $input.item.json.email }}',
		'={{ json.email }}',
		'={{ $json. email }}',
		'={{ /* $json.email */ }}',
		'',
		'=',
	])('is not found in %j', (expression) => {
		expect(columnPath(expression)).toBeUndefined();
	});

	it('is found in a moment, however long the expression is', () => {
		for (const unit of ['$json', '.a', '["a"]', '[ ', ' ', '"']) {
			expect(columnPath(`={{ $json${unit.repeat(50_000)}!`)).toBeUndefined();
		}
	});
});

describe('reading a column', () => {
	it.each([['Sales'], [''], [0], [918527184400], [1.5], [true], [null], [[]], [['a', 1, null]]])(
		'takes %j from the row',
		(value) => {
			expect(readColumn({ a: value }, ['a'])).toBe(value);
			expect(readColumn({ a: { b: value } }, ['a', 'b'])).toBe(value);
		},
	);

	it.each<[string, unknown]>([
		['undefined', undefined],
		['an object', { email: 'a@b.co' }],
		['a date', new Date(0)],
		['a number that JSON does not have', NaN],
		['an infinite number', Infinity],
		['a big integer', 10n],
		['half of a surrogate pair', 'a\ud800'],
		['a list with an object', ['a', {}]],
		['a list in a list', [['a']]],
		['a list with a hole', Object.assign(['a'], { length: 2 })],
		['a list with a property', Object.assign(['a'], { more: 1 })],
		['a function', () => 'a'],
	])('leaves %s to n8n', (_, value) => {
		expect(readColumn({ a: value }, ['a'])).toBe(UNREADABLE);
	});

	it('leaves a getter to n8n, and never calls it', () => {
		const row = Object.defineProperty({}, 'a', {
			get: () => {
				throw new Error('It was called');
			},
		});
		expect(readColumn(row, ['a'])).toBe(UNREADABLE);
	});

	it.each([['constructor'], ['__proto__'], ['toString'], ['hasOwnProperty']])(
		'leaves %s to n8n, which every object inherits',
		(name) => {
			expect(readColumn({}, [name])).toBe(UNREADABLE);
		},
	);

	it.each<[object, string[]]>([
		[{ a: 'text' }, ['a', 'length']],
		[{ a: null }, ['a', 'b']],
		[{ a: ['x'] }, ['a', '0']],
	])('leaves a chain that breaks off to n8n: %j, %j', (row, path) => {
		expect(readColumn(row, path)).toBe(UNREADABLE);
	});

	it('names a column that the row lacks, and those that it has', () => {
		const missing = readColumn({ name: 'Asha', '\ufefflabels': '' }, ['email']);
		expect(String(missing)).toBe(
			"This row has no column 'email'. It has: 'name', '\\u{feff}labels'",
		);
		expect(wrongValue('Role', missing, 'x')).toBe(`'Role' is empty. ${String(missing)}`);
		expect(wrongValue('Role', '', 'x or y')).toBe("'Role' is empty. It must be x or y");
		expect(wrongValue('Role', 'z', 'x or y')).toBe(`'Role' must be x or y, not "z"`);
		expect(String(readColumn({}, ['email']))).toBe("This row has no column 'email'. It has: none");
	});

	it('names what an object in the row lacks', () => {
		expect(String(readColumn({ fields: { name: 'Asha' } }, ['fields', 'email']))).toBe(
			"This row has no 'email' in 'fields'. It has: 'name'",
		);
		expect(String(readColumn({ id: 1 }, ['fields', 'email']))).toBe(
			"This row has no column 'fields'. It has: 'id'",
		);
	});

	it.each([
		['a byte order mark', { '\ufeffemail': 'a@b.co' }],
		['a byte order mark that was read as Latin1', { 'ï»¿email': 'a@b.co' }],
	])('says what to set against %s', (_, row) => {
		expect(String(readColumn(row, ['email']))).toMatch(
			/\. Turn on 'Exclude Byte Order Mark \(BOM\)' in Extract from File$/,
		);
	});

	it.each<[object, string[], string]>([
		[{ Email: 1 }, ['email'], '{{ $json.Email }}'],
		[{ 'E-mail': 1 }, ['email'], '{{ $json["E-mail"] }}'],
		[{ 'labels[]': 1 }, ['labels'], '{{ $json["labels[]"] }}'],
		[{ ' email ': 1 }, ['email'], '{{ $json[" email "] }}'],
		[{ id: 1, fields: { email: 1 } }, ['email'], '{{ $json.fields.email }}'],
		[{ json: { 'E mail': 1 } }, ['E mail'], '{{ $json.json["E mail"] }}'],
		[{ a: { Email: 1 } }, ['a', 'email'], '{{ $json.a.Email }}'],
	])('gives the expression for a similar or a nested column of %j', (row, path, expression) => {
		expect(String(readColumn(row, path))).toMatch(
			new RegExp(`\\. Use ${expression.replace(/[.$[\]{}]/g, '\\$&')}$`),
		);
	});

	it.each<[object, string[]]>([
		[{ 'E"mail': 1 }, ['email']],
		[{ fields: ['email'] }, ['email']],
		[{ mail: 1 }, ['email']],
	])('gives no expression where none is sure: %j', (row, path) => {
		expect(String(readColumn(row, path))).not.toContain('Use');
	});

	it('names ten columns, and counts the others', () => {
		const row = Object.fromEntries(Array.from({ length: 2010 }, (_, index) => [`c${index}`, 1]));
		const text = String(readColumn(row, ['email']));
		expect(text).toContain("'c9' and 2,000 more");
		expect(text).not.toContain('c10');
	});

	it('never throws, whatever the row is', () => {
		fc.assert(
			fc.property(fc.object(), fc.array(fc.string(), { minLength: 1 }), (row, path) => {
				readColumn(row, path);
			}),
		);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	choiceFrom,
	count,
	distinct,
	foldCase,
	formatted,
	hasInvisible,
	inOneLine,
	messageOf,
	quote,
	shown,
	shownValue,
	trimCell,
	withoutFullStop,
	withoutMarkup,
} from '../../nodes/Periskope/text';

/** What copying from web pages and contact lists leaves around a text. */
const EDGES = [' ', '\t', '\r', '\n', '\u00a0', '\u00ad', '\u200b', '\u200e', '\u202a', '\ufeff'];
const edge = fc.array(fc.constantFrom(...EDGES), { maxLength: 6 }).map((parts) => parts.join(''));
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), edge);

describe('trimCell', () => {
	it('removes blanks and invisible characters at both ends, and keeps those inside', () => {
		const core = fc.tuple(fc.constantFrom('a', '👩‍💻', '['), edge, fc.constantFrom('b', '7', ']'));
		fc.assert(
			fc.property(edge, core, edge, (before, [first, inside, last], after) => {
				const kept = `${first}${inside}${last}`;
				expect(trimCell(`${before}${kept}${after}`)).toBe(kept);
			}),
		);
	});

	it('returns a part of the text that is trimmed already', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const trimmed = trimCell(text);
				expect(text).toContain(trimmed);
				expect(trimCell(trimmed)).toBe(trimmed);
				expect(trimmed).toBe(trimmed.trim());
			}),
		);
	});

	it('returns an empty text for one that holds only blanks and invisible characters', () => {
		fc.assert(
			fc.property(edge, (text) => {
				expect(trimCell(text)).toBe('');
			}),
		);
	});
});

describe('hasInvisible', () => {
	it.each([['\u00ad'], ['\u200b'], ['\u200f'], ['\u202e'], ['\u2060'], ['\u2069'], ['\ufeff']])(
		'finds an invisible character at any position: %j',
		(hidden) => {
			for (const text of [hidden, `${hidden}a`, `a${hidden}`, `a${hidden}b`]) {
				expect(hasInvisible(text)).toBe(true);
			}
		},
	);

	it.each(['', 'a b', 'Zoë', '-–—', '[API]'])('finds none in %j', (text) => {
		expect(hasInvisible(text)).toBe(false);
	});
});

describe('foldCase', () => {
	it('is the same for texts that differ in case alone', () => {
		fc.assert(
			fc.property(fc.mixedCase(fc.constant('Asha@Acme.com')), (text) => {
				expect(foldCase(text)).toBe('asha@acme.com');
			}),
		);
	});
});

describe('distinct', () => {
	const entries = fc.array(fc.constantFrom('a', 'A', 'b', 'B', '__proto__', 'constructor', ''));

	it('keeps the first of each entry, in order', () => {
		fc.assert(
			fc.property(entries, (list) => {
				expect(distinct(list)).toEqual(list.filter((entry, at) => list.indexOf(entry) === at));
			}),
		);
	});

	it('keeps the first of all entries with the same key', () => {
		fc.assert(
			fc.property(entries, (list) => {
				const keys = list.map((entry) => entry.toLowerCase());
				expect(distinct(list, foldCase)).toEqual(
					list.filter((entry, at) => keys.indexOf(entry.toLowerCase()) === at),
				);
			}),
		);
	});

	it('returns a new list, and leaves the given one unchanged', () => {
		for (const list of [[], ['a'], ['a', 'A', 'a']]) {
			const given = [...list];
			expect(distinct(given, foldCase)).not.toBe(given);
			expect(given).toEqual(list);
		}
	});
});

describe('choiceFrom', () => {
	const VALUES = ['fail', 'merge', 'lastRow'] as const;

	it('finds a value in any case, with blanks and invisible characters around it', () => {
		const written = fc
			.constantFrom(...VALUES)
			.chain((value) => fc.tuple(fc.constant(value), fc.mixedCase(fc.constant(value))));
		fc.assert(
			fc.property(edge, written, edge, (before, [value, spelling], after) => {
				expect(choiceFrom(`${before}${spelling}${after}`, VALUES)).toBe(value);
			}),
		);
	});

	it.each<[string, unknown]>([
		['an empty text', ''],
		['blanks', ' '],
		['a value with a letter too many', 'merges'],
		['a value with a letter too few', 'mege'],
		['a value with two letters swapped', 'mreg'],
		['a value with a blank inside', 'last Row'],
		['a value with an invisible character inside', 'last\u200bRow'],
		['two values', 'fail,merge'],
		['a value in quotes', '"merge"'],
		['undefined', undefined],
		['null', null],
		['a number', 0],
		['a boolean', true],
		['a list', ['merge']],
		['an object', { toString: () => 'merge' }],
		['the name of a property of every object', '__proto__'],
	])('finds nothing for %s', (_, given) => {
		expect(choiceFrom(given, VALUES)).toBeUndefined();
	});
});

describe('quote', () => {
	it('gives one line of a length that fits a message, with no hidden character in it', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, fc.string({ unit: 'binary', minLength: 100 })), (text) => {
				const quoted = quote(text);
				expect(quoted).toMatch(/^"[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*"$/u);
				expect(quoted.length).toBeLessThanOrEqual(60 * '\\u{10ffff}'.length + 3);
				expect(quoted).toBe(`"${shown(text)}"`);
			}),
		);
	});

	it.each([
		['a line break', 'a\nb', '"a\\u{a}b"'],
		['a direction mark', 'a\u202eb', '"a\\u{202e}b"'],
		['a zero-width space', 'a\u200bb', '"a\\u{200b}b"'],
		['half of a surrogate pair', 'a\ud800b', '"a\\u{d800}b"'],
		['a line separator', 'a\u2028b', '"a\\u{2028}b"'],
		['quotes and accents, which are visible', 'Zoë "Z"', '"Zoë "Z""'],
		['brackets, which a mail program may read as HTML', '<b>a</b>', '"‹b›a‹/b›"'],
	])('shows %s', (_, text, quoted) => {
		expect(quote(text)).toBe(quoted);
	});

	it('shortens a text of more than 60 characters, and marks where', () => {
		expect(quote('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
		expect(quote('x'.repeat(61))).toBe(`"${'x'.repeat(60)}…"`);
	});

	it.each(['x', '"', '\u200b', '\u{e0001}', '\ud800', '😀', '\\u', '<', '<b>'])(
		'shortens a text of 20,000 characters: %j',
		(unit) => {
			expect(quote(unit.repeat(20_000)).length).toBeLessThan(600);
		},
	);
});

describe('shownValue', () => {
	it.each<[unknown, string]>([
		[undefined, 'empty'],
		[null, 'empty'],
		['', 'empty'],
		[' \u200b', 'empty'],
		['Sett', '"Sett"'],
		['a\u200bb', '"a\\u{200b}b"'],
		[0, '"0"'],
		[NaN, '"NaN"'],
		[7n, '"7"'],
		[false, '"false"'],
		[{}, 'an object'],
		[['set'], 'an object'],
		[new Date(0), 'an object'],
		[Object.create(null), 'an object'],
	])('describes %p as %s', (value, words) => {
		expect(shownValue(value)).toBe(words);
	});

	it('gives one line for any value, and never throws', () => {
		const value = fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true });
		fc.assert(
			fc.property(fc.oneof(value, anyText), (given) => {
				expect(shownValue(given)).toMatch(/^(?:empty|an object|"[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+")$/u);
			}),
		);
	});
});

describe('inOneLine', () => {
	it.each<[string, Array<string | undefined>, string]>([
		['a text', ['One'], 'One'],
		['several texts', ['One', 'Two', 'Three'], 'One; Two; Three'],
		['a text with full stops at its end', ['One. Two...'], 'One. Two'],
		['several texts with full stops', ['One.', 'Two. '], 'One; Two'],
		['a text of several lines', ['Bad\r\n\tgateway\u2028here'], 'Bad gateway here'],
		['a text with hidden characters', ['a\u0000b\u202ec\ud800d\u2069e'], 'a b c d e'],
		['a text with emoji', ['👩‍💻 is unknown'], '👩‍💻 is unknown'],
		['blank texts among others', [undefined, '', ' \n', '...', 'One'], 'One'],
		['blank texts alone', [undefined, '', ' .'], ''],
		['no text', [], ''],
		['brackets', ['<b>One</b>', '1 < 2'], '‹b›One‹/b›; 1 ‹ 2'],
	])('gives %s in one line', (_, texts, line) => {
		expect(inOneLine(texts)).toBe(line);
	});

	it('shortens a line of more than 300 characters, and marks where', () => {
		expect(inOneLine(['x'.repeat(300)])).toBe('x'.repeat(300));
		expect(inOneLine(['x'.repeat(301)])).toBe(`${'x'.repeat(300)}…`);
		expect(inOneLine(['x'.repeat(200), 'y'.repeat(200)])).toBe(
			`${'x'.repeat(200)}; ${'y'.repeat(98)}…`,
		);
	});

	it('gives one line of limited length for any texts', () => {
		fc.assert(
			fc.property(fc.array(fc.option(anyText, { nil: undefined })), (texts) => {
				const line = inOneLine(texts);
				expect(line).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u);
				expect(line.length).toBeLessThanOrEqual(301);
			}),
		);
	});
});

describe('texts in a message', () => {
	const whole = fc
		.array(
			fc.oneof(
				fc.string({ unit: 'binary' }),
				fc.constantFrom(
					'<',
					'>',
					'<b>',
					'</b>',
					'😀',
					'👩‍💻',
					'\u{20bb7}',
					'x'.repeat(59),
					'x'.repeat(299),
				),
			),
			{ maxLength: 12 },
		)
		.map((parts) => parts.join(''));
	const ESCAPED_HALF = /\\u\{d[89a-f]/;

	it('hold no brackets, whatever they are made of', () => {
		fc.assert(
			fc.property(fc.oneof(whole, anyText), (text) => {
				for (const line of [
					shown(text),
					quote(text),
					shownValue(text),
					inOneLine([text, text]),
					messageOf(text),
					messageOf(new Error(text)),
				]) {
					expect(line).not.toMatch(/[<>]/);
				}
			}),
		);
	});

	it('hold no half of a surrogate pair, wherever they are cut', () => {
		fc.assert(
			fc.property(whole, (text) => {
				fc.pre(!ESCAPED_HALF.test(text));
				expect(shown(text)).not.toMatch(ESCAPED_HALF);
				for (const line of [
					shown(text),
					inOneLine([text]),
					inOneLine([text, text]),
					messageOf(text),
				]) {
					expect(line).not.toMatch(/\p{Cs}/u);
				}
			}),
		);
	});

	it('are cut before a surrogate pair that does not fit as a whole', () => {
		expect(shown(`${'x'.repeat(58)}😀y`)).toBe(`${'x'.repeat(58)}😀…`);
		expect(shown(`${'x'.repeat(59)}😀y`)).toBe(`${'x'.repeat(59)}…`);
		expect(inOneLine([`${'x'.repeat(298)}😀y`])).toBe(`${'x'.repeat(298)}😀…`);
		expect(inOneLine([`${'x'.repeat(299)}😀y`])).toBe(`${'x'.repeat(299)}…`);
	});

	it('keep all else as it is', () => {
		const plain = fc.string({
			unit: fc.constantFrom('a', 'Z', ' ', '-', '&', '"', '/', '=', ';', '😀', 'é'),
			maxLength: 20,
		});
		fc.assert(
			fc.property(plain, plain, (before, after) => {
				const text = `a${before}<${after}>b`;
				const expected = `a${before}‹${after}›b`;
				expect(messageOf(text)).toBe(expected);
				expect(shown(text)).toBe(expected);
				expect(withoutMarkup(text)).toBe(expected);
			}),
		);
	});
});

describe('withoutFullStop', () => {
	it.each([
		['One.', 'One'],
		['One. Two...', 'One. Two'],
		['1.5', '1.5'],
		['One', 'One'],
		['...', ''],
		['', ''],
	])('turns %j into %j', (text, expected) => {
		expect(withoutFullStop(text)).toBe(expected);
	});
});

describe('messageOf', () => {
	it.each<[string, unknown, string]>([
		['an error', new Error('It failed'), 'It failed'],
		['an error with a full stop', new Error('It failed.'), 'It failed'],
		['an error with a full stop and a line break', new Error('It failed. \n'), 'It failed'],
		['an error of a subclass', new TypeError('No function'), 'No function'],
		['a text', 'It failed.', 'It failed'],
		['undefined', undefined, 'undefined'],
		['null', null, 'null'],
		['a number', 7, '7'],
		['an error with brackets', new Error('<b>It</b> failed.'), '‹b›It‹/b› failed'],
		['a text with brackets', '<script>', '‹script›'],
	])('gives the message of %s', (_, error, message) => {
		expect(messageOf(error)).toBe(message);
	});
});

describe('count', () => {
	it.each([
		[0, '0 rows'],
		[1, '1 row'],
		[2, '2 rows'],
		[1000, '1,000 rows'],
		[1_234_567, '1,234,567 rows'],
	])('names %i of something in the singular or the plural', (number, text) => {
		expect(count(number, 'row')).toBe(text);
	});

	it('takes a plural that does not end in s alone', () => {
		expect(count(1, 'retry', 'retries')).toBe('1 retry');
		expect(count(2, 'retry', 'retries')).toBe('2 retries');
	});
});

describe('formatted', () => {
	it.each([
		[0, '0'],
		[999, '999'],
		[2000, '2,000'],
		[100_000, '100,000'],
	])('groups the digits of %i', (number, text) => {
		expect(formatted(number)).toBe(text);
	});
});

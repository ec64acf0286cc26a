import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { hasInvisible, quote, trimCell } from '../../nodes/Periskope/steps/1-read/cellText';

/** What copying from web pages and contact lists leaves around a text. */
const EDGES = [' ', '\t', '\r', '\n', '\u00a0', '\u00ad', '\u200b', '\u200e', '\u202a', '\ufeff'];
const edge = fc.array(fc.constantFrom(...EDGES), { maxLength: 6 }).map((parts) => parts.join(''));
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), edge);

describe('trimming a cell', () => {
	it('takes blanks and invisible characters off both ends, and nothing from the inside', () => {
		const core = fc.tuple(fc.constantFrom('a', '👩‍💻', '['), edge, fc.constantFrom('b', '7', ']'));
		fc.assert(
			fc.property(edge, core, edge, (before, [first, inside, last], after) => {
				const kept = `${first}${inside}${last}`;
				expect(trimCell(`${before}${kept}${after}`)).toBe(kept);
			}),
		);
	});

	it('leaves a part of the text that is trimmed already', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const trimmed = trimCell(text);
				expect(text).toContain(trimmed);
				expect(trimCell(trimmed)).toBe(trimmed);
				expect(trimmed).toBe(trimmed.trim());
			}),
		);
	});

	it('leaves nothing of a text that shows nothing', () => {
		fc.assert(
			fc.property(edge, (text) => {
				expect(trimCell(text)).toBe('');
			}),
		);
	});
});

describe('a quoted text', () => {
	it('is one line of a length that fits a message, with nothing hidden in it', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, fc.string({ unit: 'binary', minLength: 100 })), (text) => {
				const quoted = quote(text);
				expect(quoted).toMatch(/^"[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*"$/u);
				expect(quoted.length).toBeLessThanOrEqual(60 * '\\u{10ffff}'.length + 3);
			}),
		);
	});

	it.each([
		['a line break', 'a\nb', '"a\\u{a}b"'],
		['a text turned round', 'a\u202eb', '"a\\u{202e}b"'],
		['a zero-width space', 'a\u200bb', '"a\\u{200b}b"'],
		['half of a pair', 'a\ud800b', '"a\\u{d800}b"'],
		['a line separator', 'a\u2028b', '"a\\u{2028}b"'],
		['quotes and accents, which are not hidden', 'Zoë "Z"', '"Zoë "Z""'],
	])('shows %s', (_, text, quoted) => {
		expect(quote(text)).toBe(quoted);
	});

	it('is shortened from its 61st character on, and says so', () => {
		expect(quote('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
		expect(quote('x'.repeat(61))).toBe(`"${'x'.repeat(60)}…"`);
	});
});

describe('an invisible character', () => {
	it.each([['\u00ad'], ['\u200b'], ['\u200f'], ['\u202e'], ['\u2060'], ['\u2069'], ['\ufeff']])(
		'is found wherever it stands: %j',
		(hidden) => {
			for (const text of [hidden, `${hidden}a`, `a${hidden}`, `a${hidden}b`]) {
				expect(hasInvisible(text)).toBe(true);
			}
		},
	);

	it.each(['', 'a b', 'Zoë', '-–—', '[API]'])('is not seen in %j', (text) => {
		expect(hasInvisible(text)).toBe(false);
	});
});

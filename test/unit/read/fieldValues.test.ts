import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	valueReader,
	valuesFrom,
	type FieldValues,
} from '../../../nodes/Periskope/read/fieldValues';

const SHOWS_NOTHING = /^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]*$/;

/** Everything JavaScript has, and texts and lists that look like what people put into cells. */
const piece = fc.constantFrom(
	...['a', 'A', ' ', ',', ';', '\n', '[', ']', '"', '<', '>', '@', 'b.co', '.', '+', '0', '9'],
	...['918527184400', '+91 8527184400', '<x@y.zz>', '\u200b', '\ufeff', '\u0000', '\ud800'],
	...['__proto__', 'null', '#N/A'],
);
const cellText = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
const anyCell = fc.oneof(
	fc.anything({
		withBigInt: true,
		withBoxedValues: true,
		withDate: true,
		withMap: true,
		withNullPrototype: true,
		withObjectString: true,
		withSet: true,
		withSparseArray: true,
		withTypedArray: true,
	}),
	fc.string(),
	fc.string({ unit: 'binary' }),
	cellText,
	fc.array(fc.oneof(cellText, fc.integer(), fc.double(), fc.constantFrom(null, undefined))),
	fc.array(fc.constantFrom('Sales', 'SALES', ' sales ', 'A@b.co', 'a@B.co', '+9111111', '9111111')),
	fc.array(fc.oneof(cellText, fc.integer()), { maxLength: 5 }).map((list) => JSON.stringify(list)),
	fc.jsonValue().map((value) => JSON.stringify(value)),
);

/** Letters that compose, what may stand hidden between them, and marks that mean something. */
const HIDDEN_OR_COMPOSED = [
	...['e', 'A', 'N/A', 'VIP', '\u0301', '\u0303', '\u0308', '\u1161', '\u1100', '\u0958'],
	...['\u200b', '\u200c', '\u200d', '\u034f', '\u00ad', '\ufe0f', '\u2800', '\u115f', '\ufeff'],
	...['\u{1f3f4}', '\u{e0067}', '\u180e', '\u2022', '\u2026', '\u0080'],
	...['- ', ' ', '=', '@', '"', "'"],
];

const READERS: Array<[string, (cell: unknown) => FieldValues]> = [
	['emails', (cell) => valuesFrom('emails', cell)],
	['labels', (cell) => valuesFrom('labels', cell)],
	['org phones', (cell) => valuesFrom('orgPhones', cell)],
];

describe.each(READERS)('any cell, read as %s', (_, read) => {
	it('gives texts without a blank or a duplicate among them, and never throws', () => {
		fc.assert(
			fc.property(anyCell, (cell) => {
				const { values } = read(cell);
				for (const value of values) {
					expect(typeof value).toBe('string');
					expect(value).not.toMatch(SHOWS_NOTHING);
				}
				expect(new Set(values.map((value) => value.toLowerCase())).size).toBe(values.length);
			}),
		);
	});

	it('gives problems in one line each that name the parameter', () => {
		fc.assert(
			fc.property(anyCell, (cell) => {
				for (const problem of read(cell).problems) {
					expect(problem).toMatch(
						/^(?:(?:Emails|Labels|Org Phones): |'(?:Emails|Labels|Org Phones)' )[^\p{Cc}\p{Cs}]+$/u,
					);
				}
			}),
		);
	});

	it('gives what reads the same once more, as when a plan is fed back in', () => {
		const composable = fc
			.array(fc.constantFrom(...HIDDEN_OR_COMPOSED), { minLength: 1, maxLength: 7 })
			.map((pieces) => pieces.join(''));
		fc.assert(
			fc.property(fc.oneof(anyCell, composable, fc.array(composable)), (cell) => {
				const { values, problems } = read(cell);
				fc.pre(problems.length === 0);
				expect(read(values)).toEqual({ values, problems });
			}),
			{ numRuns: 2000 },
		);
	});

	it('gives the same for an array as for that array as JSON in text', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(cellText, fc.constant(null))), (list) => {
				expect(read(JSON.stringify(list))).toEqual(read(list));
			}),
		);
	});

	it.each<[string, unknown]>([
		['an object', {}],
		['an object with a length', { length: 1, 0: 'a' }],
		['a boxed text', Object('a')],
		['true', true],
		['false', false],
		['a list in a list', [['a@b.co']]],
		['a list in a list in JSON', '[["a@b.co"]]'],
		['a boolean in a list', ['a@b.co', false]],
		['an object in a list', ['a@b.co', { name: 'b@b.co' }]],
		['a date', new Date(0)],
		['a number that is none', NaN],
	])('is rejected whole where it holds %s', (_what, cell) => {
		const { values, problems } = read(cell);
		expect(values).toEqual([]);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(/ contains /);
	});

	it.each<[string, unknown]>([
		['undefined', undefined],
		['null', null],
		['empty text', ''],
		['blanks', ' \t\u00a0\u200b '],
		['separators alone', ' ,;\r\n, '],
		['an empty array', []],
		['an empty array in text', ' [] '],
		['an array of blanks', ['', ' ', null, undefined, '\ufeff']],
		['nulls in JSON', '[null, ""]'],
	])('gives no values where it holds %s', (_what, cell) => {
		expect(read(cell).values).toEqual([]);
	});
});

it('reads a cell of a million characters of every kind', () => {
	expect(valuesFrom('orgPhones', `${'1'.repeat(1e6)}x`).problems).toHaveLength(1);
	expect(valuesFrom('labels', `${'['.repeat(1e6)}x`).problems).toHaveLength(1);
	expect(valuesFrom('emails', `${'a-'.repeat(5e5)}@${'b.'.repeat(5e5)}`).problems).toHaveLength(1);
});

describe('a cell of emails', () => {
	const emailsFrom = (cell: unknown) => valuesFrom('emails', cell);

	it.each([
		['Asha Rao <asha@acme.com>'],
		['"Asha Rao" <asha@acme.com>'],
		['<asha@acme.com>'],
		['Asha < asha@acme.com >'],
		['Asha <\u200basha@acme.com\ufeff>'],
		['asha@acme.com <asha@acme.com>'],
	])('takes the address out of %j', (cell) => {
		const read = { values: ['asha@acme.com'], problems: [] };
		expect(emailsFrom(cell)).toEqual(read);
		expect(emailsFrom([cell])).toEqual(read);
	});

	it('takes the address out of each entry with a name', () => {
		expect(emailsFrom('Asha Rao <asha@acme.com>; <ben@acme.com>')).toEqual({
			values: ['asha@acme.com', 'ben@acme.com'],
			problems: [],
		});
	});

	it('takes the address out of a name with a comma in it, from an array', () => {
		expect(emailsFrom(['Rao, Asha <asha@acme.com>', 'ben@acme.com'])).toEqual({
			values: ['asha@acme.com', 'ben@acme.com'],
			problems: [],
		});
	});

	it.each([
		['the spelling of an email', 'Asha@acme.com, asha@ACME.com', 'Asha@acme.com'],
		['an email without a name', 'asha@acme.com; Asha <ASHA@acme.com>', 'asha@acme.com'],
	])('keeps the first of emails that differ in case alone: %s', (_, cell, email) => {
		expect(emailsFrom(cell)).toEqual({ values: [email], problems: [] });
	});

	it('reads an email once where the name is the email in another case', () => {
		expect(emailsFrom('Asha@acme.com <asha@acme.com>')).toEqual({
			values: ['asha@acme.com'],
			problems: [],
		});
	});

	it.each(['Asha <asha@acme.com', 'asha@acme.com>', '<>', '< >', 'Asha <asha@acme.com> (work)'])(
		'rejects an entry whose brackets do not match, and keeps it whole: %s',
		(cell) => {
			expect(emailsFrom(cell)).toEqual({
				values: [cell],
				problems: [
					`Emails: "${cell.replaceAll('<', '‹').replaceAll('>', '›')}" isn't an email address`,
				],
			});
		},
	);

	it('keeps entries whose brackets hold nothing', () => {
		expect(emailsFrom('<>, Asha < >').values).toEqual(['<>', 'Asha < >']);
	});

	it.each([
		'Asha <asha@acme.com> Ben <ben@acme.com>',
		'asha@acme.com <ben@acme.com>',
		'<asha@acme.com><ben@acme.com>',
	])('rejects emails without a separator between them, and keeps them whole: %j', (cell) => {
		expect(emailsFrom(cell)).toEqual({
			values: [cell],
			problems: [
				`Emails: "${cell.replaceAll('<', '‹').replaceAll('>', '›')}" isn't an email address`,
			],
		});
	});

	it.each(['asha.devi.rao@acme.com', "o'brien+r&d@eu-1.acme.co.in", '_a.b_c@x.co'])(
		'accepts %s',
		(cell) => {
			expect(emailsFrom(cell)).toEqual({ values: [cell], problems: [] });
		},
	);

	it.each(['.a@x.co', 'a.@x.co', 'a..b@x.co', 'a@-x.co', 'a@x-.co', 'a@x', 'a@.co', 'a b@x.co'])(
		'rejects %s',
		(cell) => {
			expect(emailsFrom(cell).problems).toEqual([`Emails: "${cell}" isn't an email address`]);
		},
	);

	it('accepts emails of up to 254 characters', () => {
		const host = '@acme.com';
		const longest = `${'a'.repeat(254 - host.length)}${host}`;
		expect(emailsFrom(longest)).toEqual({ values: [longest], problems: [] });
		expect(emailsFrom(`a${longest}`).problems).toHaveLength(1);
	});

	it('gives a problem for each email that it rejects, and keeps all the others', () => {
		const { values, problems } = emailsFrom('a@b.co, x, __proto__, #N/A, c@d.co');
		expect(values).toEqual(['a@b.co', 'x', '__proto__', '#N/A', 'c@d.co']);
		expect(problems).toEqual([
			'Emails: "x" isn\'t an email address',
			'Emails: "__proto__" isn\'t an email address',
			'Emails: "#N/A" isn\'t an email address',
		]);
	});

	it('gives a problem once where two emails differ only in case', () => {
		expect(emailsFrom('oops, OOPS').problems).toEqual(['Emails: "oops" isn\'t an email address']);
	});

	it('gives a problem once where two emails differ only in what a message leaves out', () => {
		const long = 'x'.repeat(100);
		const { values, problems } = emailsFrom(`${long}1, ${long}2`);
		expect(values).toHaveLength(2);
		expect(problems).toHaveLength(1);
	});

	it('shows half of a surrogate pair in the message about it', () => {
		expect(emailsFrom(['a\ud800@b.co']).problems).toEqual([
			'Emails: "a\\u{d800}@b.co" isn\'t an email address',
		]);
	});

	it('says that an email contains an invisible character', () => {
		expect(emailsFrom('a\u202eb@c.de').problems).toEqual([
			'Emails: "a\\u{202e}b@c.de" isn\'t an email address. It contains an invisible character',
		]);
	});

	it('rejects a number', () => {
		expect(emailsFrom(7).problems).toEqual(['Emails: "7" isn\'t an email address']);
	});
});

describe('a cell of labels', () => {
	const labelsFrom = (cell: unknown) => valuesFrom('labels', cell);

	it('takes commas, semicolons and line breaks in an array as parts of a name', () => {
		const names = ['Smith, Jones & Co', 'Sales; EU'];
		expect(labelsFrom(names)).toEqual({ values: names, problems: [] });
		expect(labelsFrom('["Smith, Jones & Co"]').values).toEqual(['Smith, Jones & Co']);
		expect(labelsFrom('Smith, Jones & Co').values).toEqual(['Smith', 'Jones & Co']);
	});

	it('keeps the first spelling of labels that differ in case alone, in order', () => {
		expect(labelsFrom(['VIP', 'Sales', 'vip', ' SALES ', 'Sales EU']).values).toEqual([
			'VIP',
			'Sales',
			'Sales EU',
		]);
	});

	it('takes numbers as names', () => {
		expect(labelsFrom([2024, 'Q1', 10]).values).toEqual(['2024', 'Q1', '10']);
		expect(labelsFrom(2024)).toEqual({ values: ['2024'], problems: [] });
	});

	it('takes the names of the properties of every object as names', () => {
		const names = ['__proto__', 'constructor', 'toString'];
		expect(labelsFrom(names)).toEqual({ values: names, problems: [] });
		expect(labelsFrom(names.join(','))).toEqual({ values: names, problems: [] });
	});

	it('takes emoji as names', () => {
		expect(labelsFrom('😀, 👩‍💻 Devs')).toEqual({ values: ['😀', '👩‍💻 Devs'], problems: [] });
	});

	it.each([['\ud800'], ['a\udfffb'], ['a\u0000b'], ['a\u0007']])(
		'rejects a character that cannot be in a name: %j',
		(label) => {
			for (const cell of [label, [label], JSON.stringify([label])]) {
				expect(labelsFrom(cell).problems).toEqual([
					expect.stringContaining("contains a character that can't be in a label"),
				]);
			}
		},
	);

	it('does not mention an invisible character, which joins emoji and may stay', () => {
		expect(labelsFrom(['👩\u200d💻\u0007']).problems).toEqual([
			`Labels: "👩\\u{200d}💻\\u{7}" contains a character that can't be in a label`,
		]);
	});

	it.each([0, '0', [0], 'Sales, 0'])(
		'rejects the 0 that a formula makes of an empty cell: %j',
		(cell) => {
			expect(labelsFrom(cell).problems).toEqual([
				'Labels: "0" isn\'t a label name. It looks like an empty or error value',
			]);
		},
	);

	it.each([
		"['Sales', 'VIP']",
		"['Sales']",
		'["Sales","VIP",]',
		'["Sales, EU"',
		'[“Sales, EU”]',
		'[ "Sales" ',
		'[Sales, VIP]',
		'"Sales", "VIP"',
		'VIP, "Sales, EU"',
		'“Sales”',
		'«Sales»',
		"'Sales', 'VIP'",
	])('rejects the notation of a list that is not JSON: %s', (cell) => {
		expect(labelsFrom(cell).problems[0]).toMatch(
			/^(?:Labels: ".+" contains the quotes or brackets of a list\. Write the name alone, or the list as \["Sales, EU", "VIP"\]|'Labels' contains a comma, semicolon or line break in brackets or quotes\. Write the list as \["Sales \(EU, US\)", "VIP"\])$/,
		);
	});

	it.each(['[VIP]', '[VIP], [North]', '"Big" ones', "'90s", "Ben's", "Ben's, Asha's", 'TV 55"'])(
		'accepts names with quotes and brackets in them: %s',
		(cell) => {
			expect(labelsFrom(cell).problems).toEqual([]);
		},
	);

	it('accepts any quotes and brackets in an array, and in JSON', () => {
		const names = ['"Sales"', "['x'", '{"a"}'];
		expect(labelsFrom(names)).toEqual({ values: names, problems: [] });
		expect(labelsFrom(JSON.stringify(names))).toEqual({ values: names, problems: [] });
	});

	it('gives every problem of every label', () => {
		expect(labelsFrom('"a\u0000", VIP, #N/A')).toEqual({
			values: ['VIP'],
			problems: [
				expect.stringContaining('Labels: ""a\\u{0}"" contains the quotes or brackets of a list'),
				`Labels: ""a\\u{0}"" contains a character that can't be in a label`,
				'Labels: "#N/A" isn\'t a label name. It looks like an empty or error value',
			],
		});
	});

	it('gives a problem once where two labels differ only in what a message leaves out', () => {
		const long = '\u0007'.repeat(100);
		expect(labelsFrom([`${long}1`, `${long}2`]).problems).toHaveLength(1);
	});
});

describe('a cell of org phones', () => {
	const orgPhonesFrom = (cell: unknown) => valuesFrom('orgPhones', cell);

	it('reads a phone once, however it is written', () => {
		const cell = [918527184400, '+91 85271-84400', '918527184400@c.us', '0091 (85271) 84400'];
		const read = { values: ['918527184400'], problems: [] };
		expect(orgPhonesFrom(cell)).toEqual(read);
		expect(orgPhonesFrom(cell.join('; '))).toEqual(read);
	});

	it('reads numbers, as sheets give them', () => {
		expect(orgPhonesFrom(918527184400).values).toEqual(['918527184400']);
		expect(orgPhonesFrom('[918527184400, 14155550123]').values).toEqual([
			'918527184400',
			'14155550123',
		]);
	});

	it.each(['#N/A', '#REF!', 'null', 'undefined', '[object Object]', '__proto__', '\ud800', '0'])(
		'rejects a cell that holds %j',
		(cell) => {
			expect(orgPhonesFrom(cell).problems).toEqual([
				expect.stringMatching(/^Org Phones: ".*" is(?:n't a| not a) phone number\./),
			]);
		},
	);

	it('keeps valid phones beside those that it rejects, each with its problem once', () => {
		const { values, problems } = orgPhonesFrom('918527184400, 9.18825E+11, 12, 12');
		expect(values).toEqual(['918527184400']);
		expect(problems).toEqual([
			expect.stringContaining('"9.18825E+11" is a number that the sheet has rounded'),
			expect.stringContaining(`"12" isn't a phone number`),
		]);
	});
});

describe('a reader that remembers cells', () => {
	const field = fc.constantFrom('emails' as const, 'labels' as const, 'orgPhones' as const);
	const cell = fc.oneof(
		fc.constantFrom<unknown>('Sales', 'sales', '918527184400', '', '__proto__', ['Sales'], 7, null),
		anyCell,
	);

	it('reads every cell as one that remembers nothing', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(field, cell)), (cells) => {
				const read = valueReader();
				for (const [name, value] of cells) {
					expect(read(name, value)).toEqual(valuesFrom(name, value));
				}
			}),
		);
	});

	it('gives rows with the same text the same list, for each field its own', () => {
		const read = valueReader();
		const first = read('labels', 'Sales, VIP');
		expect(read('labels', 'Sales, VIP')).toBe(first);
		expect(read('labels', 'VIP, Sales')).not.toBe(first);
		expect(read('orgPhones', 'Sales, VIP')).not.toBe(first);
		expect(read('emails', 'a@b.co')).not.toBe(read('emails', 'a@b.co'));
	});

	it('remembers a thousand texts of a field, and no more', () => {
		const read = valueReader();
		const lists = Array.from({ length: 1001 }, (_, index) => read('labels', `Team ${index}`));
		expect(read('labels', 'Team 999')).toBe(lists[999]);
		expect(read('labels', 'Team 1000')).not.toBe(lists[1000]);
	});
});

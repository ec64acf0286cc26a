import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { listFromCell } from '../../nodes/Periskope/steps/1-read/cellList';
import {
	accessListFrom,
	emailsFrom,
	type FieldValues,
} from '../../nodes/Periskope/steps/1-read/fieldValues';

const SHOWS_NOTHING = /^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]*$/;

/** Everything JavaScript has, and texts and lists that look like what people put into cells. */
const piece = fc.constantFrom(
	...['a', 'A', ' ', ',', ';', '\n', '[', ']', '"', '<', '>', '@', 'b.co', '.', '+', '0', '9'],
	...['918527184400', '\u200b', '\ufeff', '\u0000', '\ud800', '__proto__', 'null', '#N/A'],
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
	fc.string({ unit: 'binary' }),
	cellText,
	fc.array(fc.oneof(cellText, fc.integer(), fc.double(), fc.constantFrom(null, undefined))),
	fc.array(fc.constantFrom('Sales', 'SALES', ' sales ', 'A@b.co', 'a@B.co', '+9111111', '9111111')),
	fc.array(fc.oneof(cellText, fc.integer()), { maxLength: 5 }).map((list) => JSON.stringify(list)),
	fc.jsonValue().map((value) => JSON.stringify(value)),
);

const READERS: Array<[string, (cell: unknown) => FieldValues]> = [
	['emails', emailsFrom],
	['labels', (cell) => accessListFrom('labels', cell)],
	['org phones', (cell) => accessListFrom('orgPhones', cell)],
];

describe.each(READERS)('%s, read from whatever a cell may hold,', (_, read) => {
	it('never throw, and are texts without a blank or a duplicate among them', () => {
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

	it('come with problems in one line each, that name the parameter', () => {
		fc.assert(
			fc.property(anyCell, (cell) => {
				for (const problem of read(cell).problems) {
					expect(problem).toMatch(/^(?:Emails|Labels|Org Phones)(?: |: )[^\p{Cc}\p{Cs}]+$/u);
				}
			}),
		);
	});

	it('are the same from an array, and from that array as JSON in text', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(cellText, fc.integer(), fc.constant(null))), (list) => {
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
		['an object in a list', ['a@b.co', { email: 'b@b.co' }]],
		['a date', new Date(0)],
		['a number that is none', NaN],
		['a number in JSON that is too large', '[1e400]'],
	])('are refused whole when the cell holds %s', (_what, cell) => {
		const { values, problems } = read(cell);
		expect(values).toEqual([]);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(/ holds /);
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
	])('are none when the cell holds %s', (_what, cell) => {
		expect(read(cell).values).toEqual([]);
	});
});

describe('labels', () => {
	it('may hold commas, semicolons and line breaks of their own in an array', () => {
		expect(listFromCell(['Smith, Jones & Co', 'a;b', 'c\nd'])).toEqual({
			entries: ['Smith, Jones & Co', 'a;b', 'c\nd'],
		});
		expect(accessListFrom('labels', ['Smith, Jones & Co', 'Sales; EU']).values).toEqual([
			'Smith, Jones & Co',
			'Sales; EU',
		]);
		expect(accessListFrom('labels', '["Smith, Jones & Co"]').values).toEqual(['Smith, Jones & Co']);
		expect(accessListFrom('labels', 'Smith, Jones & Co').values).toEqual(['Smith', 'Jones & Co']);
	});

	it('differ by more than case to be two, and keep the first spelling and the order', () => {
		expect(accessListFrom('labels', ['VIP', 'Sales', 'vip', ' SALES ', 'Sales EU']).values).toEqual(
			['VIP', 'Sales', 'Sales EU'],
		);
	});

	it('may be numbers', () => {
		expect(accessListFrom('labels', [2024, 'Q1', 10]).values).toEqual(['2024', 'Q1', '10']);
		expect(accessListFrom('labels', 2024)).toEqual({ values: ['2024'], problems: [] });
	});

	it('may have the names that every object has', () => {
		const names = ['__proto__', 'constructor', 'toString'];
		expect(accessListFrom('labels', names)).toEqual({ values: names, problems: [] });
		expect(accessListFrom('labels', names.join(','))).toEqual({ values: names, problems: [] });
	});

	it.each([['\ud800'], ['a\udfffb'], ['a\u0000b'], ['a\u0007']])(
		'are refused with a character that no name has: %j',
		(label) => {
			for (const cell of [label, [label], JSON.stringify([label])]) {
				expect(accessListFrom('labels', cell).problems).toEqual([
					expect.stringContaining('contains a character that cannot be in a label'),
				]);
			}
		},
	);

	it.each([0, '0', [0], 'Sales, 0'])(
		'cannot be the 0 that a formula makes of an empty cell: %j',
		(cell) => {
			expect(accessListFrom('labels', cell).problems).toEqual([
				'Labels: "0" is what a sheet or an expression writes in place of a name',
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
		'{"name":"Sales","id":1}',
		"{'name': 'Sales'}",
		'"Sales", "VIP"',
		'VIP, "Sales, EU"',
		'“Sales”',
		'«Sales»',
		"'Sales', 'VIP'",
	])('are refused in the notation of a list that is not JSON: %s', (cell) => {
		expect(accessListFrom('labels', cell).problems[0]).toMatch(
			/^Labels: ".+" has the quotes or brackets of a list; write the name alone, or all names as in \["Sales, EU", "VIP"\]$/,
		);
	});

	it.each([
		'[VIP]',
		'[VIP], [North]',
		'"Big" ones',
		"'90s",
		"Ben's",
		"Ben's, Asha's",
		'TV 55"',
		'{a}',
	])('are names with quotes and brackets in them: %s', (cell) => {
		expect(accessListFrom('labels', cell).problems).toEqual([]);
	});

	it('are taken with any quotes and brackets from an array, as text and as itself', () => {
		const names = ['"Sales"', "['x'", '{"a"}'];
		expect(accessListFrom('labels', names)).toEqual({ values: names, problems: [] });
		expect(accessListFrom('labels', JSON.stringify(names))).toEqual({
			values: names,
			problems: [],
		});
	});

	it('are not told of an invisible character, which joins emoji and may stay', () => {
		expect(accessListFrom('labels', ['👩\u200d💻\u0007']).problems).toEqual([
			'Labels: "👩\\u{200d}💻\\u{7}" contains a character that cannot be in a label',
		]);
	});

	it('are not refused for an emoji, though it is a pair of surrogates', () => {
		expect(accessListFrom('labels', '😀, 👩‍💻 Devs').problems).toEqual([]);
	});
});

describe('emails', () => {
	it.each([
		['Asha Rao <asha@acme.com>'],
		['"Asha Rao" <asha@acme.com>'],
		['<asha@acme.com>'],
		['Asha < asha@acme.com >'],
		['Asha <\u200basha@acme.com\ufeff>'],
		['asha@acme.com <asha@acme.com>'],
	])('are taken out of %j', (cell) => {
		const read = { values: ['asha@acme.com'], problems: [] };
		expect(emailsFrom(cell)).toEqual(read);
		expect(emailsFrom([cell])).toEqual(read);
	});

	it('with a name and without one are the same email', () => {
		expect(emailsFrom('asha@acme.com; Asha <ASHA@acme.com>').values).toEqual(['asha@acme.com']);
	});

	it('are read to the last one of a name that brings a comma into an array', () => {
		expect(emailsFrom(['Rao, Asha <asha@acme.com>', 'ben@acme.com'])).toEqual({
			values: ['asha@acme.com', 'ben@acme.com'],
			problems: [],
		});
	});

	it.each(['Asha <asha@acme.com', 'asha@acme.com>', '<>', '< >', 'Asha <asha@acme.com> (work)'])(
		'are refused, not lost, where the brackets are not right: %s',
		(cell) => {
			expect(emailsFrom(cell).values).toEqual([cell]);
			expect(emailsFrom(cell).problems).toHaveLength(1);
		},
	);

	it.each(['asha.devi.rao@acme.com', "o'brien+r&d@eu-1.acme.co.in", '_a.b_c@x.co'])(
		'are taken as mail servers know them: %s',
		(cell) => {
			expect(emailsFrom(cell)).toEqual({ values: [cell], problems: [] });
		},
	);

	it.each(['.a@x.co', 'a.@x.co', 'a..b@x.co', 'a@-x.co', 'a@x-.co', 'a@x', 'a@.co', 'a b@x.co'])(
		'are refused where no mail server knows them: %s',
		(cell) => {
			expect(emailsFrom(cell).problems).toHaveLength(1);
		},
	);

	it('are taken up to 254 characters', () => {
		const host = '@acme.com';
		const longest = `${'a'.repeat(254 - host.length)}${host}`;
		expect(emailsFrom(longest)).toEqual({ values: [longest], problems: [] });
		expect(emailsFrom(`a${longest}`).problems).toHaveLength(1);
	});

	it('are refused once each, and do not take the good ones along', () => {
		const { values, problems } = emailsFrom('a@b.co, x, __proto__, #N/A, c@d.co');
		expect(values).toEqual(['a@b.co', 'x', '__proto__', '#N/A', 'c@d.co']);
		expect(problems).toEqual([
			'Emails: "x" is not an email address',
			'Emails: "__proto__" is not an email address',
			'Emails: "#N/A" is not an email address',
		]);
	});

	it('are refused with half of a surrogate pair in them, which the message shows', () => {
		expect(emailsFrom(['a\ud800@b.co']).problems).toEqual([
			'Emails: "a\\u{d800}@b.co" is not an email address',
		]);
	});

	it('cannot be a number, and none at all is a problem', () => {
		expect(emailsFrom(7).problems).toEqual(['Emails: "7" is not an email address']);
		expect(emailsFrom('').problems).toEqual(['Emails is empty']);
	});
});

describe('org phones', () => {
	it('are the same phone however they are written', () => {
		const cell = [918527184400, '+91 85271-84400', '918527184400@c.us', '0091 (85271) 84400'];
		const read = { values: ['918527184400'], problems: [] };
		expect(accessListFrom('orgPhones', cell)).toEqual(read);
		expect(accessListFrom('orgPhones', cell.join('; '))).toEqual(read);
	});

	it('are read from a number, as sheets give them', () => {
		expect(accessListFrom('orgPhones', 918527184400).values).toEqual(['918527184400']);
		expect(accessListFrom('orgPhones', '[918527184400, 14155550123]').values).toEqual([
			'918527184400',
			'14155550123',
		]);
	});

	it.each(['#N/A', '#REF!', 'null', 'undefined', '[object Object]', '__proto__', '\ud800', '0'])(
		'are refused where the cell holds %j',
		(cell) => {
			const { values, problems } = accessListFrom('orgPhones', cell);
			expect(values).toEqual([]);
			expect(problems).toEqual([expect.stringMatching(/^Org Phones: ".*" is not a phone number;/)]);
		},
	);

	it('that are good stay beside those that are refused, each with its reason', () => {
		const { values, problems } = accessListFrom('orgPhones', '918527184400, 9.18825E+11, 12');
		expect(values).toEqual(['918527184400']);
		expect(problems).toEqual([
			expect.stringContaining('"9.18825E+11" is a number that the sheet has rounded'),
			expect.stringContaining('"12" is not a phone number'),
		]);
	});
});

describe('emails without a separator between them', () => {
	it.each([
		'Asha <asha@acme.com> Ben <ben@acme.com>',
		'asha@acme.com <ben@acme.com>',
		'<asha@acme.com><ben@acme.com>',
	])('are refused as they stand, and none of them is lost: %j', (cell) => {
		expect(emailsFrom(cell).values).toEqual([cell]);
		expect(emailsFrom(cell).problems).toHaveLength(1);
	});

	it('are one where the name is the address', () => {
		expect(emailsFrom('Asha@acme.com <asha@acme.com>')).toEqual({
			values: ['asha@acme.com'],
			problems: [],
		});
	});
});

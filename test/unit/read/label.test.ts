import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readLabel } from '../../../nodes/Periskope/read/label';

const problemsOfLabel = (label: string, isSplit: boolean) => readLabel(label, isSplit).problems;
const NO_VALUE = 'is what a sheet or an expression writes in place of a name';
const NOT_IN_A_NAME = 'contains a character that cannot be in a label';
const NOTATION =
	'has the quotes or brackets of a list; write the name alone, or all names as in ["Sales, EU", "VIP"]';

describe('a label', () => {
	it.each([
		'#N/A',
		'#REF!',
		'#VALUE!',
		'#name?',
		'#DIV/0!',
		'#NULL!',
		'#NUM!',
		'#SPILL!',
		'#ERROR!',
		'#CALC!',
		'#GETTING_DATA',
		'#BLOCKED!',
		'#FIELD!',
		'#CONNECT!',
		'#BUSY!',
		'#UNKNOWN!',
		'#NV',
		'null',
		'NULL',
		'undefined',
		'NaN',
		'[object Object]',
		'Loading...',
		'n/a',
		'N/A',
		'-',
		'–',
		'——',
		'None',
		'nil',
		'0',
	])('rejects %s, which stands for no value', (label) => {
		for (const isSplit of [true, false]) {
			expect(problemsOfLabel(label, isSplit)).toEqual([NO_VALUE]);
		}
	});

	it.each([
		'None yet',
		'N/A team',
		'-Sales-',
		'NA',
		'NaN bread',
		'Not null',
		'Loading...up',
		'x#N/A',
		'#N/A team',
		'Object',
		'undefined?',
		'00',
		'10',
		'nil\u200b',
		'__proto__',
		'constructor',
	])('accepts %j, which is more than a word for no value', (label) => {
		for (const isSplit of [true, false]) expect(problemsOfLabel(label, isSplit)).toEqual([]);
	});

	it.each([
		['a null character', 'a\u0000b'],
		['a tab', 'a\tb'],
		['a line break', 'a\nb'],
		['a bell', '\u0007'],
		['the first half of a surrogate pair', 'a\ud800b'],
		['the second half of a surrogate pair', '\udfff'],
	])('rejects a label with %s in it', (_, label) => {
		for (const isSplit of [true, false]) {
			expect(problemsOfLabel(label, isSplit)).toEqual([NOT_IN_A_NAME]);
		}
	});

	it.each(['😀', '👩‍💻 Devs', '👩\u200d💻', 'Zoë', 'ग्राहक', 'العملاء', 'Smith, Jones & Co', 'a;b'])(
		'accepts %s',
		(label) => {
			for (const isSplit of [true, false]) expect(problemsOfLabel(label, isSplit)).toEqual([]);
		},
	);

	it.each([
		"['Sales'",
		"['Sales']",
		'["Sales"',
		'[ "Sales" ',
		'[“Sales',
		'[Sales',
		'{"name":"Sales"',
		"{'name': 'Sales'}",
		'"Sales"',
		'"Sales',
		'“Sales”',
		'«Sales»',
		"'Sales'",
		'‘Sales’',
	])('rejects %s as a part of a text that was split', (label) => {
		expect(problemsOfLabel(label, true)).toEqual([NOTATION]);
		expect(problemsOfLabel(label, false)).toEqual([]);
	});

	it.each(['[VIP]', '"Big" ones', "'90s", "Ben's", 'TV 55"', '{a}', 'a [b', '(x)'])(
		'accepts %s as a name with quotes or brackets in it',
		(label) => {
			for (const isSplit of [true, false]) expect(problemsOfLabel(label, isSplit)).toEqual([]);
		},
	);

	it('gives every problem of a label', () => {
		expect(problemsOfLabel('"Sales\u0000"', true)).toEqual([NOTATION, NOT_IN_A_NAME]);
	});

	it('accepts every label of letters and digits that names something', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[A-Za-z]\w{3,30} (?:team|EU|2024)$/),
				fc.boolean(),
				(...args) => {
					expect(problemsOfLabel(...args)).toEqual([]);
				},
			),
		);
	});
});

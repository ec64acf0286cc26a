import { describe, expect, it } from '@jest/globals';

import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import { readMemberRow, type CellName } from '../../nodes/Periskope/steps/1-read/memberRow';
import { quote } from '../../nodes/Periskope/steps/1-read/cellText';

/** Shapes that a pattern with a loop in a loop takes minutes for. */
const LENGTH = 20_000;
const shape = (unit: string) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
const HURTFUL = [
	...['x', '1', ' ', ',', '[', '<', '(', '.', '"', '\u200b', '😀'].map(shape),
	...['a@', 'a.', 'a-', '1.', '9.1e', '( 0', '<a', '[1', '\\u', '@c.us', '1,'].map(shape),
	`a${shape(' ')}b`,
	`a@${shape('b-')}`,
	`a@${shape('b.')}`,
	`${shape('a.')}@b.co`,
	`(${shape(' ')}`,
	`<${shape(' ')}>`,
	`${shape('[')}${shape(']')}`,
	`["${shape('a')}"]`,
	`${shape('1')}.0`,
	`${shape('1')}e+`,
];

describe('a cell of 20,000 characters', () => {
	it.each<CellName>(['emails', 'labels', 'orgPhones'])(
		'is read, whatever it is made of: %s',
		(name) => {
			for (const text of HURTFUL) {
				const cells: Record<CellName, unknown> = {
					emails: 'a@b.co',
					role: 'member',
					labelsMode: 'set',
					labels: 'Sales',
					orgPhonesMode: 'set',
					orgPhones: '918527184400',
					[name]: text,
				};
				const row = readMemberRow((cell) => cells[cell], UPDATE_ACCESS, 'fail');
				if (name !== 'labels') expect('problems' in row).toBe(true);
			}
		},
	);

	it('is shortened in the message about it', () => {
		for (const text of HURTFUL) expect(quote(text).length).toBeLessThan(600);
	});

	it('is refused as a mode with a short message', () => {
		const row = readMemberRow(
			(cell) => (cell === 'emails' ? 'a@b.co' : shape('set')),
			UPDATE_ACCESS,
			'fail',
		);
		const problems = 'problems' in row ? row.problems : [];
		expect(problems).toHaveLength(2);
		for (const problem of problems) expect(problem.length).toBeLessThan(150);
	});
});

describe('a row with the names that every object has in its cells', () => {
	it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
		'takes %s for a label, and for nothing else',
		(word) => {
			const read = (cells: Partial<Record<CellName, unknown>>) =>
				readMemberRow(
					(name) =>
						({ emails: 'a@b.co', labelsMode: 'keep', orgPhonesMode: 'keep', ...cells })[name],
					UPDATE_ACCESS,
					'fail',
				);
			expect(read({ labelsMode: 'set', labels: word })).toEqual({
				change: { emails: ['a@b.co'], labels: [word] },
			});
			expect(read({ emails: word, labelsMode: 'clear' })).toHaveProperty('problems');
			expect(read({ labelsMode: word })).toHaveProperty('problems');
			expect(read({ orgPhonesMode: 'set', orgPhones: word })).toHaveProperty('problems');
			expect(Object.keys(Object.prototype)).toEqual([]);
		},
	);
});

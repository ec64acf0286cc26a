import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	readAccessRow,
	type AccessRow,
	type CellName,
	type EmptyLists,
} from '../../nodes/Periskope/steps/1-read/accessRow';

type Cells = Partial<Record<CellName, unknown>>;

function read(cells: Cells, emptyLists: EmptyLists = 'fail'): AccessRow {
	const all = {
		emails: 'a@b.co',
		labelsMode: 'set',
		labels: 'Sales',
		orgPhonesMode: 'keep',
		orgPhones: '',
		...cells,
	};
	return readAccessRow((name) => all[name], emptyLists);
}

const problemsOf = (row: AccessRow) => ('problems' in row ? row.problems : []);

describe('a row', () => {
	it('asks for what its modes say', () => {
		expect(read({})).toEqual({ change: { emails: ['a@b.co'], labels: ['Sales'] } });
		expect(read({ labelsMode: 'clear' })).toEqual({ change: { emails: ['a@b.co'], labels: null } });
		expect(read({ labelsMode: 'keep', orgPhonesMode: 'set', orgPhones: '+91 8527184400' })).toEqual(
			{
				change: { emails: ['a@b.co'], orgPhones: ['918527184400'] },
			},
		);
	});

	it('does not ask for cells that its modes do not need', () => {
		const asked: CellName[] = [];
		const cells: Cells = { emails: 'a@b.co', labelsMode: 'keep', orgPhonesMode: 'clear' };
		readAccessRow((name) => {
			asked.push(name);
			return cells[name];
		}, 'fail');
		expect(asked).toEqual(['emails', 'labelsMode', 'orgPhonesMode']);
	});

	it('keeps the first spelling of a label that is repeated in another case', () => {
		expect(read({ labels: 'Sales, sales, VIP' })).toEqual({
			change: { emails: ['a@b.co'], labels: ['Sales', 'VIP'] },
		});
	});

	it.each(['Set', 'SET', ' set', 'replace', '', null, undefined, 0, true, {}, ['set']])(
		'refuses the mode %j',
		(labelsMode) => {
			expect(problemsOf(read({ labelsMode }))).toEqual([
				expect.stringMatching(/^Labels Mode is .*it takes set, keep, clear$/),
			]);
		},
	);

	it('refuses to change nothing', () => {
		expect(problemsOf(read({ labelsMode: 'keep' }))).toEqual([
			expect.stringContaining('nothing to update'),
		]);
		expect(problemsOf(read({ labels: ' ' }, 'keep'))).toEqual([
			expect.stringContaining('nothing to update'),
		]);
	});

	it('names everything that is wrong, emails first', () => {
		expect(
			problemsOf(
				read({ emails: 'a@b.co, x, y', labels: '', orgPhonesMode: 'set', orgPhones: '12' }),
			),
		).toEqual([
			'Emails: "x" is not an email address',
			'Emails: "y" is not an email address',
			'Labels is empty',
			expect.stringContaining('Org Phones: "12" is not a phone number'),
		]);
	});

	it.each(['#N/A', '#REF!', '#VALUE!', '#name?', 'null', 'undefined', 'NaN', '[object Object]'])(
		'refuses %s as a label',
		(labels) => {
			expect(problemsOf(read({ labels }))).toEqual([expect.stringContaining('"no value"')]);
		},
	);

	it.each([['a\u0000b'], ['a\tb'], ['a\ud800b']])('refuses %j as a label', (label) => {
		expect(problemsOf(read({ labels: [label] }))).toEqual([
			expect.stringContaining('contains a character that cannot be in a label'),
		]);
	});

	it.each([
		'r&d@acme.com',
		"o'brien+x@mail.acme.co.uk",
		'A_b-c@x1.io',
		`${'a'.repeat(64)}@acme.com`,
	])('takes %s for an email', (emails) => {
		expect(read({ emails })).toEqual({ change: { emails: [emails], labels: ['Sales'] } });
	});

	it.each([
		'a',
		'a@b',
		'@b.co',
		'a@',
		'a b@c.de',
		'a@b..co',
		'.a@b.co',
		'a.@b.co',
		'a@-b.co',
		'a@b-.co',
		'a@b.co@c.de',
		'ä@b.co',
		'a\u200bb@c.de',
		`${'a'.repeat(250)}@b.co`,
		'a@b.co/../x',
		'mailto:a@b.co',
	])('does not take %j for an email', (emails) => {
		expect(problemsOf(read({ emails }))).toEqual([
			expect.stringContaining('is not an email address'),
		]);
	});

	it('shows what is hidden in an email', () => {
		expect(problemsOf(read({ emails: 'a\u202eb@c.de' }))).toEqual([
			'Emails: "a\\u{202e}b@c.de" is not an email address (it holds an invisible character)',
		]);
	});

	it('never gives null but for the mode clear, and never an empty list', () => {
		const cell = fc.oneof(
			fc.anything(),
			fc.constantFrom('', ' ', '[]', null, [], ['']),
			fc.string(),
		);
		const mode = fc.oneof(
			fc.constantFrom('set', 'keep', 'clear'),
			fc.string(),
			fc.constant(undefined),
		);
		fc.assert(
			fc.property(
				mode,
				cell,
				mode,
				cell,
				fc.constantFrom<EmptyLists>('fail', 'keep'),
				(labelsMode, labels, orgPhonesMode, orgPhones, emptyLists) => {
					const row = read({ labelsMode, labels, orgPhonesMode, orgPhones }, emptyLists);
					if (!('change' in row)) return;
					expect(row.change.labels === null).toBe(labelsMode === 'clear');
					expect(row.change.orgPhones === null).toBe(orgPhonesMode === 'clear');
					expect(row.change.labels).not.toEqual([]);
					expect(row.change.orgPhones).not.toEqual([]);
				},
			),
		);
	});
});

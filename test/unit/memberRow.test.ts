import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { DELETE } from '../../nodes/Periskope/resources/member/delete';
import { INVITE } from '../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import {
	readMemberRow,
	type MemberRow,
	type CellName,
	type EmptyLists,
} from '../../nodes/Periskope/steps/1-read/memberRow';

type Cells = Partial<Record<CellName, unknown>>;

function read(cells: Cells, emptyLists: EmptyLists = 'fail'): MemberRow {
	const all = {
		emails: 'a@b.co',
		labelsMode: 'set',
		labels: 'Sales',
		orgPhonesMode: 'keep',
		orgPhones: '',
		...cells,
	};
	return readMemberRow((name) => all[name], UPDATE_ACCESS, emptyLists);
}

const problemsOf = (row: MemberRow) => ('problems' in row ? row.problems : []);

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

	it('does not even name a field that it keeps, so that nothing of it is sent', () => {
		expect(read({})).toStrictEqual({ change: { emails: ['a@b.co'], labels: ['Sales'] } });
		expect(
			read({ labels: ' ', orgPhonesMode: 'clear', orgPhones: '918527184400' }, 'keep'),
		).toStrictEqual({ change: { emails: ['a@b.co'], orgPhones: null } });
	});

	it('does not ask for cells that its modes do not need', () => {
		const asked: CellName[] = [];
		const cells: Cells = { emails: 'a@b.co', labelsMode: 'keep', orgPhonesMode: 'clear' };
		readMemberRow(
			(name) => {
				asked.push(name);
				return cells[name];
			},
			UPDATE_ACCESS,
			'fail',
		);
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

	it.each<[unknown, string]>([
		[undefined, 'is empty'],
		[null, 'is empty'],
		['', 'is empty'],
		[{}, 'is an object'],
		[['set'], 'is an object'],
		['Set', 'is "Set"'],
		[0, 'is "0"'],
		[false, 'is "false"'],
	])('says of the mode %j that it %s', (mode, what) => {
		expect(problemsOf(read({ orgPhonesMode: mode }))).toEqual([
			`Org Phones Mode ${what}; it takes set, keep, clear`,
		]);
	});

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

	it.each([
		'#N/A',
		'#REF!',
		'#VALUE!',
		'#name?',
		'null',
		'undefined',
		'NaN',
		'[object Object]',
		'#CALC!',
		'#NV',
		'Loading...',
		'n/a',
		'N/A',
		'-',
		'——',
		'None',
		'nil',
	])('refuses %s as a label', (labels) => {
		expect(problemsOf(read({ labels }))).toEqual([
			expect.stringContaining('is what a sheet or an expression writes in place of a name'),
		]);
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
	])('takes %s for a label, which is more than what a sheet writes for no value', (labels) => {
		expect(read({ labels })).toEqual({ change: { emails: ['a@b.co'], labels: [labels] } });
	});

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
		'a.b.c@d.e.fg',
		'a@b-c--d.c-o',
		'1@2.3',
		'ASHA@ACME.COM',
		`a@${'b'.repeat(63)}.${'c'.repeat(63)}`,
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
		'a@b.-co',
		'a@b.co-',
		'a@b.co.',
		'a..b@c.de',
		'a@.b.co',
		'a@b_c.de',
		'a@b.c_d',
		`a@${'b'.repeat(64)}.co`,
		`a@b.${'c'.repeat(64)}`,
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

describe('the mode of a field', () => {
	const field = fc.constantFrom('labelsMode' as const, 'orgPhonesMode' as const);

	it('is refused unless it is one of the three to the letter, and nothing is sent for the row', () => {
		const near = fc
			.tuple(fc.constantFrom('set', 'keep', 'clear'), fc.string({ minLength: 1, maxLength: 2 }))
			.map(([mode, more]) => mode + more);
		const cases = fc.constantFrom('Set', 'KEEP', 'Clear', ' set', 'keep ', 'clera', 'null', 'set,');
		const other = fc
			.oneof(near, cases, fc.string(), fc.anything())
			.filter((mode) => mode !== 'set' && mode !== 'keep' && mode !== 'clear');
		fc.assert(
			fc.property(field, other, (name, mode) => {
				const row = read({ orgPhonesMode: 'clear', [name]: mode });
				expect('change' in row).toBe(false);
				const parameter = name === 'labelsMode' ? 'Labels' : 'Org Phones';
				expect(problemsOf(row)).toEqual([
					expect.stringMatching(new RegExp(`^${parameter} Mode is .*; it takes set, keep, clear$`)),
				]);
			}),
		);
	});

	it('"keep" leaves the field out, whatever its cell holds', () => {
		fc.assert(
			fc.property(fc.anything(), (cell) => {
				expect(read({ orgPhonesMode: 'keep', orgPhones: cell })).toEqual({
					change: { emails: ['a@b.co'], labels: ['Sales'] },
				});
			}),
		);
	});

	it('"clear" gives null, whatever its cell holds', () => {
		fc.assert(
			fc.property(fc.anything(), (cell) => {
				expect(read({ labelsMode: 'clear', labels: cell })).toEqual({
					change: { emails: ['a@b.co'], labels: null },
				});
			}),
		);
	});
});

describe('an empty list', () => {
	it.each([
		[''],
		[' , ;'],
		[null],
		[undefined],
		[[]],
		[['', null]],
		['[]'],
		['[null]'],
		['\u200b'],
	])('of %j is a problem or no change, as Empty Lists says, and never null', (blank) => {
		const both = { orgPhonesMode: 'set', orgPhones: '918527184400' };
		expect(problemsOf(read({ ...both, labels: blank }, 'fail'))).toEqual(['Labels is empty']);
		expect(read({ ...both, labels: blank }, 'keep')).toEqual({
			change: { emails: ['a@b.co'], orgPhones: ['918527184400'] },
		});
		expect(problemsOf(read({ orgPhonesMode: 'set', orgPhones: blank }, 'fail'))).toEqual([
			'Org Phones is empty',
		]);
		expect(read({ orgPhonesMode: 'set', orgPhones: blank }, 'keep')).toEqual({
			change: { emails: ['a@b.co'], labels: ['Sales'] },
		});
	});

	it('of emails is a problem whatever Empty Lists says', () => {
		for (const emptyLists of ['fail', 'keep'] as const) {
			expect(problemsOf(read({ emails: ' ; ' }, emptyLists))).toEqual(['Emails is empty']);
		}
	});

	it('is not what a refused list counts as', () => {
		expect(problemsOf(read({ labels: { a: 1 } }, 'keep'))).toEqual(['Labels holds an object']);
		expect(problemsOf(read({ labels: ['#N/A'] }, 'keep'))).toHaveLength(1);
	});
});

describe('a row of an invitation', () => {
	const invite = (cells: Cells, emptyLists: EmptyLists = 'fail') => {
		const all: Cells = {
			emails: 'a@b.co',
			role: 'member',
			labelsMode: 'set',
			labels: 'Sales',
			orgPhonesMode: 'all',
			...cells,
		};
		return readMemberRow((name) => all[name], INVITE, emptyLists);
	};

	it('always says role, labels and org phones of a member, with null for all', () => {
		expect(invite({})).toStrictEqual({
			change: { emails: ['a@b.co'], role: 'member', labels: ['Sales'], orgPhones: null },
		});
	});

	it('says nothing but the role of an admin', () => {
		expect(invite({ role: 'admin', labelsMode: '?', orgPhonesMode: 1 })).toStrictEqual({
			change: { emails: ['a@b.co'], role: 'admin' },
		});
	});

	it.each(['Member', 'owner', '', null, undefined, {}, 1])('refuses the role %j', (role) => {
		expect(problemsOf(invite({ role }))).toEqual([
			expect.stringMatching(/^Role is .*it takes member, admin$/),
		]);
	});

	it.each(['keep', 'clear', '', undefined])('refuses the mode %j', (labelsMode) => {
		expect(problemsOf(invite({ labelsMode }))).toEqual([
			expect.stringMatching(/^Labels Mode is .*it takes set, all$/),
		]);
	});
});

describe('a row of a deletion', () => {
	it('is about its emails alone, whatever other cells hold', () => {
		const asked: CellName[] = [];
		const row = readMemberRow(
			(name) => {
				asked.push(name);
				return 'a@b.co; b@b.co';
			},
			DELETE,
			'fail',
		);
		expect(row).toStrictEqual({ change: { emails: ['a@b.co', 'b@b.co'] } });
		expect(asked).toEqual(['emails']);
	});
});

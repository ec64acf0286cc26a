import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { EmptyLists } from '../../../nodes/Periskope/options';
import {
	readMemberRow,
	type CellName,
	type MemberRow,
} from '../../../nodes/Periskope/read/memberRow';
import { DELETE } from '../../../nodes/Periskope/resources/member/delete';
import { INVITE } from '../../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';

type Cells = Partial<Record<CellName, unknown>>;

function read(cells: Cells, emptyLists: EmptyLists = 'fail'): MemberRow {
	const all: Cells = {
		emails: 'a@b.co',
		labelsMode: 'set',
		labels: 'Sales',
		orgPhonesMode: 'keep',
		orgPhones: '',
		...cells,
	};
	return readMemberRow((name) => all[name], UPDATE_ACCESS, emptyLists);
}

const change = (fields: object) => ({ kind: 'change', change: { emails: ['a@b.co'], ...fields } });
const problemsOf = (row: MemberRow) => (row.kind === 'unreadable' ? row.problems : []);

/** What the mode, role or choice means, by the rule in its plainest form. */
const folded = (given: unknown) =>
	typeof given === 'string' ? given.trim().toLowerCase() : undefined;

const blanks = fc.stringMatching(/^[ \t\n\u00a0\u200b\ufeff]{0,3}$/);
/** One of the words, in any case and with blanks around it. */
const spelled = (...words: string[]) =>
	fc
		.constantFrom(...words)
		.chain((word) => fc.tuple(fc.constant(word), blanks, fc.mixedCase(fc.constant(word)), blanks))
		.map(([word, before, spelling, after]) => ({ word, text: `${before}${spelling}${after}` }));

describe('readMemberRow, for Update Access', () => {
	it('reads what the modes ask for', () => {
		expect(read({})).toEqual(change({ labels: ['Sales'] }));
		expect(read({ labelsMode: 'clear' })).toEqual(change({ labels: null }));
		expect(read({ labelsMode: 'keep', orgPhonesMode: 'set', orgPhones: '+91 8527184400' })).toEqual(
			change({ orgPhones: ['918527184400'] }),
		);
	});

	it('leaves out a field that stays as it is, so that it is not sent', () => {
		expect(read({})).toStrictEqual(change({ labels: ['Sales'] }));
		expect(
			read({ labels: ' ', orgPhonesMode: 'clear', orgPhones: '918527184400' }, 'keep'),
		).toStrictEqual(change({ orgPhones: null }));
	});

	it('evaluates no cell that the modes do not need', () => {
		const evaluated: CellName[] = [];
		const cells: Cells = { emails: 'a@b.co', labelsMode: 'keep', orgPhonesMode: 'clear' };
		readMemberRow(
			(name) => {
				evaluated.push(name);
				return cells[name];
			},
			UPDATE_ACCESS,
			'fail',
		);
		expect(evaluated).toEqual(['emails', 'labelsMode', 'orgPhonesMode']);
	});

	it('keeps the first spelling of a label that is repeated in another case', () => {
		expect(read({ labels: 'Sales, sales, VIP' })).toEqual(change({ labels: ['Sales', 'VIP'] }));
	});

	it('rejects a row that changes nothing', () => {
		const nothing = 'Nothing to update: neither labels nor org phones are set';
		expect(problemsOf(read({ labelsMode: 'keep' }))).toEqual([nothing]);
		expect(problemsOf(read({ labels: ' ' }, 'keep'))).toEqual([nothing]);
	});

	it('gives the emails of a row that it rejects, and every problem, emails first', () => {
		expect(
			read({ emails: 'a@b.co, x, y', labels: '', orgPhonesMode: 'set', orgPhones: '12' }),
		).toEqual({
			kind: 'unreadable',
			emails: ['a@b.co', 'x', 'y'],
			mentioned: ['a@b.co'],
			problems: [
				'Emails: "x" isn\'t an email address',
				'Emails: "y" isn\'t an email address',
				"'Labels' is empty",
				expect.stringContaining(`Org Phones: "12" isn't a phone number`),
			],
		});
	});

	it.each([
		['asha@b.co (left)', ['asha@b.co']],
		['"asha@b.co"; ben@b.co', ['asha@b.co', 'ben@b.co']],
		["['asha@b.co', 'ben@b.co']", ['asha@b.co', 'ben@b.co']],
		['{asha@b.co,ben@b.co}', ['asha@b.co', 'ben@b.co']],
		['1. asha@b.co\n2. ben@b.co', ['asha@b.co', 'ben@b.co']],
		[{ email: 'asha@b.co', name: 'ben@b.co' }, ['asha@b.co', 'ben@b.co']],
	])('names the addresses within emails that cannot be read: %j', (emails, mentioned) => {
		expect(read({ emails })).toMatchObject({ kind: 'unreadable', mentioned });
	});

	it('asks nothing where it keeps all as it is, and nothing else is wrong', () => {
		expect(read({ labels: '' }, 'keep')).toMatchObject({ kind: 'unreadable', asksNothing: true });
		expect(read({ labels: '#N/A' }, 'keep')).not.toHaveProperty('asksNothing');
	});

	it.each(['#N/A', 'null', '[object Object]', 'n/a', '——', 'None'])(
		'rejects %s as a label',
		(labels) => {
			expect(problemsOf(read({ labels }))).toEqual([
				`Labels: "${labels}" isn't a label name. It looks like an empty or error value`,
			]);
		},
	);

	it.each(['None yet', 'N/A team', '#N/A team', '-Sales-'])('accepts %s as a label', (labels) => {
		expect(read({ labels })).toEqual(change({ labels: [labels] }));
	});

	it.each([['a\u0000b'], ['a\tb'], ['a\ud800b']])('rejects %j as a label', (label) => {
		expect(problemsOf(read({ labels: [label] }))).toEqual([
			expect.stringContaining("contains a character that can't be in a label"),
		]);
	});

	it.each(['r&d@acme.com', 'ASHA@ACME.COM'])('accepts the email %s', (emails) => {
		expect(read({ emails })).toEqual(change({ emails: [emails], labels: ['Sales'] }));
	});

	it.each(['a@b', 'a b@c.de', '<a@b'])('rejects the email %s', (emails) => {
		expect(problemsOf(read({ emails }))).toEqual([
			`Emails: "${emails.replaceAll('<', '‹')}" isn't an email address`,
		]);
	});

	it('shows an invisible character in an email', () => {
		expect(problemsOf(read({ emails: 'a\u202eb@c.de' }))).toEqual([
			'Emails: "a\\u{202e}b@c.de" isn\'t an email address. It contains an invisible character',
		]);
	});

	it('gives null only for the mode clear, and never an empty list', () => {
		const cell = fc.oneof(
			fc.anything(),
			fc.constantFrom('', ' ', '[]', null, [], ['']),
			fc.string(),
		);
		const mode = fc.oneof(
			fc.constantFrom('set', 'keep', 'clear', 'Clear', ' CLEAR '),
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
					if (row.kind === 'unreadable') {
						expect(row.problems).not.toEqual([]);
						return;
					}
					expect(row.change.labels === null).toBe(folded(labelsMode) === 'clear');
					expect(row.change.orgPhones === null).toBe(folded(orgPhonesMode) === 'clear');
					expect(row.change.labels).not.toEqual([]);
					expect(row.change.orgPhones).not.toEqual([]);
				},
			),
		);
	});
});

describe('a mode', () => {
	const field = fc.constantFrom('labelsMode' as const, 'orgPhonesMode' as const);

	it.each([
		['Set', { labels: ['Sales'] }],
		['SET', { labels: ['Sales'] }],
		[' set', { labels: ['Sales'] }],
		['Clear ', { labels: null }],
		['\u200bCLEAR\n', { labels: null }],
	])('is accepted as %j', (labelsMode, fields) => {
		expect(read({ labelsMode })).toStrictEqual(change(fields));
	});

	it('is accepted in any case, with blanks around it', () => {
		const cells = { labels: 'Sales', orgPhones: '918527184400' };
		fc.assert(
			fc.property(
				spelled('set', 'keep', 'clear'),
				spelled('set', 'clear'),
				(labelsMode, orgPhonesMode) => {
					expect(
						read({ ...cells, labelsMode: labelsMode.text, orgPhonesMode: orgPhonesMode.text }),
					).toStrictEqual(
						read({ ...cells, labelsMode: labelsMode.word, orgPhonesMode: orgPhonesMode.word }),
					);
				},
			),
		);
	});

	it.each<[unknown, string]>([
		[{}, 'an object'],
		[['set'], 'an object'],
		['Sett', '"Sett"'],
		['replace', '"replace"'],
		['all', '"all"'],
		['s\u200bet', '"s\\u{200b}et"'],
		[0, '"0"'],
		[true, '"true"'],
		[false, '"false"'],
	])('is rejected as %j, and named %s', (mode, what) => {
		expect(problemsOf(read({ labelsMode: mode }))).toEqual([
			`'Label Access' must be set, keep or clear, not ${what}`,
		]);
		expect(problemsOf(read({ orgPhonesMode: mode }))).toEqual([
			`'Org Phone Access' must be set, keep or clear, not ${what}`,
		]);
	});

	it.each([undefined, null, '', ' ', '\u200b'])('is empty as %j', (mode) => {
		expect(problemsOf(read({ labelsMode: mode }))).toEqual([
			"'Label Access' is empty. It must be set, keep or clear",
		]);
	});

	it('is rejected with any typo, and so is the row', () => {
		const near = fc
			.tuple(fc.constantFrom('set', 'keep', 'clear'), fc.string({ minLength: 1, maxLength: 2 }))
			.map(([mode, more]) => mode + more);
		const typos = fc.constantFrom(
			'clera',
			'null',
			'set,',
			'se',
			'kep',
			'"set"',
			'ke ep',
			'cle\tar',
		);
		const other = fc
			.oneof(near, typos, fc.string(), fc.anything())
			.filter((mode) => !['set', 'keep', 'clear'].includes(folded(mode) ?? ''));
		fc.assert(
			fc.property(field, other, (name, mode) => {
				const row = read({ orgPhonesMode: 'clear', [name]: mode });
				expect(row.kind).toBe('unreadable');
				const parameter = name === 'labelsMode' ? 'Label' : 'Org Phone';
				expect(problemsOf(row)).toEqual([
					expect.stringMatching(
						new RegExp(`^'${parameter} Access' .*must be set, keep or clear(?:, not .+)?$`, 's'),
					),
				]);
			}),
		);
	});

	it('"keep" leaves the field out, whatever its cell holds', () => {
		fc.assert(
			fc.property(fc.anything(), (cell) => {
				expect(read({ orgPhonesMode: 'keep', orgPhones: cell })).toStrictEqual(
					change({ labels: ['Sales'] }),
				);
			}),
		);
	});

	it('"clear" gives null, whatever its cell holds', () => {
		fc.assert(
			fc.property(fc.anything(), (cell) => {
				expect(read({ labelsMode: 'clear', labels: cell })).toStrictEqual(change({ labels: null }));
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
	])('is a problem or no change, as the option says, and never null: %j', (blank) => {
		const both = { orgPhonesMode: 'set', orgPhones: '918527184400' };
		expect(problemsOf(read({ ...both, labels: blank }, 'fail'))).toEqual(["'Labels' is empty"]);
		expect(read({ ...both, labels: blank }, 'keep')).toStrictEqual(
			change({ orgPhones: ['918527184400'] }),
		);
		expect(problemsOf(read({ orgPhonesMode: 'set', orgPhones: blank }, 'fail'))).toEqual([
			"'Org Phones' is empty",
		]);
		expect(read({ orgPhonesMode: 'set', orgPhones: blank }, 'keep')).toStrictEqual(
			change({ labels: ['Sales'] }),
		);
	});

	it('of emails is a problem, whatever the option says', () => {
		for (const emptyLists of ['fail', 'keep'] as const) {
			expect(problemsOf(read({ emails: ' ; ' }, emptyLists))).toEqual(["'Emails' is empty"]);
		}
	});

	it('is not what a rejected list counts as', () => {
		expect(problemsOf(read({ labels: { a: 1 } }, 'keep'))).toEqual([
			'\'Labels\' contains an object with the fields "a". Map a text, or a list of texts',
		]);
		expect(problemsOf(read({ labels: ['#N/A'] }, 'keep'))).toHaveLength(1);
		expect(problemsOf(read({ orgPhonesMode: 'set', orgPhones: '12' }, 'keep'))).toHaveLength(1);
	});
});

describe('readMemberRow, for Invite', () => {
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

	it('gives role, labels and org phones of a member, with null for the mode all', () => {
		expect(invite({})).toStrictEqual(
			change({ role: 'member', labels: ['Sales'], orgPhones: null }),
		);
	});

	it('never leaves a list of a member out, which would give access to all', () => {
		const cell = fc.constantFrom(
			'',
			' ; ',
			null,
			undefined,
			[],
			'[]',
			'Sales',
			'918527184400',
			'x',
		);
		const mode = fc.constantFrom('set', 'all');
		const emptyLists = fc.constantFrom<EmptyLists>('fail', 'keep');
		fc.assert(
			fc.property(
				mode,
				cell,
				mode,
				cell,
				emptyLists,
				(labelsMode, labels, phones, orgPhones, how) => {
					const row = invite({ labelsMode, labels, orgPhonesMode: phones, orgPhones }, how);
					if (row.kind === 'unreadable') return;
					expect(row.change.labels === null).toBe(labelsMode === 'all');
					expect(row.change.orgPhones === null).toBe(phones === 'all');
					expect(row.change.labels).toBeDefined();
					expect(row.change.orgPhones).toBeDefined();
				},
			),
		);
	});

	it('gives nothing but the role of an admin', () => {
		for (const role of ['admin', ' Admin ']) {
			expect(invite({ role, labelsMode: '?', orgPhonesMode: 1 })).toStrictEqual(
				change({ role: 'admin' }),
			);
		}
	});

	it('accepts roles and modes in any case, with blanks around them', () => {
		fc.assert(
			fc.property(
				spelled('member', 'admin'),
				spelled('set', 'all'),
				spelled('all'),
				(role, labelsMode, orgPhonesMode) => {
					expect(
						invite({
							role: role.text,
							labelsMode: labelsMode.text,
							orgPhonesMode: orgPhonesMode.text,
						}),
					).toStrictEqual(
						invite({
							role: role.word,
							labelsMode: labelsMode.word,
							orgPhonesMode: orgPhonesMode.word,
						}),
					);
				},
			),
		);
	});

	it.each<[unknown, string]>([
		['owner', 'must be member or admin, not "owner"'],
		['Members', 'must be member or admin, not "Members"'],
		['adm in', 'must be member or admin, not "adm in"'],
		['', 'is empty. It must be member or admin'],
		[null, 'is empty. It must be member or admin'],
		[undefined, 'is empty. It must be member or admin'],
		[{}, 'must be member or admin, not an object'],
		[['admin'], 'must be member or admin, not an object'],
		[1, 'must be member or admin, not "1"'],
		['constructor', 'must be member or admin, not "constructor"'],
	])('rejects the role %j: it %s', (role, what) => {
		expect(problemsOf(invite({ role }))).toEqual([`'Role' ${what}`]);
	});

	it('checks labels and org phones also where the role is rejected', () => {
		expect(problemsOf(invite({ role: 'owner', labels: '', orgPhonesMode: '?' }))).toEqual([
			`'Role' must be member or admin, not "owner"`,
			"'Labels' is empty",
			`'Org Phone Access' must be set or all, not "?"`,
		]);
	});

	it.each(['keep', 'clear', 'Keep', '', undefined])('rejects the mode %j', (labelsMode) => {
		expect(problemsOf(invite({ labelsMode }))).toEqual([
			expect.stringMatching(/^'Label Access' .*must be set or all(?:, not ".+")?$/),
		]);
	});
});

describe('readMemberRow, for Delete', () => {
	it('reads the emails alone, whatever other cells hold', () => {
		const evaluated: CellName[] = [];
		const row = readMemberRow(
			(name) => {
				evaluated.push(name);
				return 'a@b.co; b@b.co';
			},
			DELETE,
			'fail',
		);
		expect(row).toStrictEqual({ kind: 'change', change: { emails: ['a@b.co', 'b@b.co'] } });
		expect(evaluated).toEqual(['emails']);
	});

	it('rejects a row without a valid email', () => {
		expect(readMemberRow(() => 'a@b', DELETE, 'keep')).toStrictEqual({
			kind: 'unreadable',
			emails: ['a@b'],
			problems: ['Emails: "a@b" isn\'t an email address'],
		});
	});
});

/** Shapes that a pattern with a loop in a loop takes minutes for. */
const LENGTH = 20_000;
const shape = (unit: string) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
const HOSTILE = [
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
		'is read, and messages about it are short: %s',
		(name) => {
			for (const text of HOSTILE) {
				const row = read({ orgPhonesMode: 'set', orgPhones: '918527184400', [name]: text });
				if (name !== 'labels') expect(row.kind).toBe('unreadable');
				for (const problem of problemsOf(row)) expect(problem.length).toBeLessThan(800);
			}
		},
	);

	it('is rejected as a mode with a short message', () => {
		const problems = problemsOf(read({ labelsMode: shape('set'), orgPhonesMode: shape(' ') }));
		expect(problems).toHaveLength(2);
		for (const problem of problems) expect(problem.length).toBeLessThan(150);
	});
});

describe('a cell with the name of a property of every object', () => {
	it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
		'is accepted as a label, and as nothing else: %s',
		(word) => {
			expect(read({ labels: word })).toEqual(change({ labels: [word] }));
			for (const cells of [
				{ emails: word, labelsMode: 'clear' },
				{ labelsMode: word },
				{ orgPhonesMode: word },
				{ orgPhonesMode: 'set', orgPhones: word },
			]) {
				expect(read(cells).kind).toBe('unreadable');
			}
			expect(Object.keys(Object.prototype)).toEqual([]);
		},
	);
});

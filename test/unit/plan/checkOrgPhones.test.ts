import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Failure } from '../../../nodes/Periskope/rowFailure';
import type { OrgPhone, OrgPhones } from '../../../nodes/Periskope/api/orgPhones';
import { checkOrgPhones, setsOrgPhones } from '../../../nodes/Periskope/plan/checkOrgPhones';
import { planRows } from '../../../nodes/Periskope/plan/planRows';
import type { ReadRow } from '../../../nodes/Periskope/read/readRows';
import { readable, unreadable } from './sheet';

const SALES = '918527184400';
const SUPPORT = '14155550123';
const phone = (number: string | null, phone_name: string | null = null): OrgPhone => ({
	org_phone: number === null ? null : `${number}@c.us`,
	phone_name,
	wa_state: 'CONNECTED',
});
const listed = (...phones: OrgPhone[]): OrgPhones => ({ kind: 'phones', phones });
const TWO = listed(phone(SALES, 'Sales India'), phone(SUPPORT, 'Support'));

const rowWith = (orgPhones: readonly string[] | null, index = 0) =>
	readable(index, { emails: ['asha@x.co'], orgPhones });

/** What the row is to set, or what is wrong with its org phones. */
function checked(entries: readonly string[], phones: OrgPhones = TWO): readonly string[] {
	const [row] = checkOrgPhones([rowWith(entries)], phones);
	if (row?.kind === 'unreadable') return row.problems;
	return row?.change.orgPhones ?? [];
}

describe('a number', () => {
	it('stays as it is where it is a phone of the organization', () => {
		expect(checked([SALES])).toEqual([SALES]);
		expect(checked([SUPPORT, SALES])).toEqual([SUPPORT, SALES]);
	});

	it('is known by its digits, however Periskope lists it', () => {
		const bare = { ...phone(null, 'Sales'), org_phone: SALES };
		const capitals = { ...phone(null, 'Support'), org_phone: `${SUPPORT}@C.US` };
		expect(checked([SALES, SUPPORT], listed(bare, capitals))).toEqual([SALES, SUPPORT]);
	});

	it.each<[string, string]>([
		['one digit is another', '918527184401'],
		['the first digit is another', '818527184400'],
		['one digit is missing', '91852718440'],
		['the first digit is missing', '18527184400'],
		['one digit is there twice', '9185271844000'],
		['it has a trunk zero', '9108527184400'],
		['two digits changed places', '915827184400'],
		['it has no country code', '8527184400'],
		['it is as short as a number can be', '7184400'],
		['it has a prefix in front of it', '0918527184400'],
		['it has several digits in front of it', '101918527184400'],
	])('is rejected with the closest phone named: %s', (_, written) => {
		expect(checked([written])).toEqual([
			`Org Phones: "${written}" isn't the number of an org phone. Closest: Sales India (${SALES})`,
		]);
	});

	it.each<[string, string]>([
		['it is another number', '4930123456'],
		['two digits are other ones', '918527184411'],
		['two digits changed places and another is wrong', '915827184401'],
		['two digits are missing', '9185271844'],
		['its end is another', '7184401'],
	])('is rejected with all phones named where none is close: %s', (_, written) => {
		expect(checked([written])).toEqual([
			`Org Phones: "${written}" isn't the number of an org phone. The organization has: Sales India (${SALES}), Support (${SUPPORT})`,
		]);
	});

	it('is never put in place of another, however close it is', () => {
		const edits = fc
			.tuple(fc.nat(SALES.length), fc.constantFrom(0, 1), fc.stringMatching(/^\d?$/))
			.map(([at, removed, added]) => SALES.slice(0, at) + added + SALES.slice(at + removed))
			.filter((number) => /^\d{7,15}$/.test(number));
		fc.assert(
			fc.property(edits, (written) => {
				const [first = ''] = checked([written]);
				if (written === SALES) expect(first).toBe(SALES);
				else expect(first).toContain(`. Closest: Sales India (${SALES})`);
			}),
		);
	});

	it('is named without a name where the phone has none', () => {
		for (const name of [null, '', '  ', '\u200b']) {
			expect(checked(['918527184401'], listed(phone(SALES, name)))).toEqual([
				`Org Phones: "918527184401" isn't the number of an org phone. Closest: ${SALES}`,
			]);
		}
	});

	it('is found however its number is listed', () => {
		for (const org_phone of [SALES, `+${SALES}`, `${SALES}@C.US`, `+${SALES}@c.us`]) {
			const phones = listed({ org_phone, phone_name: null, wa_state: null });
			expect(checked([SALES], phones)).toEqual([SALES]);
		}
	});

	it('is rejected in words of its own where none is listed with a number', () => {
		for (const phones of [listed(), listed(phone(null, 'Sales')), listed(phone('', 'Sales'))]) {
			expect(checked([SALES], phones)).toEqual([
				`Org Phones: "${SALES}" isn't the number of an org phone. Periskope lists no phone with a number`,
			]);
		}
	});

	it('is rejected with five phones named, and the others counted', () => {
		const many = Array.from({ length: 1007 }, (_, n) => phone(`44770090${1000 + n}`, `Team ${n}`));
		const named = [0, 1, 2, 3, 4].map((n) => `Team ${n} (44770090${1000 + n})`).join(', ');
		expect(checked([SALES], listed(...many))).toEqual([
			`Org Phones: "${SALES}" isn't the number of an org phone. The organization has: ${named} and 1,002 more`,
		]);
	});
});

describe('a name', () => {
	it.each<[string, string, string]>([
		['as it is', 'Sales India', 'Sales India'],
		['in another case', 'Sales India', 'sALES iNDIA'],
		['with blanks around it', 'Sales India', ' Sales India\t'],
		['with more blanks in it', 'Sales India', 'Sales  \u00a0 India'],
		['with blanks around it in Periskope', ' Sales  India ', 'Sales India'],
		['with hidden characters around it', 'Sales India', '\u200bSales India\ufeff'],
		['in full width', 'Sales India', 'Ｓａｌｅｓ　Ｉｎｄｉａ'],
		['with a curly apostrophe', "Ben's phone", 'Ben\u2019s phone'],
		['with another hyphen', 'Sales-EU', 'Sales\u2011EU'],
		['with letters in parts', 'Zürich', 'Zu\u0308rich'],
		['with an emoji in colour', '❤ Sales', '❤\ufe0f Sales'],
		['with a ligature', 'Office', 'O\ufb03ce'],
		['that every object has', '__proto__', '__PROTO__'],
		['that is a constructor', 'constructor', 'constructor'],
		['of a few digits', '12', '12'],
	])('stands for its number: %s', (_, name, written) => {
		expect(checked([written], listed(phone(SALES, name), phone(SUPPORT, 'Other')))).toEqual([
			SALES,
		]);
	});

	it('stands for its number in any case, whatever the name', () => {
		const name = fc
			.stringMatching(/^[A-Za-z][A-Za-z0-9 .&/-]{0,20}$/)
			.filter((text) => text.trim() !== '');
		const blanks = fc.stringMatching(/^[ \t\u00a0\u200b]{0,2}$/);
		fc.assert(
			fc.property(
				name.chain((text) => fc.tuple(fc.constant(text), fc.mixedCase(fc.constant(text)))),
				blanks,
				([own, written], around) => {
					const phones = listed(phone(SALES, own), phone(SUPPORT, '\u{1f600}'));
					expect(checked([around + written + around], phones)).toEqual([SALES]);
				},
			),
		);
	});

	it('stands for its number on each of several phones, in the order of the cell', () => {
		expect(checked(['support', 'SALES INDIA'])).toEqual([SUPPORT, SALES]);
	});

	it('stands for the number once where the number is in the cell too', () => {
		expect(checked(['Sales India', SALES, 'sales india'])).toEqual([SALES]);
	});

	it.each<[string, string]>([
		['Suport', `Closest: Support (${SUPPORT})`],
		['Support1', `Closest: Support (${SUPPORT})`],
		['Spuport', `Closest: Support (${SUPPORT})`],
		['Zupport', `Closest: Support (${SUPPORT})`],
		['Sales Indya', `Closest: Sales India (${SALES})`],
		['Sales', `The organization has: Sales India (${SALES}), Support (${SUPPORT})`],
		['Marketing', `The organization has: Sales India (${SALES}), Support (${SUPPORT})`],
		['S', `The organization has: Sales India (${SALES}), Support (${SUPPORT})`],
	])('is rejected where no phone has it, with what is close: %s', (written, advice) => {
		expect(checked([written])).toEqual([
			`Org Phones: "${written}" isn't the number or name of an org phone. ${advice}`,
		]);
	});

	it('stands for its phone as messages write it, with its number; not with that of another', () => {
		expect(checked([`sales india (${SALES})`, `Support (${SUPPORT})`])).toEqual([SALES, SUPPORT]);
		expect(checked([`Support (${SALES})`])).toEqual([
			expect.stringContaining(`"Support (${SALES})" isn't the number or name of an org phone`),
		]);
	});

	it('is rejected where several phones have it, with their numbers', () => {
		const phones = listed(phone(SALES, 'Sales'), phone(SUPPORT, ' sales '), phone('4930123456'));
		expect(checked(['SALES'], phones)).toEqual([
			`Org Phones: "SALES" is the name of several org phones. Use one number: ${SALES}, ${SUPPORT}`,
		]);
		expect(checked([SUPPORT], phones)).toEqual([SUPPORT]);
	});

	it('is not of several phones where one is listed twice', () => {
		expect(checked(['Sales'], listed(phone(SALES, 'Sales'), phone(SALES, 'SALES')))).toEqual([
			SALES,
		]);
	});

	it('that nobody can see stands for no phone without a name', () => {
		for (const name of [null, '', '\ufe0f']) {
			expect(checked(['\ufe0f'], listed(phone(SALES, name)))).toEqual([
				expect.stringContaining("isn't the number or name of an org phone"),
			]);
		}
	});

	it('counts no phone without a number', () => {
		const phones = listed(phone(null, 'Sales'), phone(SALES, 'Sales'), phone('12', 'Sales'));
		expect(checked(['Sales'], phones)).toEqual([SALES]);
	});

	it('shows nothing that is hidden in the name of a phone', () => {
		const [problem] = checked(['x'], listed(phone(SALES, 'Sa\u202eles<b>\n')));
		expect(problem).toBe(
			`Org Phones: "x" isn't the number or name of an org phone. The organization has: Sa\\u{202e}les‹b› (${SALES})`,
		);
	});
});

describe('org phones that cannot be looked up', () => {
	const failure: Failure = {
		what: 'Periskope is temporarily unavailable',
		advice: 'Not shown here.',
		reason: 'unavailable',
		applied: 'no',
		details: { httpCode: '503' },
	};
	const failed: OrgPhones = { kind: 'failed', failure };

	it('stay as they are where they are numbers', () => {
		const numbers = fc.uniqueArray(fc.stringMatching(/^\d{7,15}$/), { minLength: 1 });
		fc.assert(
			fc.property(numbers, (entries) => {
				expect(checked(entries, failed)).toEqual(entries);
			}),
		);
	});

	it.each(['Sales', '12', '1234567890123456'])(
		'are rejected where they are names, with the reason that the list has: %s',
		(name) => {
			expect(checked([SALES, name], failed)).toEqual([
				`Org Phones: "${name}" can't be looked up, because the organization's phones couldn't be read. Periskope is temporarily unavailable`,
			]);
		},
	);
});

describe('checkOrgPhones', () => {
	it('rejects a row with every problem of its org phones, and its emails', () => {
		const row = { ...rowWith([SALES, '4930123456', 'Nobody'], 3), rowNumber: 7 };
		const [checkedRow] = checkOrgPhones([row], TWO);
		expect(checkedRow).toEqual({
			kind: 'unreadable',
			index: 3,
			rowNumber: 7,
			options: row.options,
			emails: ['asha@x.co'],
			problems: [
				expect.stringMatching(/^Org Phones: "4930123456" isn't the number of an org phone\./),
				expect.stringMatching(/^Org Phones: "Nobody" isn't the number or name of an org phone\./),
			],
		});
	});

	it('adds the problems of org phones to those of a row that cannot be read already', () => {
		const row = {
			...unreadable(0, ['asha@x.co'], ["'Labels' is empty"]),
			orgPhones: [SALES, '4930123456'],
		};
		expect(checkOrgPhones([row], TWO)).toEqual([
			{
				...row,
				problems: [
					"'Labels' is empty",
					expect.stringMatching(/^Org Phones: "4930123456" isn't the number of an org phone\./),
				],
			},
		]);
	});

	it('changes nothing else of a row, and no row that sets no org phones', () => {
		const rows: ReadRow[] = [
			readable(0, { emails: ['a@x.co'], labels: ['Sales'], orgPhones: ['support'] }),
			readable(1, { emails: ['b@x.co'], labels: ['Sales'] }),
			rowWith(null, 2),
			unreadable(3, [], ["'Emails' is empty"]),
			{ ...unreadable(4, ['e@x.co'], ["'Labels' is empty"]), orgPhones: [] },
		];
		const [first, ...others] = checkOrgPhones(rows, TWO);
		expect(first).toEqual(
			readable(0, { emails: ['a@x.co'], labels: ['Sales'], orgPhones: [SUPPORT] }),
		);
		expect(others).toEqual(rows.slice(1));
		expect(rows[0]).toMatchObject({ change: { orgPhones: ['support'] } });
	});

	it('gives rows that share a list one list again, as thousands may', () => {
		const list = ['support', SALES];
		const [one, other] = checkOrgPhones([rowWith(list), rowWith(list, 1)], TWO);
		const listOf = (row: ReadRow | undefined) =>
			row?.kind === 'change' ? row.change.orgPhones : undefined;
		expect(listOf(one)).toEqual([SUPPORT, SALES]);
		expect(listOf(other)).toBe(listOf(one));
	});

	it('makes rows agree that give a phone by its name and by its number', () => {
		const rows = checkOrgPhones([rowWith(['Support']), rowWith([SUPPORT], 1)], TWO);
		const plan = planRows(
			rows,
			{ dryRun: false, duplicateEmails: 'fail' },
			{ batchSize: 100, max: { members: Infinity, option: 'maxMembers' } },
		);
		expect(plan.rejected.size).toBe(0);
		expect(plan.requests).toEqual([
			{ emails: ['asha@x.co'], rows: [0], access: { orgPhones: [SUPPORT] } },
		]);
	});

	it('leaves only numbers of the organization, each once, or rejects the row', () => {
		const entry = fc.oneof(
			fc.constantFrom(SALES, SUPPORT, 'sales india', 'SUPPORT', '918527184401', 'Suport'),
			fc.string({ minLength: 1 }),
			fc.stringMatching(/^\d{7,15}$/),
		);
		const phones = fc.array(
			fc
				.tuple(
					fc.constantFrom(SALES, SUPPORT, '4930123456', null),
					fc.constantFrom('Sales India', 'Support', 'support', '', null),
				)
				.map(([number, name]) => phone(number, name)),
		);
		fc.assert(
			fc.property(fc.array(entry, { minLength: 1 }), phones, (entries, known) => {
				const [row] = checkOrgPhones([rowWith(entries)], listed(...known));
				const numbers = known.map(({ org_phone }) => org_phone?.replace('@c.us', ''));
				if (row?.kind === 'change') {
					const set = row.change.orgPhones ?? [];
					expect(set.length).toBeGreaterThan(0);
					expect(new Set(set).size).toBe(set.length);
					for (const number of set) expect(numbers).toContain(number);
				} else {
					expect(row?.problems.length).toBeGreaterThan(0);
					for (const problem of row?.problems ?? []) {
						expect(problem).toMatch(/^Org Phones: "[^\p{Cc}\p{Cs}]*[^.]$/u);
					}
				}
			}),
		);
	});
});

describe('setsOrgPhones', () => {
	it.each<[string, boolean, ReadRow[]]>([
		['no row', false, []],
		['a row that keeps them', false, [readable(0, { emails: ['a@x.co'], labels: ['Sales'] })]],
		['a row that sends null', false, [rowWith(null)]],
		['a row that cannot be read', false, [unreadable(0, ['a@x.co'], ['Bad'])]],
		['a row that sets them', true, [rowWith([SALES])]],
		['a row among others', true, [rowWith(null), rowWith(['Sales'], 1)]],
		[
			'a row that sets them and cannot be read',
			true,
			[{ ...unreadable(0, ['a@x.co'], ['Bad']), orgPhones: ['Sales'] }],
		],
	])('says whether the list is needed, for %s: %s', (_, isNeeded, rows) => {
		expect(setsOrgPhones(rows)).toBe(isNeeded);
	});
});

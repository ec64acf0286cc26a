import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { OrgPhones } from '../../../nodes/Periskope/api/orgPhones';
import { matchPlan } from '../../../nodes/Periskope/match/matchMembers';
import { matchRows } from '../../../nodes/Periskope/match/matchRows';
import { DEFAULTS, type DuplicateEmails } from '../../../nodes/Periskope/options';
import { itemsFrom } from '../../../nodes/Periskope/output/items';
import { checkOrgPhones } from '../../../nodes/Periskope/plan/checkOrgPhones';
import { planRows } from '../../../nodes/Periskope/plan/planRows';
import { valuesFrom } from '../../../nodes/Periskope/read/fieldValues';
import { readMemberRow } from '../../../nodes/Periskope/read/memberRow';
import type { ReadRow } from '../../../nodes/Periskope/read/readRows';
import { DELETE } from '../../../nodes/Periskope/resources/member/delete';
import { INVITE } from '../../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';
import type { MemberOperation } from '../../../nodes/Periskope/runOperation';
import { duplicateEmails } from '../plan/sheet';

type Cells = Record<string, unknown>;

const PHONES: OrgPhones = {
	kind: 'phones',
	phones: [
		{ org_phone: '918527184400@c.us', phone_name: 'Sales, India', wa_state: null },
		{ org_phone: '14155550123@c.us', phone_name: '12', wa_state: null },
	],
};

/** A dry run over these rows, as far as it is about them: what it would send, and its items. */
function dryRun(operation: MemberOperation, rows: readonly Cells[], handling: DuplicateEmails) {
	const read = rows.map((cells, index): ReadRow => ({
		...readMemberRow(
			(name) => cells[name],
			operation,
			'fail',
			(field, cell) => valuesFrom(field, cell, undefined, true),
		),
		index,
		options: DEFAULTS,
	}));
	const checked = checkOrgPhones(read, PHONES);
	const plan = planRows(
		checked,
		{ dryRun: true, duplicateEmails: handling },
		{ batchSize: operation === DELETE ? 1 : 3, max: { members: Infinity, option: 'maxMembers' } },
	);
	const results = matchRows(checked, plan, matchPlan(plan.requests), operation.messages);
	return {
		// No email is in two of them, so their order doesn't matter.
		requests: new Map(plan.requests.map(({ emails, access }) => [emails.join(), access])),
		items: itemsFrom(results, operation).map(({ json }) => json),
	};
}

/** The rows that the items are for a node whose parameters are columns of the same names. */
const fedBack = (items: ReadonlyArray<Record<string, unknown>>): Cells[] =>
	items
		.filter(({ dryRun: isPlanned }) => isPlanned === true)
		.map(({ email, ...columns }) => ({ ...columns, request: undefined, emails: email }));

const SEPARATORS_AND_LISTS = [
	'Sales, EU',
	'VIP; North',
	'a\nb',
	'["Sales"]',
	'[2024]',
	'[VIP]',
	'"Big" ones',
	"'90s",
	'❤\ufe0f',
	'Zu\u0308rich',
	'2024',
	'1,234',
	'null',
	'__proto__',
];
const label = fc.oneof(
	fc.constantFrom('Sales', 'sales', 'VIP', 'North'),
	fc.constantFrom(...SEPARATORS_AND_LISTS),
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
);
const labels = fc.oneof(
	fc.array(label, { minLength: 1, maxLength: 3 }),
	fc.array(label, { minLength: 1, maxLength: 3 }).map((list) => list.join('; ')),
);
const orgPhones = fc.oneof(
	fc.uniqueArray(
		fc.constantFrom('Sales, India', '12', 12, 918527184400, '+1 415 555-0123', '918527184400@c.us'),
		{ minLength: 1 },
	),
	fc.constantFrom('12, 918527184400', '0091 85271 84400', '12'),
);
const FEW = ['a@x.co', 'A@x.co', 'b@x.co', 'Ben <c@x.co>', 'mailto:d@x.co'];
const emails = fc.oneof(
	fc.array(fc.constantFrom(...FEW), { minLength: 1, maxLength: 3 }),
	fc.array(
		fc
			.stringMatching(/^[a-z][\w!#$%&'*+/=?^`{|}~-]{0,4}(?:\.[\w'*/|{}]{1,3})?$/)
			.map((name) => `${name}@x.co`),
		{ minLength: 1, maxLength: 3 },
	),
	fc.array(fc.constantFrom(...FEW.slice(0, 3)), { minLength: 1 }).map((list) => list.join(', ')),
);
const rowsOf = (modes: readonly string[], roles: readonly string[]) =>
	fc.array(
		fc.record({
			emails,
			role: fc.constantFrom(...roles),
			labelsMode: fc.constantFrom(...modes),
			labels,
			orgPhonesMode: fc.constantFrom(...modes),
			orgPhones,
		}),
		{ minLength: 1, maxLength: 6 },
	);

describe('the items of a dry run, fed back in', () => {
	it.each<[string, MemberOperation, string[]]>([
		['updateAccess', UPDATE_ACCESS, ['set', 'set', 'Keep', ' clear']],
		['invite', INVITE, ['set', 'SET', 'all']],
		['delete', DELETE, ['set']],
	])('ask for exactly the same requests: %s', (_, operation, modes) => {
		let planned = 0;
		fc.assert(
			fc.property(
				rowsOf(modes, ['member', 'Member', 'admin']),
				duplicateEmails,
				(rows, handling) => {
					const first = dryRun(operation, rows, handling);
					const again = dryRun(operation, fedBack(first.items), handling);
					expect(again.requests).toEqual(first.requests);
					expect(fedBack(again.items)).toEqual(fedBack(first.items));
					planned += first.requests.size;
				},
			),
		);
		// Or there was nothing to compare.
		expect(planned).toBeGreaterThan(0);
	});

	it.each<[string, MemberOperation, Cells, Cells]>([
		[
			'lists',
			UPDATE_ACCESS,
			{ labelsMode: 'set', labels: 'Sales, VIP', orgPhonesMode: 'set', orgPhones: '12' },
			{
				labelsMode: 'set',
				labels: ['Sales', 'VIP'],
				orgPhonesMode: 'set',
				orgPhones: ['14155550123'],
			},
		],
		[
			'null and no change',
			UPDATE_ACCESS,
			{ labelsMode: 'clear', orgPhonesMode: 'keep' },
			{ labelsMode: 'clear', labels: null, orgPhonesMode: 'keep' },
		],
		[
			'access to all, for a member',
			INVITE,
			{ role: 'MEMBER', labelsMode: 'all', orgPhonesMode: 'set', orgPhones: '12' },
			{
				role: 'member',
				labelsMode: 'all',
				labels: null,
				orgPhonesMode: 'set',
				orgPhones: ['14155550123'],
			},
		],
		[
			'no access of an admin, who has all',
			INVITE,
			{ role: 'admin', labelsMode: 'set', labels: 'Sales', orgPhonesMode: 'all' },
			{ role: 'admin' },
		],
		['nothing but the email', DELETE, { labelsMode: 'set' }, {}],
	])('have the shape of the parameters: %s', (_, operation, cells, columns) => {
		const { items } = dryRun(operation, [{ emails: 'Asha@x.co', ...cells }], 'fail');
		expect(items).toStrictEqual([{ email: 'Asha@x.co', ...columns, request: 1, dryRun: true }]);
	});
});

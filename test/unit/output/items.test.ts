import { describe, expect, it } from '@jest/globals';
import type { INode } from 'n8n-workflow';

import type { Member } from '../../../nodes/Periskope/api/member';
import type { DoneResult, RowResult } from '../../../nodes/Periskope/match/matchRows';
import type { Access } from '../../../nodes/Periskope/model';
import {
	hasErrorOutput,
	itemsFrom,
	itemsOfFailedRun,
	type ItemForm,
} from '../../../nodes/Periskope/output/items';
import { DELETE } from '../../../nodes/Periskope/resources/member/delete';
import { INVITE } from '../../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';
import type { FailureDetails, RowId } from '../../../nodes/Periskope/rowFailure';

const itemsOf = (results: readonly RowResult[], marksFailed?: boolean) =>
	itemsFrom(results, UPDATE_ACCESS, marksFailed);

const full = (
	row: number,
	member: Member,
	more: Partial<DoneResult & { row: RowId }> = {},
): RowResult => ({
	row: { index: row },
	kind: 'done',
	email: member.email,
	simplify: false,
	member,
	access: {},
	differences: [],
	details: {},
	...more,
});
const DETAILS: FailureDetails = { reason: 'invalidRow', applied: 'no' };

describe('an item', () => {
	it.each<[string, Partial<DoneResult & { row: RowId }>, object, object]>([
		[
			'holds what the response holds',
			{},
			{ org_phones: ['1@c.us', null] },
			{ orgPhones: ['1', null] },
		],
		[
			'keeps a null',
			{},
			{ org_phones: null, is_active: null },
			{ orgPhones: null, is_active: null },
		],
		['keeps what is no list', {}, { org_phones: 'x' }, { orgPhones: 'x' }],
		['has no field of its own', {}, { extra: 1, is_owner: true, preferences: {} }, {}],
		[
			'names labels that were requested and are confirmed',
			{ access: { labels: ['Sales'] } },
			{ label_ids: ['label-1'] },
			{ labels: ['Sales'], label_ids: ['label-1'] },
		],
		[
			'has labels as null where null was requested and is confirmed',
			{ access: { labels: null } },
			{ label_ids: [] },
			{ labels: null, label_ids: [] },
		],
		[
			'leaves out labels that were not requested',
			{ access: { orgPhones: ['1'] } },
			{ label_ids: ['label-1'], org_phones: ['1@c.us'] },
			{ orgPhones: ['1'], label_ids: ['label-1'] },
		],
		['leaves out labels that were not returned', { access: { labels: ['Sales'] } }, {}, {}],
		[
			'leaves out labels that differ, and says what the row wants to know',
			{
				access: { labels: ['Sales'] },
				differences: [{ field: 'labels', what: 'Labels: 1 requested, 2 returned' }],
				accessMismatch: 'They differ.',
			},
			{ label_ids: ['label-1', 'label-2'] },
			{ label_ids: ['label-1', 'label-2'], accessMismatch: 'They differ.' },
		],
		[
			'names labels where only the org phones differ',
			{
				access: { labels: ['Sales'] },
				differences: [{ field: 'orgPhones', what: 'Org Phones: 1 not returned' }],
			},
			{ label_ids: ['label-1'], org_phones: [] },
			{ labels: ['Sales'], label_ids: ['label-1'], orgPhones: [] },
		],
		[
			'has the email as the row spells it, and the number of the row',
			{ email: 'A@b.co', row: { index: 2, rowNumber: 14 } },
			{ email: 'a@b.co' },
			{ email: 'A@b.co', row_number: 14 },
		],
	])('that is simplified %s', (_, result, member, json) => {
		const items = itemsOf([full(2, { email: 'a@b.co', ...member }, { simplify: true, ...result })]);
		expect(items).toEqual([
			{ json: { email: 'a@b.co', updated: true, ...json }, pairedItem: { item: 2 } },
		]);
	});

	it.each<[string, ItemForm, object]>([
		['updateAccess', UPDATE_ACCESS, { email: 'a@b.co', is_owner: null }],
		['invite', INVITE, { email: 'a@b.co', is_owner: null }],
		['delete', DELETE, { email: 'a@b.co', deleted: true }],
	])('is the member as Periskope returned it where %s returns members', (_, form, json) => {
		const result = full(0, { email: 'a@b.co', is_owner: null });
		expect(itemsFrom([result], form)).toEqual([{ json, pairedItem: { item: 0 } }]);
	});

	it('says what differs beside all that was returned, where the row wants to know', () => {
		const result = full(0, { email: 'a@b.co', x: [1] }, { accessMismatch: 'They differ.' });
		expect(itemsOf([result])[0]?.json).toEqual({
			email: 'a@b.co',
			x: [1],
			accessMismatch: 'They differ.',
		});
	});

	it('is not shared between two rows of one member', () => {
		const member = { email: 'a@b.co' };
		const [first, second] = itemsOf([full(0, member), full(1, member)]);
		expect(first?.json).toEqual(second?.json);
		expect(first?.json).not.toBe(second?.json);
	});

	it('names the row alone where the row has no readable email', () => {
		const result: RowResult = {
			row: { index: 0 },
			kind: 'failed',
			failure: { row: 0, what: "'Emails' is empty", advice: 'Fill it in.', details: DETAILS },
		};
		expect(itemsOf([result])).toEqual([
			{
				json: { error: "Row 1: 'Emails' is empty.", message: 'Fill it in.', details: DETAILS },
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each<[string, ItemForm, Access, object]>([
		[
			'updateAccess',
			UPDATE_ACCESS,
			{ labels: null },
			{ updated: false, labelsMode: 'clear', labels: null, orgPhonesMode: 'keep' },
		],
		[
			'invite',
			INVITE,
			{ role: 'member', labels: null, orgPhones: ['1'] },
			{
				invited: false,
				role: 'member',
				labelsMode: 'all',
				labels: null,
				orgPhonesMode: 'set',
				orgPhones: ['1'],
			},
		],
		['invite of an admin', INVITE, { role: 'admin' }, { invited: false, role: 'admin' }],
		['delete', DELETE, {}, { deleted: false }],
	])('says of a missing member what it was to have: %s', (_, form, access, json) => {
		const result: RowResult = {
			row: { index: 0, rowNumber: 3 },
			kind: 'notReturned',
			email: 'a@b.co',
			reason: 'Not there',
			access,
			missingMembers: 'report',
		};
		expect(itemsFrom([result], form)).toEqual([
			{
				json: { email: 'a@b.co', reason: 'Not there', row_number: 3, ...json },
				pairedItem: { item: 0 },
			},
		]);
	});
});

describe('an error item', () => {
	const failed: RowResult = {
		row: { index: 0 },
		kind: 'failed',
		failure: { row: 0, what: "'Emails' is empty", advice: 'Fill it in.', details: DETAILS },
	};

	it('is marked for the error output, where there is one, and a copy of it is not', () => {
		const [item] = itemsOf([failed], true);
		expect(item?.error).toBeTruthy();
		expect({ ...item }).not.toHaveProperty('error');
	});

	it('is not marked where there is none, or n8n would leave its message alone', () => {
		expect(itemsOf([failed], false)[0]?.error).toBeUndefined();
		expect(itemsOf([failed])[0]?.error).toBeUndefined();
	});

	it('is the only kind of item that is marked', () => {
		const results = [full(0, { email: 'a@b.co' }), failed, full(2, { email: 'c@b.co' })];
		expect(itemsOf(results, true).map(({ error }) => error !== undefined)).toEqual([
			false,
			true,
			false,
		]);
	});

	it('is one short line, with no hidden characters', () => {
		const email = `a@b.co\n\u202e${'x'.repeat(20_000)}`;
		const failure = { row: 0, what: 'No', advice: 'Wait.', details: { email, ...DETAILS } };
		const [item] = itemsOf([{ row: { index: 0 }, kind: 'failed', failure }]);
		expect(item?.json.error).toMatch(/^Row 1, a@b\.co\\u\{a\}\\u\{202e\}x{10,60}…: No\.$/);
		expect(item?.json.details).toEqual({ email, ...DETAILS });
	});
});

describe('items', () => {
	const details: FailureDetails = {
		email: 'a@b.co',
		row_number: 9,
		reason: 'rejected',
		applied: 'no',
		httpCode: '422',
		code: 'VALIDATION_ERROR',
		fields: { labels: { message: 'm' } },
		traceId: 't',
	};
	const missing = {
		kind: 'notReturned' as const,
		reason: 'Not there',
		access: { labels: ['Sales'], orgPhones: null },
	};
	const results: RowResult[] = [
		full(0, { email: 'a@b.co', new_field: [1] }),
		{ ...missing, row: { index: 0 }, email: 'b@b.co', missingMembers: 'report' },
		{ ...missing, row: { index: 1 }, email: 'c@b.co', missingMembers: 'ignore' },
		{
			row: { index: 4, rowNumber: 8 },
			kind: 'planned',
			email: 'A@b.co',
			access: { labels: null },
			request: 3,
		},
		{
			row: { index: 5, rowNumber: 9 },
			kind: 'failed',
			failure: { row: 5, what: 'No', advice: 'Wait.', details },
		},
	];

	it('are in the order of the results, each linked to one row, without an ignored member', () => {
		expect(itemsOf(results).map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 4, 5].map((item) => ({ item })),
		);
	});

	it('hold the member as it was returned, a missing one and why, and what would be sent', () => {
		const [member, notReturned, planned] = itemsOf(results).map(({ json }) => json);
		expect(member).toEqual({ email: 'a@b.co', new_field: [1] });
		expect(notReturned).toEqual({
			email: 'b@b.co',
			updated: false,
			reason: 'Not there',
			labelsMode: 'set',
			labels: ['Sales'],
			orgPhonesMode: 'clear',
			orgPhones: null,
		});
		expect(planned).toEqual({
			email: 'A@b.co',
			labelsMode: 'clear',
			labels: null,
			orgPhonesMode: 'keep',
			request: 3,
			row_number: 8,
			dryRun: true,
		});
	});

	it('hold of a failure the three keys that n8n sends to the error output, and no other', () => {
		const failed = itemsOf(results).at(-1);
		expect(failed).toEqual({
			json: { error: 'Row 9, a@b.co: No.', message: 'Wait.', details },
			pairedItem: { item: 5 },
		});
		expect(Object.keys(failed ?? {}).sort()).toEqual(['json', 'pairedItem']);
	});

	it.each<[string, (row: number, access: { labels: string[] }) => RowResult]>([
		[
			'of a dry run',
			(row, access) => ({
				row: { index: row },
				kind: 'planned',
				email: `m${row}@b.co`,
				access,
				request: 1,
			}),
		],
		[
			'of missing members',
			(row, access) => ({
				...missing,
				row: { index: row },
				email: `m${row}@b.co`,
				access,
				missingMembers: 'report',
			}),
		],
	])('%s share no list that a later node could change', (_, resultOf) => {
		const access = { labels: ['Sales'] };
		const [first, second] = itemsOf([resultOf(0, access), resultOf(1, access)]);
		expect(first?.json.labels).toEqual(['Sales']);
		expect(first?.json.labels).toEqual(second?.json.labels);
		expect(first?.json.labels).not.toBe(second?.json.labels);
		expect(first?.json.labels).not.toBe(access.labels);
	});

	it('keep a "__proto__" key of a member, also where two rows share the member', () => {
		const member = JSON.parse('{"email":"a@b.co","__proto__":{"polluted":1}}') as { email: string };
		for (const { json } of itemsOf([full(0, member), full(1, member)])) {
			expect(JSON.stringify(json)).toBe('{"email":"a@b.co","__proto__":{"polluted":1}}');
			expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
		}
		expect('polluted' in {}).toBe(false);
	});
});

describe('the items of a run that failed as a whole', () => {
	const failure = { what: 'The credential is missing', advice: 'Choose one.' };

	it('are one for each row, each linked to its row and with the same reason', () => {
		expect(itemsOfFailedRun(2, failure, DETAILS, false)).toEqual(
			[0, 1].map((row) => ({
				json: {
					error: `Row ${row + 1}: The credential is missing.`,
					message: 'Choose one.',
					details: DETAILS,
				},
				pairedItem: { item: row },
			})),
		);
		expect(itemsOfFailedRun(0, failure, DETAILS, false)).toEqual([]);
	});

	it.each([true, false])('are marked if and only if the node has an error output: %s', (has) => {
		const items = itemsOfFailedRun(3, failure, DETAILS, has);
		expect(items.map(({ error }) => error !== undefined)).toEqual([has, has, has]);
	});
});

describe('the error output', () => {
	const node: INode = {
		id: '1',
		name: 'Periskope',
		type: 'n8n-nodes-periskope.periskope',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};

	it.each<[INode['onError'], boolean]>([
		['continueErrorOutput', true],
		['continueRegularOutput', false],
		['stopWorkflow', false],
	])('exists with On Error set to %s: %s', (onError, exists) => {
		expect(hasErrorOutput({ ...node, ...(onError && { onError }) })).toBe(exists);
	});

	it('does not exist where On Error is not set', () => {
		expect(hasErrorOutput(node)).toBe(false);
	});
});

import { describe, expect, it } from '@jest/globals';
import type { INode } from 'n8n-workflow';

import type { Member } from '../../../nodes/Periskope/api/member';
import type { RowResult } from '../../../nodes/Periskope/match/matchRows';
import type { OperationMessages } from '../../../nodes/Periskope/operationMessages';
import { hasErrorOutput, itemsFrom, itemsOfFailedRun } from '../../../nodes/Periskope/output/items';
import { DELETE } from '../../../nodes/Periskope/resources/member/delete';
import { INVITE } from '../../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';

const itemsOf = (results: readonly RowResult[], marksFailed?: boolean) =>
	itemsFrom(results, UPDATE_ACCESS.messages, marksFailed);

const full = (row: number, member: Member): RowResult => ({
	row,
	kind: 'done',
	output: 'full',
	member,
});

describe('an item', () => {
	it('has every field when simplified, null where Periskope has none', () => {
		const result: RowResult = {
			row: 2,
			kind: 'done',
			output: 'simplified',
			member: { email: 'a@b.co', org_phones: ['1@c.us', null], extra: 1 },
		};
		expect(itemsOf([result])).toEqual([
			{
				json: {
					email: 'a@b.co',
					member_name: null,
					role: null,
					is_active: null,
					is_owner: null,
					label_ids: null,
					org_phones: ['1', null],
				},
				pairedItem: { item: 2 },
			},
		]);
	});

	it('is not shared between two rows of one member', () => {
		const member = { email: 'a@b.co' };
		const [first, second] = itemsOf([full(0, member), full(1, member)]);
		expect(first?.json).toEqual(second?.json);
		expect(first?.json).not.toBe(second?.json);
	});

	it('names the row alone where the row has no readable email', () => {
		const result: RowResult = {
			row: 0,
			kind: 'failed',
			failure: { row: 0, what: 'Emails is empty', advice: 'Fill it in.', details: {} },
		};
		expect(itemsOf([result])).toEqual([
			{
				json: { error: 'Row 1: Emails is empty.', message: 'Fill it in.', details: {} },
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each<[string, OperationMessages, string]>([
		['updateAccess', UPDATE_ACCESS.messages, 'updated'],
		['invite', INVITE.messages, 'invited'],
		['delete', DELETE.messages, 'deleted'],
	])('says of a missing member what %s did not do', (_, messages, field) => {
		const result: RowResult = {
			row: 0,
			kind: 'notReturned',
			email: 'a@b.co',
			reason: 'Not there',
			access: {},
			missingMembers: 'report',
		};
		expect(itemsFrom([result], messages)).toEqual([
			{
				json: { email: 'a@b.co', [field]: false, reason: 'Not there' },
				pairedItem: { item: 0 },
			},
		]);
	});
});

describe('an error item', () => {
	const failed: RowResult = {
		row: 0,
		kind: 'failed',
		failure: { row: 0, what: 'Emails is empty', advice: 'Fill it in.', details: {} },
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
		const failure = { row: 0, what: 'No', advice: 'Wait.', details: { email } };
		const [item] = itemsOf([{ row: 0, kind: 'failed', failure }]);
		expect(item?.json.error).toMatch(/^Row 1, a@b\.co\\u\{a\}\\u\{202e\}x{10,60}…: No\.$/);
		expect(item?.json.details).toEqual({ email });
	});
});

describe('items', () => {
	const details = {
		email: 'a@b.co',
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
		{ ...missing, row: 0, email: 'b@b.co', missingMembers: 'report' },
		{ ...missing, row: 1, email: 'c@b.co', missingMembers: 'ignore' },
		{ row: 4, kind: 'planned', email: 'A@b.co', access: { labels: null }, request: 3 },
		{ row: 5, kind: 'failed', failure: { row: 5, what: 'No', advice: 'Wait.', details } },
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
			labels: ['Sales'],
			orgPhones: null,
		});
		expect(planned).toEqual({ email: 'A@b.co', labels: null, request: 3, dryRun: true });
	});

	it('hold of a failure the three keys that n8n sends to the error output, and no other', () => {
		const failed = itemsOf(results).at(-1);
		expect(failed).toEqual({
			json: { error: 'Row 6, a@b.co: No.', message: 'Wait.', details },
			pairedItem: { item: 5 },
		});
		expect(Object.keys(failed ?? {}).sort()).toEqual(['json', 'pairedItem']);
	});

	it.each<[string, (row: number, access: { labels: string[] }) => RowResult]>([
		[
			'of a dry run',
			(row, access) => ({ row, kind: 'planned', email: `m${row}@b.co`, access, request: 1 }),
		],
		[
			'of missing members',
			(row, access) => ({
				...missing,
				row,
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
		expect(itemsOfFailedRun(2, failure, false)).toEqual(
			[0, 1].map((row) => ({
				json: {
					error: `Row ${row + 1}: The credential is missing.`,
					message: 'Choose one.',
					details: {},
				},
				pairedItem: { item: row },
			})),
		);
		expect(itemsOfFailedRun(0, failure, false)).toEqual([]);
	});

	it.each([true, false])('are marked if and only if the node has an error output: %s', (has) => {
		const items = itemsOfFailedRun(3, failure, has);
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

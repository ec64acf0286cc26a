import { describe, expect, it } from '@jest/globals';

import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import type { RowAnswer } from '../../nodes/Periskope/steps/4-settle/answerRows';
import { itemsFrom } from '../../nodes/Periskope/steps/5-items/items';
import { checkOption, ROW_OPTIONS, RUN_OPTIONS } from '../../nodes/Periskope/steps/1-read/options';

describe('an item', () => {
	it('simplified has every field, null where Periskope has none', () => {
		const answer: RowAnswer = {
			row: 2,
			kind: 'member',
			output: 'simplified',
			member: { email: 'a@b.co', org_phones: ['1@c.us', null], extra: 1 },
		};
		expect(itemsFrom([answer], UPDATE_ACCESS.words)).toEqual([
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

	it('of a member on two rows is not shared between them', () => {
		const member = { email: 'a@b.co' };
		const answers = [0, 1].map((row): RowAnswer => ({
			row,
			kind: 'member',
			output: 'full',
			member,
		}));
		const [first, second] = itemsFrom(answers, UPDATE_ACCESS.words);
		expect(first?.json).toEqual(second?.json);
		expect(first?.json).not.toBe(second?.json);
	});

	it('of a row without a readable email names the row alone', () => {
		const answer: RowAnswer = {
			row: 0,
			kind: 'failed',
			failure: { row: 0, what: 'Emails is empty', advice: 'Fill it in.', details: {} },
		};
		expect(itemsFrom([answer], UPDATE_ACCESS.words)).toEqual([
			{
				json: { error: 'Row 1: Emails is empty.', message: 'Fill it in.', details: {} },
				pairedItem: { item: 0 },
			},
		]);
	});
});

describe('an error item', () => {
	const failed: RowAnswer = {
		row: 0,
		kind: 'failed',
		failure: { row: 0, what: 'Emails is empty', advice: 'Fill it in.', details: {} },
	};

	it('is marked for the error branch, where there is one, and the mark is left behind there', () => {
		const [item] = itemsFrom([failed], UPDATE_ACCESS.words, true);
		expect(item?.error).toBeTruthy();
		expect({ ...item }).not.toHaveProperty('error');
	});

	it('is not marked where there is none, or n8n would leave its message alone', () => {
		expect(itemsFrom([failed], UPDATE_ACCESS.words, false)[0]?.error).toBeUndefined();
	});

	it('is one short line, with nothing hidden in it', () => {
		const email = `a@b.co\n\u202e${'x'.repeat(20_000)}`;
		const failure = { row: 0, what: 'No', advice: 'Wait.', details: { email } };
		const [item] = itemsFrom([{ row: 0, kind: 'failed', failure }], UPDATE_ACCESS.words);
		expect(item?.json.error).toMatch(/^Row 1, a@b\.co\\u\{a\}\\u\{202e\}x{10,60}…: No\.$/);
		expect(item?.json.details).toEqual({ email });
	});
});

describe('an option', () => {
	it.each([
		[RUN_OPTIONS.batchSize, '50', 50],
		[RUN_OPTIONS.batchSize, 1000, 1000],
		[RUN_OPTIONS.timeout, '0.5', 0.5],
		[ROW_OPTIONS.dryRun, 'TRUE', true],
		[ROW_OPTIONS.dryRun, ' false ', false],
		[ROW_OPTIONS.missingMembers, 'report', 'report'],
	])('%# takes %j', (spec, given, value) => {
		expect(checkOption<unknown>(spec, given)).toEqual({ value });
	});

	it.each([
		[RUN_OPTIONS.batchSize, 0, 'Batch Size is "0"; it takes a whole number from 1 to 1000'],
		[RUN_OPTIONS.batchSize, 1.5, 'Batch Size is "1.5"'],
		[RUN_OPTIONS.batchSize, true, 'Batch Size is "true"'],
		[RUN_OPTIONS.batchSize, {}, 'Batch Size is an object'],
		[RUN_OPTIONS.concurrentRequests, 11, 'Concurrent Requests is "11"'],
		[ROW_OPTIONS.dryRun, '', 'Dry Run is empty; it takes true or false'],
		[ROW_OPTIONS.dryRun, 'yes', 'Dry Run is "yes"'],
		[ROW_OPTIONS.dryRun, 1, 'Dry Run is "1"'],
		[ROW_OPTIONS.emptyLists, 'Fail', 'Empty Lists is "Fail"; it takes fail, keep'],
	])('%# refuses %j', (spec, given, problem) => {
		expect(checkOption<unknown>(spec, given).problem).toContain(problem);
	});
});

describe('items', () => {
	const request = { emails: ['A@b.co'], rows: [4], access: { labels: null } };
	const details = {
		email: 'a@b.co',
		httpCode: '422',
		code: 'VALIDATION_ERROR',
		fields: { labels: { message: 'm' } },
		traceId: 't',
	};
	const GONE = { reason: 'Not there', access: { labels: ['Sales'], orgPhones: null } };
	const answers: RowAnswer[] = [
		{ row: 0, kind: 'member', output: 'full', member: { email: 'a@b.co', new_field: [1] } },
		{ row: 0, kind: 'missing', missing: { ...GONE, email: 'b@b.co' }, missingMembers: 'report' },
		{ row: 1, kind: 'missing', missing: { ...GONE, email: 'c@b.co' }, missingMembers: 'ignore' },
		{ row: 4, kind: 'planned', planned: { email: 'A@b.co', request, number: 3 } },
		{ row: 5, kind: 'failed', failure: { row: 5, what: 'No', advice: 'Wait.', details } },
	];

	it('go by the answers, each linked to one row, and leave an ignored member out', () => {
		expect(itemsFrom(answers, UPDATE_ACCESS.words).map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 4, 5].map((item) => ({ item })),
		);
	});

	it('hold the member as it came, what is missing and why, and what would be sent', () => {
		const [member, missing, planned] = itemsFrom(answers, UPDATE_ACCESS.words).map(
			({ json }) => json,
		);
		expect(member).toEqual({ email: 'a@b.co', new_field: [1] });
		expect(missing).toEqual({
			email: 'b@b.co',
			updated: false,
			reason: 'Not there',
			labels: ['Sales'],
			orgPhones: null,
		});
		expect(planned).toEqual({ email: 'A@b.co', labels: null, request: 3, dryRun: true });
	});

	it('of a failure hold the three keys that n8n sends to the error branch, and no other', () => {
		const failed = itemsFrom(answers, UPDATE_ACCESS.words).at(-1);
		expect(failed).toEqual({
			json: { error: 'Row 6, a@b.co: No.', message: 'Wait.', details },
			pairedItem: { item: 5 },
		});
		expect(Object.keys(failed ?? {}).sort()).toEqual(['json', 'pairedItem']);
	});

	it('of a dry run share no list that a node after this one could write on', () => {
		const shared = { emails: ['a@b.co', 'c@d.co'], rows: [0, 1], access: { labels: ['Sales'] } };
		const [first, second] = itemsFrom(
			shared.emails.map((email, row): RowAnswer => ({
				row,
				kind: 'planned',
				planned: { email, request: shared, number: 1 },
			})),
			UPDATE_ACCESS.words,
		);
		expect(first?.json.labels).toEqual(second?.json.labels);
		expect(first?.json.labels).not.toBe(second?.json.labels);
		expect(first?.json.labels).not.toBe(shared.access.labels);
	});

	it('keep a "__proto__" key of a member, also where two rows share the member', () => {
		const member = JSON.parse('{"email":"a@b.co","__proto__":{"polluted":1}}') as { email: string };
		const twice = [0, 1].map((row): RowAnswer => ({ row, kind: 'member', output: 'full', member }));
		for (const { json } of itemsFrom(twice, UPDATE_ACCESS.words)) {
			expect(JSON.stringify(json)).toBe('{"email":"a@b.co","__proto__":{"polluted":1}}');
			expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
		}
		expect('polluted' in {}).toBe(false);
	});
});

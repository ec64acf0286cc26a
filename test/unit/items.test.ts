import { describe, expect, it } from '@jest/globals';

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
		expect(itemsFrom([answer])).toEqual([
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
		const [first, second] = itemsFrom(answers);
		expect(first?.json).toEqual(second?.json);
		expect(first?.json).not.toBe(second?.json);
	});

	it('of a row without a readable email names the row alone', () => {
		const answer: RowAnswer = {
			row: 0,
			kind: 'failed',
			failure: { row: 0, what: 'Emails is empty', advice: 'Fill it in.', details: {} },
		};
		expect(itemsFrom([answer])).toEqual([
			{
				json: { error: 'Row 1: Emails is empty.', message: 'Fill it in.', details: {} },
				pairedItem: { item: 0 },
			},
		]);
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

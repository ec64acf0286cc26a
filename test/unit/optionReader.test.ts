import { describe, expect, it } from '@jest/globals';

import { INVITE } from '../../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import { offeredOptions } from '../../nodes/Periskope/steps/1-read/readRows';
import { agreedOptions, optionReader } from '../../nodes/Periskope/steps/1-read/optionReader';
import { RUN_OPTIONS } from '../../nodes/Periskope/steps/1-read/options';
import type { ReaderOf } from '../../nodes/Periskope/steps/1-read/rowParameters';

/** A workflow's options: a list gives a value to each row, as an expression would. */
function optionsOf(given: Record<string, unknown>, asked: string[] = []): ReaderOf {
	return (name, fallback) => {
		const value = name in given ? given[name] : fallback;
		return {
			fixed: !Array.isArray(value),
			at: (row) => {
				asked.push(`${name} ${row}`);
				return Array.isArray(value) ? (value as unknown[])[row] : value;
			},
		};
	};
}
const FALLBACKS = {
	batchSize: 100,
	concurrentRequests: 4,
	duplicateEmails: 'fail',
	maxDeletions: 10,
	maxRetries: 5,
	timeout: 60,
};

describe('options', () => {
	it('have their fallbacks where the workflow holds none', () => {
		expect(optionReader(RUN_OPTIONS, optionsOf({}))(3)).toEqual({
			values: FALLBACKS,
			problems: [],
		});
	});

	it('without an expression are read once for all rows', () => {
		const asked: string[] = [];
		const read = optionReader(RUN_OPTIONS, optionsOf({ 'options.batchSize': '7' }, asked));
		expect([0, 1, 2].map((row) => read(row).values.batchSize)).toEqual([7, 7, 7]);
		expect(asked.filter((one) => one.startsWith('options.batchSize'))).toHaveLength(1);
	});

	it('with an expression are read on each row, with everything that is wrong there', () => {
		const read = optionReader(
			RUN_OPTIONS,
			optionsOf({ 'options.batchSize': [7, 0, 9], 'options.timeout': [1, 'x', 2] }),
		);
		expect(read(0)).toEqual({ values: { ...FALLBACKS, batchSize: 7, timeout: 1 }, problems: [] });
		expect(read(1).problems).toEqual([
			'Batch Size is "0"; it takes a whole number from 1 to 1000',
			'Timeout is "x"; it takes seconds from 0.1 to 3600',
		]);
		expect(read(2).values).toEqual({ ...FALLBACKS, batchSize: 9, timeout: 2 });
	});
});

describe('options of the run', () => {
	const agreed = (given: Record<string, unknown>) =>
		agreedOptions(RUN_OPTIONS, optionReader(RUN_OPTIONS, optionsOf(given)));

	it('are those of the first row that reads well', () => {
		const options = agreed({ 'options.batchSize': ['x', 7, 7] });
		const problems = [0, 1, 2].map((row) => options.problemsOn(row));
		expect(problems).toEqual([[expect.stringContaining('Batch Size is "x"')], [], []]);
		expect(options.values()).toEqual({ ...FALLBACKS, batchSize: 7 });
	});

	it('that differ on a later row are a problem of that row, which names both', () => {
		const options = agreed({
			'options.duplicateEmails': ['merge', 'merge', 'lastRow'],
			'options.timeout': [1, 1, 2],
		});
		expect([0, 1, 2].map((row) => options.problemsOn(row))).toEqual([
			[],
			[],
			[
				'Duplicate Emails is lastRow here and merge on row 1; it has to be the same on all rows',
				'Timeout is 2 here and 1 on row 1; it has to be the same on all rows',
			],
		]);
	});

	it('agree where they say the same in text and in numbers', () => {
		const options = agreed({ 'options.batchSize': [50, '50', ' 50 '] });
		expect([0, 1, 2].flatMap((row) => options.problemsOn(row))).toEqual([]);
	});

	it('are none where no row reads well', () => {
		const options = agreed({ 'options.batchSize': [0, 'x'] });
		options.problemsOn(0);
		options.problemsOn(1);
		expect(options.values()).toBeUndefined();
	});
});

describe('an option that the workflow still holds from another operation', () => {
	it('is at its default, and never read', () => {
		const held: ReaderOf = () => ({ fixed: true, at: () => 'keep' });
		const emptyLists = (form: typeof INVITE) =>
			offeredOptions(form, held)('options.emptyLists', 'fail').at(0);
		expect(emptyLists(INVITE)).toBe('fail');
		expect(emptyLists(UPDATE_ACCESS)).toBe('keep');
	});
});

import { describe, expect, it } from '@jest/globals';

import {
	choicesOf,
	DEFAULTS,
	hasOption,
	OPTION_NAMES,
	OPTIONS,
	optionOf,
	type OperationName,
	type OptionName,
} from '../../nodes/Periskope/options';

const OPERATIONS: readonly OperationName[] = ['delete', 'invite', 'updateAccess'];

describe('the options', () => {
	it('are sorted by their labels, each of which is on one option alone', () => {
		const labels = OPTION_NAMES.map((name) => optionOf(name).label);
		expect(labels).toEqual([...labels].sort());
		expect(new Set(labels).size).toBe(labels.length);
	});

	it.each<[OperationName, OptionName[]]>([
		[
			'delete',
			['concurrentRequests', 'dryRun', 'maxDeletions', 'maxRetries', 'missingMembers', 'timeout'],
		],
		[
			'invite',
			[
				'batchSize',
				'concurrentRequests',
				'dryRun',
				'duplicateEmails',
				'maxRetries',
				'missingMembers',
				'output',
				'timeout',
			],
		],
		[
			'updateAccess',
			[
				'batchSize',
				'concurrentRequests',
				'dryRun',
				'duplicateEmails',
				'emptyLists',
				'maxRetries',
				'missingMembers',
				'output',
				'timeout',
			],
		],
	])('of %s are those that it reads', (operation, names) => {
		expect(OPTION_NAMES.filter((name) => hasOption(operation, name))).toEqual(names);
	});

	it('all belong to an operation', () => {
		for (const name of OPTION_NAMES) expect(OPTIONS[name].operations.length).toBeGreaterThan(0);
	});

	it('are of the run, except for three that each row may set for itself', () => {
		expect(OPTION_NAMES.filter((name) => optionOf(name).scope === 'row')).toEqual([
			'emptyLists',
			'missingMembers',
			'output',
		]);
	});

	it('have defaults', () => {
		expect(DEFAULTS).toEqual({
			batchSize: 100,
			concurrentRequests: 4,
			dryRun: false,
			duplicateEmails: 'fail',
			emptyLists: 'fail',
			maxDeletions: 10,
			maxRetries: 5,
			missingMembers: 'fail',
			output: 'full',
			timeout: 60,
		});
	});

	it.each(OPTION_NAMES)('accept their own default: %s', (name) => {
		const option = optionOf(name);
		if (option.type === 'number') {
			expect(option.default).toBeGreaterThanOrEqual(option.min);
			expect(option.default).toBeLessThanOrEqual(option.max);
		}
		if (option.type === 'options') {
			for (const operation of option.operations) {
				const values = choicesOf(option, operation).map(({ value }) => value);
				expect(values).toContain(option.default);
			}
		}
	});
});

describe('choicesOf', () => {
	it('lists the choices as the editor shows them', () => {
		expect(choicesOf(OPTIONS.output, 'invite')).toEqual([
			{ name: 'Full', value: 'full', description: 'The member as Periskope returned it' },
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'Email, name, role, status, label IDs, and org phones as digits',
			},
		]);
	});

	it.each<[OperationName, string[]]>([
		['delete', ['fail', 'report']],
		['invite', ['fail', 'ignore', 'report']],
		['updateAccess', ['fail', 'ignore', 'report']],
	])('lists for Missing Members of %s: %j', (operation, values) => {
		const choices = choicesOf(OPTIONS.missingMembers, operation);
		expect(choices.map(({ value }) => value)).toEqual(values);
	});

	it.each(OPERATIONS)('sorts the choices of every option of %s by name', (operation) => {
		for (const name of OPTION_NAMES) {
			const option = optionOf(name);
			if (option.type !== 'options' || !hasOption(operation, name)) continue;
			const names = choicesOf(option, operation).map((choice) => choice.name);
			expect(names).toEqual([...names].sort());
		}
	});

	it('has no choices of an option that differ in case alone, as case does not count', () => {
		for (const name of OPTION_NAMES) {
			const option = optionOf(name);
			if (option.type !== 'options') continue;
			const folded = Object.keys(option.choices).map((value) => value.toLowerCase());
			expect(new Set(folded).size).toBe(folded.length);
		}
	});
});

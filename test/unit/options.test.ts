import { describe, expect, it } from '@jest/globals';

import {
	choicesOf,
	DEFAULTS,
	defaultOf,
	hasOption,
	OPTION_NAMES,
	OPTIONS,
	optionOf,
	type OperationName,
	type OptionName,
} from '../../nodes/Periskope/options';

const OPERATIONS: readonly OperationName[] = ['delete', 'getAll', 'invite', 'updateAccess'];

describe('the options', () => {
	it('are sorted by their labels, each of which is on one option alone', () => {
		const labels = OPTION_NAMES.map((name) => optionOf(name).label);
		expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
		expect(new Set(labels).size).toBe(labels.length);
	});

	it.each<[OperationName, OptionName[]]>([
		[
			'delete',
			['concurrentRequests', 'dryRun', 'maxDeletions', 'maxRetries', 'timeout', 'missingMembers'],
		],
		[
			'invite',
			[
				'allowedDomains',
				'batchSize',
				'checkOrgPhones',
				'concurrentRequests',
				'dryRun',
				'maxMembers',
				'maxRetries',
				'simplify',
				'timeout',
				'missingMembers',
				'accessMismatch',
				'duplicateEmails',
			],
		],
		[
			'updateAccess',
			[
				'allowedDomains',
				'batchSize',
				'checkOrgPhones',
				'concurrentRequests',
				'dryRun',
				'maxMembers',
				'maxRetries',
				'simplify',
				'timeout',
				'emptyLists',
				'missingMembers',
				'accessMismatch',
				'duplicateEmails',
			],
		],
		['getAll', ['simplify']],
	])('of %s are those that it reads', (operation, names) => {
		expect(OPTION_NAMES.filter((name) => hasOption(operation, name))).toEqual(names);
	});

	it('of a tool leave out what a model has no use for', () => {
		const ofTool = (operation: OperationName) =>
			OPTION_NAMES.filter((name) => hasOption(operation, name, true));
		const sending = ['concurrentRequests', 'dryRun'];
		expect(ofTool('delete')).toEqual([...sending, 'maxDeletions', 'maxRetries', 'timeout']);
		const ofAccess = ['allowedDomains', 'batchSize', 'checkOrgPhones', ...sending];
		for (const operation of ['invite', 'updateAccess'] as const) {
			expect(ofTool(operation)).toEqual([...ofAccess, 'maxMembers', 'maxRetries', 'timeout']);
		}
		expect(ofTool('getAll')).toEqual([]);
	});

	it('of a tool are a dry run and keep what an empty list is for, unless they say otherwise', () => {
		const different = OPTION_NAMES.filter(
			(name) => defaultOf(optionOf(name), true) !== defaultOf(optionOf(name)),
		);
		expect(different.map((name) => [name, defaultOf(optionOf(name), true)])).toEqual([
			['dryRun', true],
			['emptyLists', 'keep'],
		]);
	});

	it('all belong to an operation', () => {
		for (const name of OPTION_NAMES) expect(OPTIONS[name].operations.length).toBeGreaterThan(0);
	});

	it('are of the run, except for four that each row may set for itself', () => {
		expect(OPTION_NAMES.filter((name) => optionOf(name).scope === 'row')).toEqual([
			'simplify',
			'emptyLists',
			'missingMembers',
			'accessMismatch',
		]);
	});

	it('limit neither members nor domains unless they are added, with what the editor then proposes', () => {
		expect(OPTIONS.maxMembers).toMatchObject({ default: 100, hasNoLimitUnlessAdded: true });
		expect(OPTIONS.allowedDomains).toMatchObject({ default: '' });
		const others = OPTION_NAMES.filter(
			(name) => name !== 'maxMembers' && name !== 'allowedDomains',
		);
		for (const name of others) expect(DEFAULTS[name]).toBe(optionOf(name).default);
	});

	it('have defaults', () => {
		expect(DEFAULTS).toEqual({
			accessMismatch: 'fail',
			allowedDomains: '*',
			batchSize: 100,
			checkOrgPhones: true,
			concurrentRequests: 4,
			dryRun: false,
			duplicateEmails: 'fail',
			emptyLists: 'fail',
			maxDeletions: 10,
			maxMembers: Infinity,
			maxRetries: 5,
			missingMembers: 'fail',
			simplify: false,
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
		expect(choicesOf(OPTIONS.emptyLists, 'updateAccess')).toEqual([
			{
				name: 'Fail',
				value: 'fail',
				description: 'Reject the row, so that a blank cell never changes access',
			},
			{
				name: 'Keep Unchanged',
				value: 'keep',
				description: "Don't send this field for the row",
			},
		]);
	});

	it.each<[OperationName, string[]]>([
		['delete', ['fail', 'report']],
		['invite', ['fail', 'ignore', 'report']],
		['updateAccess', ['fail', 'ignore', 'report']],
	])('lists for missing members of %s: %j', (operation, values) => {
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

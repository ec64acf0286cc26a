import { describe, expect, it } from '@jest/globals';

import {
	DEFAULTS,
	OPTIONS,
	OPTION_NAMES,
	optionOf,
	type OperationName,
	type OptionName,
	type OptionValues,
} from '../../../nodes/Periskope/options';
import type { ParameterReader } from '../../../nodes/Periskope/read/parameters';
import { AgreedOptions, optionReader } from '../../../nodes/Periskope/read/readOptions';

type Given = Partial<Record<OptionName, unknown>>;

/** A workflow's options: a list gives a value to each row, as an expression would. */
function workflowWith(given: Given, evaluated: string[] = []): ParameterReader {
	const values = new Map<string, unknown>(
		Object.entries(given).map(([name, value]) => [`options.${name}`, value]),
	);
	return (name, fallback) => {
		const value = values.has(name) ? values.get(name) : fallback;
		const perRow: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
		return {
			isFixed: perRow === undefined,
			at: (row) => {
				evaluated.push(`${name} ${row}`);
				return perRow ? perRow[row] : value;
			},
		};
	};
}

describe('optionReader', () => {
	it.each<OperationName>(['delete', 'getAll', 'invite', 'updateAccess'])(
		'gives the defaults of all options where the workflow holds none, for %s',
		(operation) => {
			expect(optionReader(operation, workflowWith({}))(3)).toEqual({
				values: DEFAULTS,
				problems: new Map(),
			});
		},
	);

	it('gives a tool no default of its own for an option that the operation does not have', () => {
		for (const operation of ['delete', 'getAll', 'invite', 'updateAccess'] as const) {
			const { values } = optionReader(operation, workflowWith({}), true)(0);
			const others = OPTION_NAMES.filter((name) => !optionOf(name).operations.includes(operation));
			for (const name of others) expect([name, values[name]]).toEqual([name, DEFAULTS[name]]);
		}
	});

	it('reads options without an expression once for all rows', () => {
		const evaluated: string[] = [];
		const read = optionReader('updateAccess', workflowWith({ batchSize: '7' }, evaluated));
		expect([0, 1, 2].map((row) => read(row).values.batchSize)).toEqual([7, 7, 7]);
		expect(evaluated.filter((one) => one.startsWith('options.batchSize'))).toHaveLength(1);
		expect(read(2)).toBe(read(0));
	});

	it('reads options on each row where one has an expression, with every problem there', () => {
		const read = optionReader(
			'updateAccess',
			workflowWith({ batchSize: [7, 0, 9], timeout: [1, 'x', 2], simplify: 'TRUE' }),
		);
		const fixed = { ...DEFAULTS, simplify: true };
		expect(read(0)).toEqual({
			values: { ...fixed, batchSize: 7, timeout: 1 },
			problems: new Map(),
		});
		expect(read(1)).toEqual({
			values: fixed,
			problems: new Map([
				['batchSize', `'Batch Size' must be a whole number from 1 to 1000, not "0"`],
				['timeout', `'Timeout (Seconds)' must be seconds from 0.1 to 3600, not "x"`],
			]),
		});
		expect(read(2).values).toEqual({ ...fixed, batchSize: 9, timeout: 2 });
	});

	it('gives the problems of options without an expression on every row', () => {
		const read = optionReader('updateAccess', workflowWith({ emptyLists: 'kep' }));
		for (const row of [0, 1]) {
			expect([...read(row).problems.values()]).toEqual([
				`'When a List Is Empty' must be fail or keep, not "kep"`,
			]);
		}
	});

	it('rejects a choice that the operation does not have', () => {
		const held = workflowWith({ missingMembers: 'ignore' });
		expect(optionReader('delete', held)(0)).toEqual({
			values: DEFAULTS,
			problems: new Map([
				['missingMembers', `'When a Member Isn't Returned' must be fail or report, not "ignore"`],
			]),
		});
		expect(optionReader('invite', held)(0)).toEqual({
			values: { ...DEFAULTS, missingMembers: 'ignore' },
			problems: new Map(),
		});
	});

	it.each<[OperationName, OptionName[]]>([
		[
			'delete',
			[
				'accessMismatch',
				'allowedDomains',
				'batchSize',
				'checkOrgPhones',
				'duplicateEmails',
				'emptyLists',
				'maxMembers',
				'simplify',
			],
		],
		['getAll', OPTION_NAMES.filter((name) => name !== 'simplify')],
		['invite', ['emptyLists', 'maxDeletions']],
		['updateAccess', ['maxDeletions']],
	])(
		'gives the default of options that %s does not have, and never reads them',
		(operation, names) => {
			const read: string[] = [];
			const held: ParameterReader = (name, fallback) => {
				read.push(name);
				return { isFixed: true, at: () => fallback };
			};
			const others = OPTION_NAMES.filter((name) => !names.includes(name));
			optionReader(operation, held);
			expect(read).toEqual(others.map((name) => `options.${name}`));

			const wrong = Object.fromEntries(names.map((name) => [name, ['?', '?']]));
			expect(optionReader(operation, workflowWith(wrong))(1)).toEqual({
				values: DEFAULTS,
				problems: new Map(),
			});
		},
	);

	it('ignores an option that Update Access had before the operation was changed to Invite', () => {
		const held = workflowWith({ emptyLists: 'keep' });
		expect(optionReader('invite', held)(0).values.emptyLists).toBe('fail');
		expect(optionReader('updateAccess', held)(0).values.emptyLists).toBe('keep');
	});
});

/** Reads the options on so many rows, as a run does. */
function agree(given: Given, rows: number) {
	const read = optionReader('updateAccess', workflowWith(given));
	const agreed = new AgreedOptions();
	const problems = Array.from({ length: rows }, (_, row) => {
		const options = read(row);
		return [...options.problems.values(), ...agreed.differencesOn({ index: row }, options)];
	});
	return { problems, values: agreed.values };
}

describe('AgreedOptions', () => {
	it('takes the options of the first row that can be read', () => {
		const { problems, values } = agree({ batchSize: ['x', 7, 7] }, 3);
		expect(problems).toEqual([[expect.stringContaining("'Batch Size' must be")], [], []]);
		expect(values).toEqual({ ...DEFAULTS, batchSize: 7 });
	});

	it('rejects a later row that differs, and names both values and the first row', () => {
		const { problems, values } = agree(
			{ duplicateEmails: ['merge', 'merge', 'lastRow'], timeout: [1, 1, 2] },
			3,
		);
		expect(problems).toEqual([
			[],
			[],
			[
				"'Timeout (Seconds)' is 2 here and 1 on Row 1. It must be the same on all rows",
				"'When an Email Repeats' is lastRow here and merge on Row 1. It must be the same on all rows",
			],
		]);
		expect(values).toEqual({ ...DEFAULTS, duplicateEmails: 'merge', timeout: 1 });
	});

	it('compares with the first row that can be read, not with the row before', () => {
		const { problems } = agree({ batchSize: ['x', 7, 8, 7, 8] }, 5);
		const differs = "'Batch Size' is 8 here and 7 on Row 2. It must be the same on all rows";
		expect(problems.slice(1)).toEqual([[], [differs], [], [differs]]);
	});

	it.each([
		[true, false],
		[false, true],
	])('rejects a row whose Dry Run differs: %s, then %s', (first, second) => {
		const { problems, values } = agree({ dryRun: [first, second, first] }, 3);
		expect(problems).toEqual([
			[],
			[`'Dry Run' is ${second} here and ${first} on Row 1. It must be the same on all rows`],
			[],
		]);
		expect(values?.dryRun).toBe(first);
	});

	it('takes values that mean the same as the same, however they are written', () => {
		const { problems, values } = agree(
			{
				batchSize: [50, '50', ' 50 '],
				dryRun: [true, 'TRUE', ' true '],
				duplicateEmails: ['lastRow', 'LASTROW', ' lastrow '],
			},
			3,
		);
		expect(problems.flat()).toEqual([]);
		expect(values).toMatchObject({ batchSize: 50, dryRun: true, duplicateEmails: 'lastRow' });
	});

	it.each(OPTION_NAMES)(
		'rejects a row that differs only in options of the run, not of the row: %s',
		(name) => {
			const other: OptionValues = {
				accessMismatch: 'ignore',
				allowedDomains: 'acme.example',
				batchSize: 1,
				checkOrgPhones: false,
				concurrentRequests: 1,
				dryRun: true,
				duplicateEmails: 'merge',
				emptyLists: 'keep',
				maxDeletions: 1,
				maxMembers: 1,
				maxRetries: 1,
				missingMembers: 'report',
				simplify: true,
				timeout: 1,
			};
			const agreed = new AgreedOptions();
			const rowWith = (values: OptionValues) => ({
				values,
				problems: new Map<OptionName, string>(),
			});
			expect(agreed.differencesOn({ index: 0, rowNumber: 7 }, rowWith(DEFAULTS))).toEqual([]);
			const problems = agreed.differencesOn(
				{ index: 1 },
				rowWith({ ...DEFAULTS, [name]: other[name] }),
			);
			expect(problems).toEqual(
				['accessMismatch', 'emptyLists', 'missingMembers', 'simplify'].includes(name)
					? []
					: [
							`'${OPTIONS[name].label}' is ${other[name]} here and ${DEFAULTS[name]} on Row 7. It must be the same on all rows`,
						],
			);
		},
	);

	it('takes the options of the run from a row whose own options are wrong', () => {
		const { problems, values } = agree(
			{ simplify: ['ful', true, true], dryRun: [true, false, true] },
			3,
		);
		expect(values?.dryRun).toBe(true);
		expect(problems.map((found) => found.length)).toEqual([1, 1, 0]);
	});

	it.each<[OptionName, unknown, unknown]>([
		['checkOrgPhones', true, false],
		['dryRun', true, false],
		['maxDeletions', 5, 6],
		['maxMembers', 5, 6],
		['maxMembers', 5, 'x'],
		['dryRun', 'x', true],
		['batchSize', 5, 6],
		['timeout', 5, 'x'],
	])('says which option that keeps the run from doing harm is unclear: %s', (name, one, other) => {
		const read = optionReader(
			name === 'maxDeletions' ? 'delete' : 'invite',
			workflowWith({ [name]: [one, other] }),
		);
		const agreed = new AgreedOptions();
		for (const index of [0, 1]) agreed.differencesOn({ index }, read(index));
		expect(agreed.unclearOption).toBe(['batchSize', 'timeout'].includes(name) ? undefined : name);
	});

	it('has no values where the options of no row can be read', () => {
		expect(agree({ batchSize: [0, 'x'] }, 2).values).toBeUndefined();
		expect(agree({}, 0).values).toBeUndefined();
	});
});

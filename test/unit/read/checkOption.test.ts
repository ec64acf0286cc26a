import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	hasOption,
	OPTION_NAMES,
	optionOf,
	type OperationName,
	type OptionName,
} from '../../../nodes/Periskope/options';
import { checkOption } from '../../../nodes/Periskope/read/checkOption';

const check = (name: OptionName, given: unknown, operation: OperationName = 'updateAccess') =>
	checkOption(optionOf(name), operation, given);

/** What the message about each option says that it takes. */
const TAKES: Record<OptionName, string> = {
	accessMismatch: 'fail, ignore or report',
	batchSize: 'a whole number from 1 to 1000',
	allowedDomains: 'domains such as example.com, separated by commas',
	checkOrgPhones: 'true or false',
	concurrentRequests: 'a whole number from 1 to 10',
	dryRun: 'true or false',
	duplicateEmails: 'fail, merge or lastRow',
	emptyLists: 'fail or keep',
	maxDeletions: 'a whole number from 1 to 100000',
	maxMembers: 'a whole number from 1 to 100000',
	maxRetries: 'a whole number from 0 to 10',
	missingMembers: 'fail, ignore or report',
	simplify: 'true or false',
	timeout: 'seconds from 0.1 to 3600',
};
const takes = (operation: OperationName, name: OptionName) =>
	operation === 'delete' && name === 'missingMembers' ? 'fail or report' : TAKES[name];

const OPERATIONS: readonly OperationName[] = ['delete', 'invite', 'updateAccess'];
const ALL = OPERATIONS.flatMap((operation) =>
	// 'Allowed Domains' has no default to accept, and tests of its own.
	OPTION_NAMES.filter((name) => hasOption(operation, name) && name !== 'allowedDomains').map(
		(name) => ({ operation, name }),
	),
);

describe.each(ALL)('the option $name of $operation', ({ operation, name }) => {
	const { label, default: fallback } = optionOf(name);

	it('accepts its own default', () => {
		expect(check(name, fallback, operation)).toEqual({ value: fallback });
	});

	it.each([undefined, null, '', ' \u200b'])(
		'rejects the blank %j, and says what it takes',
		(given) => {
			expect(check(name, given, operation)).toEqual({
				value: fallback,
				problem: `'${label}' is empty. It must be ${takes(operation, name)}`,
			});
		},
	);

	it.each<[unknown, string]>([
		[{}, 'an object'],
		[[], 'an object'],
		[[fallback], 'an object'],
		[NaN, '"NaN"'],
		['no', '"no"'],
	])('rejects %j, names it %s, and says what it takes', (given, shown) => {
		expect(check(name, given, operation)).toEqual({
			value: fallback,
			problem: `'${label}' must be ${takes(operation, name)}, not ${shown}`,
		});
	});
});

/** Each option once, and missing members for each operation, as Delete takes less. */
const ONCE = ALL.filter(
	({ operation, name }) =>
		name === 'missingMembers' || OPERATIONS.findLast((one) => hasOption(one, name)) === operation,
);

describe.each(ONCE)('the option $name of $operation, given anything', ({ operation, name }) => {
	it('gives a valid value, and a problem where it replaces what was given', () => {
		const { label, default: fallback } = optionOf(name);
		const given = fc.oneof(
			fc.anything({ withBigInt: true, withNullPrototype: true }),
			fc.string(),
			fc.double(),
			fc.integer().map(String),
		);
		fc.assert(
			fc.property(given, (value) => {
				const checked = check(name, value, operation);
				expect(check(name, checked.value, operation)).toEqual({ value: checked.value });
				if (checked.problem === undefined) return;
				expect(checked.value).toBe(fallback);
				const what = checked.problem.replace(`must be ${takes(operation, name)}`, 'is wrong');
				expect(what).toMatch(/^'.+' (?:is wrong, not .+|is empty\. It .+)$/su);
				expect(checked.problem.startsWith(`'${label}' `)).toBe(true);
				expect(checked.problem).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
			}),
		);
	});
});

const WHOLE_NUMBERS: Array<[OptionName, number, number]> = [
	['batchSize', 1, 1000],
	['concurrentRequests', 1, 10],
	['maxDeletions', 1, 100_000],
	['maxMembers', 1, 100_000],
	['maxRetries', 0, 10],
];

describe.each(WHOLE_NUMBERS)('the number %s', (name, min, max) => {
	it(`accepts whole numbers from ${min} to ${max}, as a number or as text`, () => {
		expect(check(name, min)).toEqual({ value: min });
		expect(check(name, max)).toEqual({ value: max });
		fc.assert(
			fc.property(fc.integer({ min, max }), (number) => {
				expect(check(name, number)).toEqual({ value: number });
				expect(check(name, ` ${number} `)).toEqual({ value: number });
				expect(check(name, `${number}.00`)).toEqual({ value: number });
			}),
		);
	});

	it('rejects numbers beyond its limits, with decimals or in another notation', () => {
		const numbers = [min - 1, max + 1, min + 0.5, Infinity, -Infinity];
		const texts = ['1e0', '0x1', '+1', '1,0', '1_0', '١', `${min}px`, `-${max}`, 'Infinity'];
		for (const given of [...numbers, ...numbers.map(String), ...texts, true, [min], 1n]) {
			expect(check(name, given).problem).toContain(`' must be ${TAKES[name]}, not `);
		}
	});
});

describe('a number in text', () => {
	it('has up to nine digits, and up to nine decimals', () => {
		expect(check('timeout', '12.123456789')).toEqual({ value: 12.123456789 });
		expect(check('batchSize', '50.00')).toEqual({ value: 50 });
		expect(check('batchSize', '000000050')).toEqual({ value: 50 });
	});

	it.each(['2.', '2.1234567890', '0000000050', '.5', '1 0'])('is rejected as %j', (given) => {
		expect(check('timeout', given).problem).toMatch(/^'Timeout \(Seconds\)' must be .*, not "/);
		expect(check('timeout', given).problem).toContain(`"${given}"`);
	});
});

describe('the timeout', () => {
	it.each([
		[0.1, 0.1],
		['0.25', 0.25],
		['0.1', 0.1],
		[3600, 3600],
		['60', 60],
	])('may be %j', (given, value) => {
		expect(check('timeout', given)).toEqual({ value });
	});

	it.each([0, 0.09, 3600.1, -1, '-1', '1m', '.5'])('may not be %j', (given) => {
		expect(check('timeout', given)).toEqual({
			value: 60,
			problem: `'Timeout (Seconds)' must be seconds from 0.1 to 3600, not "${given}"`,
		});
	});
});

describe('Dry Run', () => {
	it.each([true, 'true', 'TRUE', ' True ', '\u200btrue\u200b'])('is on for %j', (given) => {
		expect(check('dryRun', given)).toEqual({ value: true });
	});

	it.each([false, 'false', 'FALSE', ' False\n'])('is off for %j', (given) => {
		expect(check('dryRun', given)).toEqual({ value: false });
	});

	it.each(['yes', 'no', 'ture', 'truee', '1', '0', 0, 1, 'on', 'off', 't', [true]])(
		'rejects %j, so that no typo decides whether something is sent',
		(given) => {
			expect(check('dryRun', given).problem).toMatch(/^'Dry Run' must be true or false, not .+$/);
		},
	);
});

const CHOICES: Array<[OperationName, OptionName, string[]]> = [
	['invite', 'duplicateEmails', ['fail', 'merge', 'lastRow']],
	['updateAccess', 'duplicateEmails', ['fail', 'merge', 'lastRow']],
	['updateAccess', 'emptyLists', ['fail', 'keep']],
	['delete', 'missingMembers', ['fail', 'report']],
	['invite', 'missingMembers', ['fail', 'ignore', 'report']],
	['updateAccess', 'missingMembers', ['fail', 'ignore', 'report']],
	['invite', 'accessMismatch', ['fail', 'ignore', 'report']],
	['updateAccess', 'accessMismatch', ['fail', 'ignore', 'report']],
];

describe.each(CHOICES)('a choice: for %s, the option %s', (operation, name, values) => {
	it('accepts its values in any case, with blanks around them', () => {
		const blanks = fc.stringMatching(/^[ \t\n\u00a0\u200b\ufeff]{0,3}$/);
		for (const value of values) {
			expect(check(name, value, operation)).toEqual({ value });
			fc.assert(
				fc.property(blanks, fc.mixedCase(fc.constant(value)), blanks, (before, text, after) => {
					expect(check(name, before + text + after, operation)).toEqual({ value });
				}),
			);
		}
	});

	it('rejects every typo of its values', () => {
		for (const value of values) {
			const texts = [`${value}s`, value.slice(1), value.slice(0, -1), value.split('').join(' ')];
			for (const typo of [...texts, `"${value}"`, values.join(','), `${value}.`, [value]]) {
				expect(check(name, typo, operation).problem).toContain(
					`' must be ${takes(operation, name)}, not `,
				);
			}
		}
	});

	it.each(['__proto__', 'constructor', 'toString'])(
		'rejects %s, which is a property of every object',
		(given) => {
			expect(check(name, given, operation).problem).toContain(`, not "${given}"`);
		},
	);
});

it('rejects for Delete to ignore missing members', () => {
	expect(check('missingMembers', 'ignore', 'delete')).toEqual({
		value: 'fail',
		problem: `'When a Member Isn't Returned' must be fail or report, not "ignore"`,
	});
});

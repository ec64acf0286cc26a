import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	checkOption,
	ROW_OPTIONS,
	RUN_OPTIONS,
	type OptionSpec,
} from '../../nodes/Periskope/steps/1-read/options';

const ALL = Object.entries<OptionSpec<unknown>>({ ...ROW_OPTIONS, ...RUN_OPTIONS });
const NUMBERS: Array<[keyof typeof RUN_OPTIONS, number, number]> = [
	['batchSize', 1, 1000],
	['concurrentRequests', 1, 10],
	['maxDeletions', 1, 100_000],
	['maxRetries', 0, 10],
];
const CHOICES: Array<[string, OptionSpec<unknown>, string[]]> = [
	['duplicateEmails', RUN_OPTIONS.duplicateEmails, ['fail', 'merge', 'lastRow']],
	['emptyLists', ROW_OPTIONS.emptyLists, ['fail', 'keep']],
	['missingMembers', ROW_OPTIONS.missingMembers, ['fail', 'report', 'ignore']],
	['output', ROW_OPTIONS.output, ['full', 'simplified']],
];

describe.each(ALL)('the option %s', (_, spec) => {
	it('takes its own fallback', () => {
		expect(checkOption(spec, spec.fallback)).toEqual({ value: spec.fallback });
	});

	it('gives a value that it takes, whatever it is given, and says when it is not that one', () => {
		const given = fc.oneof(
			fc.anything({ withBigInt: true, withNullPrototype: true }),
			fc.string(),
			fc.double(),
			fc.integer().map(String),
		);
		fc.assert(
			fc.property(given, (value) => {
				const checked = checkOption(spec, value);
				expect(checkOption(spec, checked.value)).toEqual({ value: checked.value });
				if (checked.problem === undefined) return;
				expect(checked.value).toBe(spec.fallback);
				expect(checked.problem.startsWith(`${spec.label} is `)).toBe(true);
				expect(checked.problem.endsWith(`; it takes ${spec.takes}`)).toBe(true);
				expect(checked.problem).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
			}),
		);
	});

	it.each([[undefined], [null], [''], [{}], [[]], [NaN]])('refuses %j', (given) => {
		expect(checkOption(spec, given).problem).toBeDefined();
	});
});

describe.each(NUMBERS)('the number %s', (name, min, max) => {
	const spec: OptionSpec<unknown> = RUN_OPTIONS[name];

	it(`is a whole number from ${min} to ${max}, as a number or as text`, () => {
		fc.assert(
			fc.property(fc.integer({ min, max }), (number) => {
				expect(checkOption(spec, number)).toEqual({ value: number });
				expect(checkOption(spec, ` ${number} `)).toEqual({ value: number });
			}),
		);
	});

	it('is refused outside of that, in parts, and in any other notation', () => {
		const refused = [min - 1, max + 1, min + 0.5, Infinity, true, '1e0', '0x1', '+1', '1,0', '١'];
		for (const given of [...refused, String(max + 1), String(min + 0.5), `${min}px`, [min]]) {
			expect(checkOption(spec, given).problem).toBeDefined();
		}
	});
});

describe.each(CHOICES)('the choice %s', (_, spec, values) => {
	it('takes its values as they are, and refuses each typo of them', () => {
		for (const value of values) {
			expect(checkOption(spec, value)).toEqual({ value });
			for (const typo of [value.toUpperCase(), ` ${value}`, `${value}s`, value.slice(1), [value]]) {
				expect(checkOption(spec, typo).problem).toContain(`it takes ${values.join(', ')}`);
			}
		}
	});

	it('takes no name that every object has', () => {
		for (const given of ['__proto__', 'constructor', 'toString']) {
			expect(checkOption(spec, given).problem).toContain(`"${given}"`);
		}
	});
});

describe('a timeout', () => {
	it.each([
		[0.1, 0.1],
		['0.25', 0.25],
		[3600, 3600],
		['60', 60],
	])('may be %j', (given, value) => {
		expect(checkOption(RUN_OPTIONS.timeout, given)).toEqual({ value });
	});

	it.each([0, 0.09, 3600.1, -1, '-1', '1m', '.5'])('may not be %j', (given) => {
		expect(checkOption(RUN_OPTIONS.timeout, given)).toEqual({
			value: 60,
			problem: `Timeout is "${given}"; it takes seconds from 0.1 to 3600`,
		});
	});
});

describe('a dry run', () => {
	it('is asked for by true alone, in text too, so that no typo sends or holds anything back', () => {
		for (const given of [true, 'true', 'TRUE', ' True ']) {
			expect(checkOption(ROW_OPTIONS.dryRun, given)).toEqual({ value: true });
		}
		for (const given of [false, 'false', 'FALSE']) {
			expect(checkOption(ROW_OPTIONS.dryRun, given)).toEqual({ value: false });
		}
		for (const given of ['yes', 'no', 'ture', '1', 0, 1, 'on']) {
			expect(checkOption(ROW_OPTIONS.dryRun, given).problem).toMatch(/^Dry Run is /);
		}
	});
});

describe('an option that is refused', () => {
	it.each<[OptionSpec<unknown>, unknown, string]>([
		[ROW_OPTIONS.dryRun, false, 'Dry Run is "no"; it takes true or false'],
		[ROW_OPTIONS.emptyLists, 'fail', 'Empty Lists is "no"; it takes fail, keep'],
		[ROW_OPTIONS.missingMembers, 'fail', 'Missing Members is "no"; it takes fail, report, ignore'],
		[ROW_OPTIONS.output, 'full', 'Output is "no"; it takes full, simplified'],
		[RUN_OPTIONS.batchSize, 100, 'Batch Size is "no"; it takes a whole number from 1 to 1000'],
		[
			RUN_OPTIONS.concurrentRequests,
			4,
			'Concurrent Requests is "no"; it takes a whole number from 1 to 10',
		],
		[
			RUN_OPTIONS.duplicateEmails,
			'fail',
			'Duplicate Emails is "no"; it takes fail, merge, lastRow',
		],
		[
			RUN_OPTIONS.maxDeletions,
			10,
			'Max Deletions is "no"; it takes a whole number from 1 to 100000',
		],
		[RUN_OPTIONS.maxRetries, 5, 'Max Retries is "no"; it takes a whole number from 0 to 10'],
		[RUN_OPTIONS.timeout, 60, 'Timeout is "no"; it takes seconds from 0.1 to 3600'],
	])('%# has its fallback, and is named with what it takes', (spec, value, problem) => {
		expect(checkOption(spec, 'no')).toEqual({ value, problem });
	});

	it.each([[undefined], [null], ['']])('is empty where nothing was given: %j', (given) => {
		expect(checkOption(RUN_OPTIONS.timeout, given).problem).toMatch(/^Timeout is empty; /);
	});

	it('is not quoted where it is an object', () => {
		expect(checkOption(RUN_OPTIONS.timeout, { s: 1 }).problem).toMatch(/^Timeout is an object; /);
	});

	it.each(['2.', '2.1234567890'])('is not read from text as a number like %s', (given) => {
		expect(checkOption(RUN_OPTIONS.timeout, given).problem).toContain(`Timeout is "${given}";`);
	});
});

describe('a number in text', () => {
	it('has up to nine decimals, and may have those of a whole number', () => {
		expect(checkOption(RUN_OPTIONS.timeout, '12.123456789')).toEqual({ value: 12.123456789 });
		expect(checkOption(RUN_OPTIONS.batchSize, '50.00')).toEqual({ value: 50 });
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	failRow,
	lineOf,
	nameOfFailedRow,
	rowName,
	type RowFailure,
	type RowId,
} from '../../nodes/Periskope/rowFailure';

const PROBLEM = { what: 'It failed', advice: 'Wait.' };
const INVALID = { reason: 'invalidRow', applied: 'no' } as const;

describe('the name of a row', () => {
	it.each<[RowId, string]>([
		[{ index: 0 }, 'Row 1'],
		[{ index: 41 }, 'Row 42'],
		[{ index: 0, rowNumber: undefined }, 'Row 1'],
		[{ index: 0, rowNumber: 7 }, 'Row 7'],
		[{ index: 5, rowNumber: 2 }, 'Row 2'],
		[{ index: 5, rowNumber: 0 }, 'Row 0'],
	])('is its number in the sheet, else it is counted from 1: %j is %s', (row, name) => {
		expect(rowName(row)).toBe(name);
		expect(nameOfFailedRow(failRow(row, PROBLEM, INVALID))).toBe(name);
	});

	it('is the same before and after the row failed', () => {
		const row = fc.record({ index: fc.nat(), rowNumber: fc.option(fc.nat(), { nil: undefined }) });
		fc.assert(
			fc.property(row, (id) => {
				expect(nameOfFailedRow(failRow(id, PROBLEM, INVALID))).toBe(rowName(id));
			}),
		);
	});
});

describe('failRow', () => {
	it('has what is known, and no key for anything else', () => {
		expect(failRow({ index: 3, rowNumber: undefined }, PROBLEM, INVALID)).toStrictEqual({
			row: 3,
			...PROBLEM,
			details: INVALID,
		});
		const problem = { ...PROBLEM, adviceForMany: 'Wait for all.', isHeldBack: true as const };
		const details = {
			email: 'a@x.co',
			reason: 'rejected' as const,
			applied: 'unknown' as const,
			httpCode: '422',
			code: 'E',
			fields: {},
			traceId: 't',
		};
		expect(failRow({ index: 3, rowNumber: 7 }, problem, details)).toStrictEqual({
			row: 3,
			...problem,
			details: { ...details, row_number: 7 },
		});
	});

	it('names the email and the row first in the details, and why it failed next', () => {
		const { details } = failRow({ index: 0, rowNumber: 7 }, PROBLEM, {
			httpCode: '422',
			...INVALID,
			email: 'a@x.co',
		});
		expect(Object.keys(details).slice(0, 2)).toEqual(['email', 'row_number']);
	});
});

describe('lineOf', () => {
	const failure = (what: string, email?: string, rowNumber?: number): RowFailure =>
		failRow(
			{ index: 1, rowNumber },
			{ what, advice: 'Wait.' },
			{ ...INVALID, ...(email !== undefined && { email }) },
		);

	it.each<[string, RowFailure, string]>([
		['a row alone', failure('It failed'), 'Row 2: It failed.'],
		['a row of a sheet', failure('It failed', undefined, 7), 'Row 7: It failed.'],
		['an email', failure('It failed', 'a@x.co'), 'Row 2, a@x.co: It failed.'],
		['an email of a sheet', failure('It failed', 'a@x.co', 7), 'Row 7, a@x.co: It failed.'],
		[
			'an email that the sentence begins with',
			failure('a@x.co is on Row 1 too', 'a@x.co'),
			'Row 2: a@x.co is on Row 1 too.',
		],
		[
			'an email that the sentence quotes',
			failure('Emails: "a@x.co" is wrong', 'a@x.co'),
			'Row 2: Emails: "a@x.co" is wrong.',
		],
		[
			'an email that is only part of another in the sentence',
			failure('a@x.com is on Row 1 too', 'a@x.co'),
			'Row 2, a@x.co: a@x.com is on Row 1 too.',
		],
		['an email that is empty', failure('It failed', ''), 'Row 2: It failed.'],
	])('is one sentence that names the email once: %s', (_, failed, line) => {
		expect(lineOf(failed)).toBe(line);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { OPERATION_VALUES, type OperationValue } from '../operations';
import { SEED_MEMBERS } from '../sandbox/seed';
import { sandboxed } from './sandboxed';

const UPDATE = {
	emails: '={{ $json.emails }}',
	labelsMode: '={{ $json.labelsMode }}',
	labels: '={{ $json.labels }}',
	orgPhonesMode: '={{ $json.orgPhonesMode }}',
	orgPhones: '={{ $json.phones }}',
	options: {
		duplicateEmails: 'lastRow',
		missingMembers: '={{ $json.missing }}',
		emptyLists: '={{ $json.empty }}',
	},
};
const INVITE = {
	...UPDATE,
	operation: 'invite',
	role: '={{ $json.role }}',
	labelsMode: '={{ $json.labelsMode === "clear" ? "all" : $json.labelsMode }}',
	orgPhonesMode: '={{ $json.orgPhonesMode === "clear" ? "all" : $json.orgPhonesMode }}',
};
const DELETE = {
	operation: 'delete',
	emails: '={{ $json.emails }}',
	options: {
		missingMembers: '={{ $json.missing === "ignore" ? "report" : $json.missing }}',
		maxDeletions: 10_000,
	},
};
/** Ten thousand rows and more in all. */
const CASES: Record<OperationValue, { parameters: INodeParameters; runs: number }> = {
	updateAccess: { parameters: UPDATE, runs: 60 },
	invite: { parameters: INVITE, runs: 25 },
	delete: { parameters: DELETE, runs: 25 },
};
const ROWS = 100;
/** An email for each row: one that can't be read holds back its emails on all rows. */
const EMAILS = Array.from(
	{ length: ROWS },
	(_, row) => SEED_MEMBERS[row] ?? `new.${row}@acme.example`,
);
const OWN_EMAIL = Symbol('the email of the row');

const good = fc.constantFrom<unknown>(
	'Sales',
	['VIP', 'North'],
	'918527184400',
	'+91 8527184401; 14155550123',
	918527184400,
);
const hostile = fc.oneof(
	fc.constantFrom<unknown>(
		'x'.repeat(20_000),
		` ${','.repeat(20_000)}`,
		'[[[[[',
		'["unclosed',
		'[{"__proto__":{"polluted":1}}]',
		'__proto__',
		'constructor',
		'toString',
		'{"__proto__":{"polluted":1}}',
		'\u202egro.live@nimda',
		'a\u200b@b.co',
		'\u0000',
		'a\u0000b',
		'\ud800',
		'a\udfff',
		'\ufeff',
		'=HYPERLINK("http://evil","x")',
		'=1+1',
		'+cmd|calc',
		'@SUM(A1)',
		'#N/A',
		'#REF!',
		'<script>alert(1)</script>',
		"'; DROP TABLE members; --",
		'${7*7}',
		'{{ $json }}',
		'../../phones/all',
		'null',
		'undefined',
		'NaN',
		'true',
		'9.18825E+11',
		'1e400',
		0,
		-1,
		1.5,
		1e21,
		true,
		false,
		null,
		[],
		[[]],
		[['a']],
		[null],
		{},
		{ a: 1 },
		{ length: 3 },
		['a', { b: 1 }],
		[true],
		'💥'.repeat(500),
		'\r\n\r\n',
		'a@b.co\r\nX-Evil: 1',
	),
	fc.string({ unit: 'binary', maxLength: 60 }),
	fc.string({ unit: 'grapheme', maxLength: 40 }),
	fc.array(fc.oneof(fc.string(), fc.integer(), fc.double()), { maxLength: 4 }),
	fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	fc.jsonValue(),
);
const cell = fc.oneof({ weight: 1, arbitrary: hostile }, { weight: 2, arbitrary: good });
const word = (...words: string[]) =>
	fc.oneof(
		{ weight: 8, arbitrary: fc.constantFrom<unknown>(...words) },
		{ weight: 1, arbitrary: hostile },
	);
const row = fc.record({
	emails: fc.oneof(
		{ weight: 1, arbitrary: hostile },
		{ weight: 3, arbitrary: fc.constant<unknown>(OWN_EMAIL) },
	),
	role: word('member', 'admin'),
	labelsMode: word('set', 'keep', 'clear'),
	labels: cell,
	orgPhonesMode: word('set', 'keep', 'clear'),
	phones: cell,
	missing: word('fail', 'report', 'ignore'),
	empty: word('fail', 'keep'),
});
const sheet = fc.array(row, { minLength: ROWS, maxLength: ROWS }).map((rows) =>
	rows.map((cells, index) => ({
		...cells,
		emails: cells.emails === OWN_EMAIL ? EMAILS[index] : cells.emails,
	})),
);

describe('hostile cells', () => {
	const test = sandboxed();

	it.each(OPERATION_VALUES)(
		'end as a clear message or the right request: %s',
		async (operation) => {
			const { parameters, runs } = CASES[operation];
			const least = 10 * runs;
			const outcomes = { done: 0, refused: 0 };
			await fc.assert(
				fc.asyncProperty(sheet, async (rows) => {
					const result = await test.engine.run(parameters, rows as IDataObject[], {
						settings: { onError: 'continueRegularOutput' },
					});
					expect(result.error).toBeUndefined();
					for (const { json, pairedItem } of result.items()) {
						expect(rows[(pairedItem as { item: number }).item]).toBeDefined();
						// Whoever is a member already was asked for rightly.
						const error = json.error as string | undefined;
						if (error?.endsWith(' is already a member.') ?? true) {
							outcomes.done += 1;
							continue;
						}
						outcomes.refused += 1;
						expect(Object.keys(json)).toEqual(['error', 'message', 'details']);
						expect(json.error).toMatch(/^Row \d+(?:, [^\n]*)?: [^\n]+\.$/);
						expect(JSON.stringify([json.error, json.message])).not.toMatch(
							/ZodError|TypeError|invalid_type|undefined is not|\\n\s+at /,
						);
					}
					const answered = new Set(
						result.items().map(({ pairedItem }) => (pairedItem as { item: number }).item),
					);
					const silent = rows.filter(
						(asked, index) => !answered.has(index) && asked.missing !== 'ignore',
					);
					expect(silent).toEqual([]);
					expect(({} as Record<string, unknown>).polluted).toBeUndefined();
				}),
				{ numRuns: runs },
			);
			expect(test.sandbox.violations).toEqual([]);
			expect(outcomes.done).toBeGreaterThan(least);
			expect(outcomes.refused).toBeGreaterThan(least);
		},
		180_000,
	);
});

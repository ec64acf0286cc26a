import { describe, expect, it } from '@jest/globals';

import { parameterReader } from '../../../nodes/Periskope/read/parameters';

/** A reader of these parameters that notes what is evaluated, and gives its name and row. */
function reading(stored: object) {
	const evaluated: string[] = [];
	const parameter = parameterReader({
		stored,
		rows: [],
		evaluate: (name, row) => {
			evaluated.push(`${name} ${row}`);
			return { name, row };
		},
	});
	return { parameter, evaluated };
}

describe('parameterReader', () => {
	it.each<[string, string, object]>([
		['a parameter', 'labels', {}],
		['an option', 'options.batchSize', { options: {} }],
		['options', 'options.batchSize', {}],
		['options that are null', 'options.batchSize', { options: null }],
		['options that are text', 'options.length', { options: '=x' }],
		['a property of every object', 'options.constructor', { options: {} }],
		['a prototype', '__proto__', {}],
	])('gives the fallback where the workflow does not hold %s', (_, name, stored) => {
		const { parameter, evaluated } = reading(stored);
		const missing = parameter(name, 'the fallback');
		expect(missing.isFixed).toBe(true);
		expect([missing.at(0), missing.at(5)]).toEqual(['the fallback', 'the fallback']);
		expect(evaluated).toEqual([]);
	});

	it.each<[string, unknown]>([
		['a text', 'Sales'],
		['an empty text', ''],
		['a text with an equals sign inside', 'a=b'],
		['a number', 7],
		['false', false],
		['null', null],
		['a list', ['918527184400', 7, null]],
		['an object', { a: { b: 'c' } }],
	])('evaluates %s once for all rows', (_, value) => {
		const { parameter, evaluated } = reading({ labels: value });
		const labels = parameter('labels', '');
		expect(labels.isFixed).toBe(true);
		expect([labels.at(0), labels.at(1), labels.at(2)]).toEqual(
			Array(3).fill({ name: 'labels', row: 0 }),
		);
		expect(evaluated).toEqual(['labels 0']);
	});

	it.each<[string, unknown]>([
		['an expression', '={{ $json.labels }}'],
		['a list with an expression in it', ['918527184400', '={{ $json.phone }}']],
		['an object with an expression in it', { a: [{ b: '=1' }] }],
	])('evaluates %s on each row, and only there', (_, value) => {
		const { parameter, evaluated } = reading({ labels: value });
		const labels = parameter('labels', '');
		expect(labels.isFixed).toBe(false);
		expect(evaluated).toEqual([]);
		expect([labels.at(2), labels.at(0)]).toEqual([
			{ name: 'labels', row: 2 },
			{ name: 'labels', row: 0 },
		]);
		expect(evaluated).toEqual(['labels 2', 'labels 0']);
	});

	it('evaluates each option by its own path', () => {
		const { parameter } = reading({ options: { batchSize: '={{ 1 }}', timeout: 60 } });
		expect(parameter('options.batchSize', 100).isFixed).toBe(false);
		expect(parameter('options.batchSize', 100).at(3)).toEqual({
			name: 'options.batchSize',
			row: 3,
		});
		expect(parameter('options.timeout', 60).isFixed).toBe(true);
		expect(parameter('options.timeout', 60).at(3)).toEqual({ name: 'options.timeout', row: 0 });
	});

	it('gives what is wrong with an expression that cannot be evaluated, on that row', () => {
		const parameter = parameterReader({
			stored: { labels: '={{ $json.labels }}' },
			rows: [],
			evaluate: (_, row) => {
				if (row === 1) throw new Error('No such column');
				return 'Sales';
			},
		});
		const labels = parameter('labels', '');
		expect(labels.at(0)).toBe('Sales');
		expect(String(labels.at(1))).toBe("the expression can't be evaluated: No such column");
	});
});

describe('a parameter that is nothing but a column', () => {
	const ROWS = [{ email: 'a@b.co' }, { email: 'c@d.co' }, {}, { email: { nested: 1 } }];

	/** @param evaluate n8n's evaluation, in the way of this test */
	function columnOf(
		evaluate: (row: number) => unknown,
		{
			rows = ROWS,
			stored = { emails: '={{ $json.email }}' },
		}: {
			rows?: readonly object[];
			stored?: object;
		} = {},
	) {
		const evaluated: number[] = [];
		const column = parameterReader({
			stored,
			rows,
			evaluate: (_, row) => {
				evaluated.push(row);
				return evaluate(row);
			},
		})('emails', '');
		return { column, evaluated };
	}

	it('is evaluated on the first row, and read from the others unless they hold more than plain data', () => {
		const { column, evaluated } = columnOf((row) => ROWS[row]?.email);
		expect(column.isFixed).toBe(false);
		expect([0, 1, 3, 1].map((row) => column.at(row))).toEqual([
			'a@b.co',
			'c@d.co',
			{ nested: 1 },
			'c@d.co',
		]);
		expect(evaluated).toEqual([0, 3]);
		expect(String(column.at(2))).toContain("no column 'email'");
	});

	it('is evaluated on all rows where n8n gives something else for the first one', () => {
		const { column, evaluated } = columnOf((row) => `evaluated ${row}`);
		expect([0, 1, 2].map((row) => column.at(row))).toEqual([
			'evaluated 0',
			'evaluated 1',
			'evaluated 2',
		]);
		expect(evaluated).toEqual([0, 1, 2]);
	});

	it.each<[string, unknown, unknown, boolean]>([
		['the same list', ['a', 1], ['a', 1], true],
		['a longer list', ['a'], ['a', 1], false],
		['another list', ['a'], ['b'], false],
		['text in place of a list', ['a'], 'a', false],
		['a number in place of text', '1', 1, false],
		['null in place of a column that is missing', undefined, null, false],
		['nothing for a column that is missing', undefined, undefined, true],
	])('is trusted or not where n8n gives %s', (_, held, given, isTrusted) => {
		const rows = [held === undefined ? {} : { email: held }, { email: 'from the row' }];
		const { column } = columnOf((row) => (row === 0 ? given : 'from n8n'), { rows });
		column.at(0);
		expect(column.at(1)).toBe(isTrusted ? 'from the row' : 'from n8n');
	});

	it("gives n8n's error on each row", () => {
		const { column, evaluated } = columnOf(() => {
			throw new Error('Not allowed');
		});
		for (const row of [0, 1]) {
			expect(String(column.at(row))).toBe("the expression can't be evaluated: Not allowed");
		}
		expect(evaluated).toEqual([0, 1]);
	});

	it('holds for options too', () => {
		const rows = [{ dry: true }, { dry: false }];
		const asked: string[] = [];
		const dryRun = parameterReader({
			stored: { options: { dryRun: '={{ $json.dry }}' } },
			rows,
			evaluate: (name, row) => {
				asked.push(`${name} ${row}`);
				return rows[row]?.dry;
			},
		})('options.dryRun', false);
		expect([dryRun.at(0), dryRun.at(1)]).toEqual([true, false]);
		expect(asked).toEqual(['options.dryRun 0']);
	});
});

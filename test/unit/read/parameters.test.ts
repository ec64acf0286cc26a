import { describe, expect, it } from '@jest/globals';

import { parameterReader } from '../../../nodes/Periskope/read/parameters';

/** A reader of these parameters that notes what is evaluated, and gives its name and row. */
function reading(stored: object) {
	const evaluated: string[] = [];
	const parameter = parameterReader({
		stored,
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

	it('passes on the error of an expression that cannot be evaluated, on that row', () => {
		const parameter = parameterReader({
			stored: { labels: '={{ $json.labels }}' },
			evaluate: (_, row) => {
				if (row === 1) throw new Error('No such column');
				return 'Sales';
			},
		});
		const labels = parameter('labels', '');
		expect(labels.at(0)).toBe('Sales');
		expect(() => labels.at(1)).toThrow('No such column');
	});
});

/** Columns, read from the rows and evaluated by n8n, side by side. */
import { deepStrictEqual } from 'node:assert';

import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { parameterReader } from '../../nodes/Periskope/read/parameters';
import {
	MissingColumn,
	UnevaluatedExpression,
	UnsplitColumns,
} from '../../nodes/Periskope/read/unavailable';
import { messageOf } from '../../nodes/Periskope/text';
import { Periskope } from './built';
import { Engine } from './engine';

const NAMES = [
	'email',
	'E mail',
	'e-mail',
	'"quoted"',
	"it's",
	'a.b',
	'名前',
	'ईमेल',
	'naïve',
	'$odd_1',
	'😀',
	'a\\b',
	'{x}',
	'}}',
	'',
	' ',
	'0',
	'length',
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'caller',
	'then',
	'json',
	'isEmpty',
];
const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 5 }));

const plain = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary', maxLength: 5 }),
	fc.constantFrom('', ' ', '={{ 1 }}', '{{ $json.email }}', 'x'.repeat(50_000), '\ud800'),
	fc.double(),
	fc.constantFrom(0, -0, NaN, Infinity, 918527184400, true, false, null, undefined),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 4, arbitrary: plain },
	fc.array(plain, { maxLength: 4 }),
	fc.array(plain, { maxLength: 3, minLength: 1 }).map((list) => {
		const holed = [...list];
		holed.length += 2;
		return holed;
	}),
	fc.array(plain, { maxLength: 2 }).map((list) => Object.assign(list, { more: 1 })),
	fc.array(fc.array(plain, { maxLength: 2 }), { maxLength: 2 }),
	fc.date({ noInvalidDate: true }),
	fc.dictionary(name, plain, { maxKeys: 3 }),
	fc.constantFrom<unknown>(10n, new Map([['a', 1]])),
);
const property = fc.oneof(
	{ weight: 5, arbitrary: value.map((held) => ({ value: held })) },
	{ weight: 1, arbitrary: value.map((held) => ({ get: () => held })) },
);
/** Rows with properties of every kind, getters among them. */
const row = fc.array(fc.tuple(name, property), { maxLength: 4 }).map((properties) => {
	const json: IDataObject = {};
	for (const [key, descriptor] of properties) {
		Object.defineProperty(json, key, { ...descriptor, enumerable: true, configurable: true });
	}
	return json;
});

const blank = fc.constantFrom('', ' ', '  ', '\t', '\n');
const stepTo = (key: string) =>
	fc.oneof(
		fc.constantFrom(`.${key}`, `["${key}"]`, `['${key}']`),
		fc.tuple(blank, blank).map(([before, after]) => `[${before}${JSON.stringify(key)}${after}]`),
	);
/** References as the editor and people write them, and what only looks like one. */
const referenceTo = (keys: string[]) =>
	fc
		.tuple(blank, blank, ...keys.map(stepTo))
		.map(([before, after, ...steps]) => `={{${before}$json${steps.join('')}${after}}}`);

/** Rows, and a reference that is mostly to one of their columns. */
const sheet = fc.array(row, { minLength: 1, maxLength: 20 }).chain((rows) => {
	const held = rows.flatMap((json) => Object.keys(json));
	const column =
		held.length > 0 ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...held) }, name) : name;
	return fc
		.oneof(
			{ weight: 4, arbitrary: column.map((key) => [key]) },
			fc.tuple(column, name).map(([key, inner]) => [key, inner]),
		)
		.chain(referenceTo)
		.map((emails) => ({ rows, emails }));
});

interface Read {
	threw?: string;
	value?: unknown;
}

interface Compared {
	byColumn: Read;
	evaluated: Read;
	/** whether n8n was not asked */
	isFromRow: boolean;
}

/** Reads a parameter on each of its rows, once by column and once as n8n evaluates it. */
class Reader implements INodeType {
	description = { ...new Periskope().description };

	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

	constructor(results: Compared[]) {
		this.execute = function (this: IExecuteFunctions) {
			const rows = this.getInputData();
			let asked = 0;
			const evaluate = (parameter: string, index: number) => {
				asked += 1;
				return this.getNodeParameter(parameter, index);
			};
			const parameter = parameterReader({
				stored: this.getNode().parameters,
				evaluate,
				rows: rows.map(({ json }) => json),
			})('emails', '');
			for (const index of rows.keys()) {
				const before = asked;
				const byColumn = attempt(() => parameter.at(index));
				const isFromRow = asked === before;
				results.push({ byColumn, evaluated: attempt(() => evaluate('emails', index)), isFromRow });
			}
			return Promise.resolve([rows]);
		};
	}
}

function attempt(read: () => unknown): Read {
	try {
		const found = read();
		if (found instanceof UnevaluatedExpression) return { threw: found.message };
		if (found instanceof UnsplitColumns) return { value: found.value };
		return { value: found instanceof MissingColumn ? undefined : withoutMinusZero(found) };
	} catch (error) {
		return { threw: messageOf(error) };
	}
}

/** The engines differ in it, and nothing that reads a cell does. */
const withoutMinusZero = (found: unknown): unknown =>
	Array.isArray(found) ? found.map(withoutMinusZero) : Object.is(found, -0) ? 0 : found;

/**
 * @returns how many values were compared, and how many of them came from the row alone
 * @throws where one differs
 */
export async function compareColumns(runs: number): Promise<{ compared: number; fromRow: number }> {
	const engine = new Engine({});
	const counts = { compared: 0, fromRow: 0 };
	await fc.assert(
		fc.asyncProperty(sheet, async ({ rows, emails }) => {
			const results: Compared[] = [];
			await engine.run({ emails }, rows, {
				more: { nodes: [], connections: {}, types: { periskope: new Reader(results) } },
			});
			for (const { byColumn, evaluated, isFromRow } of results) {
				counts.compared += 1;
				if (isFromRow) counts.fromRow += 1;
				deepStrictEqual(byColumn, evaluated);
			}
		}),
		{ numRuns: runs },
	);
	return counts;
}

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { rememberingReader } from '../../nodes/Periskope/steps/1-read/cellMemory';
import { accessListFrom } from '../../nodes/Periskope/steps/1-read/fieldValues';

const field = fc.constantFrom('labels' as const, 'orgPhones' as const);
const cell = fc.oneof(
	fc.constantFrom<unknown>('Sales', 'sales', '918527184400', '', '__proto__', ['Sales'], 7, null),
	fc.string(),
	fc.anything(),
);

describe('a reader that remembers cells', () => {
	it('reads every cell as one that remembers nothing', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(field, cell)), (cells) => {
				const read = rememberingReader();
				for (const [name, value] of cells) {
					expect(read(name, value)).toEqual(accessListFrom(name, value));
				}
			}),
		);
	});

	it('reads a text once for each field, and gives rows with the same text the same list', () => {
		const asked: string[] = [];
		const read = rememberingReader((name, value) => {
			asked.push(`${name} ${String(value)}`);
			return accessListFrom(name, value);
		});
		const [first, again] = [read('labels', '918527184400'), read('labels', '918527184400')];
		read('orgPhones', '918527184400');
		expect(again).toBe(first);
		expect(asked).toEqual(['labels 918527184400', 'orgPhones 918527184400']);
	});

	it('reads an array anew, as its entries may have changed', () => {
		const read = rememberingReader();
		const list = ['Sales'];
		expect(read('labels', list).values).toEqual(['Sales']);
		list[0] = 'VIP';
		expect(read('labels', list).values).toEqual(['VIP']);
	});

	it('does not grow with a sheet whose cells all differ', () => {
		let reads = 0;
		const read = rememberingReader((name, value) => {
			reads += 1;
			return accessListFrom(name, value);
		});
		for (let row = 0; row < 1500; row++) read('labels', `Label ${row}`);
		reads = 0;
		read('labels', 'Label 999');
		expect(reads).toBe(0);
		read('labels', 'Label 1000');
		read('labels', 'Label 1000');
		expect(reads).toBe(2);
	});
});

import { describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { MODES } from '../../nodes/Periskope/steps/1-read/accessRow';
import { ROW_OPTIONS, RUN_OPTIONS } from '../../nodes/Periskope/steps/1-read/options';
import { Periskope } from '../engine/built';

const { properties } = new Periskope().description;

function field(name: string, among: INodeProperties[] = properties): INodeProperties {
	const found = among.find((property) => property.name === name);
	if (!found) throw new Error(`No field ${name}`);
	return found;
}

const options = (field('options').options ?? []) as INodeProperties[];
const valuesOf = ({ options: choices = [] }: INodeProperties) =>
	(choices as INodePropertyOptions[]).map(({ value }) => value);
const handled = { ...ROW_OPTIONS, ...RUN_OPTIONS };

describe("the node's fields", () => {
	it('keep the public names', () => {
		expect(properties.map(({ name, default: value }) => [name, value])).toEqual([
			['resource', 'member'],
			['operation', 'updateAccess'],
			['emails', ''],
			['labelsMode', 'set'],
			['labels', ''],
			['orgPhonesMode', 'keep'],
			['orgPhones', []],
			['options', {}],
		]);
	});

	it('offer exactly the modes that rows are read by', () => {
		expect(valuesOf(field('labelsMode'))).toEqual([...MODES]);
		expect(valuesOf(field('orgPhonesMode'))).toEqual([...MODES]);
	});

	it('have a handler for each option, and an option for each handler', () => {
		expect(options.map(({ name }) => name).sort()).toEqual(Object.keys(handled).sort());
	});

	it.each(Object.entries(handled))(
		'name and start %s as its handler does',
		(name, { label, fallback }) => {
			expect(field(name, options)).toMatchObject({ displayName: label, default: fallback });
		},
	);

	it.each(options.map((option) => [option.name, option] as const))(
		'offer values for %s that its handler takes, the default among them',
		(name, option) => {
			const { schema } = handled[name as keyof typeof handled];
			const { minValue, maxValue } = option.typeOptions ?? {};
			const offered =
				option.type === 'options'
					? valuesOf(option)
					: option.type === 'boolean'
						? [true, false]
						: [minValue, maxValue, option.default];
			for (const value of [...offered, option.default])
				expect(schema.safeParse(value).success).toBe(true);
			if (option.type === 'options') expect(offered).toContain(option.default);
			if (option.type === 'number') {
				for (const value of [(minValue ?? 0) - 1, (maxValue ?? 0) + 1])
					expect(schema.safeParse(value).success).toBe(false);
			}
		},
	);

	it('tell both readings of null where it can be sent', () => {
		const clear = (field('labelsMode').options as INodePropertyOptions[]).find(
			({ value }) => value === 'clear',
		);
		expect(clear?.description).toMatch(/clears access.*access to all/);
	});
});

import { describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ROLES } from '../../nodes/Periskope/steps/1-read/memberChange';
import { ROW_OPTIONS, RUN_OPTIONS } from '../../nodes/Periskope/steps/1-read/options';
import { Periskope } from '../engine/built';
import { OPERATION_VALUES, OPERATIONS } from '../operations';

const { properties } = new Periskope().description;
const HANDLED = { ...ROW_OPTIONS, ...RUN_OPTIONS };

const fieldsOf = (operation: string) =>
	properties.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(operation));

function field(name: string, among: INodeProperties[]): INodeProperties {
	const found = among.find((property) => property.name === name);
	if (!found) throw new Error(`No field ${name}`);
	return found;
}

const optionsOf = (operation: string) =>
	(field('options', fieldsOf(operation)).options ?? []) as INodeProperties[];
const valuesOf = ({ options: choices = [] }: INodeProperties) =>
	(choices as INodePropertyOptions[]).map(({ value }) => value);

describe("the node's fields", () => {
	it('keep the public names', () => {
		const namesOf = (fields: INodeProperties[]) =>
			fields.map(({ name, default: value }) => [name, value]);
		expect(namesOf(properties.slice(0, 2))).toEqual([
			['resource', 'member'],
			['operation', 'updateAccess'],
		]);
		expect(namesOf(fieldsOf('updateAccess'))).toEqual([
			['emails', ''],
			['labelsMode', 'set'],
			['labels', ''],
			['orgPhonesMode', 'keep'],
			['orgPhones', []],
			['options', {}],
		]);
		expect(namesOf(fieldsOf('invite'))).toEqual([
			['emails', ''],
			['role', 'member'],
			['labelsMode', 'set'],
			['labels', ''],
			['orgPhonesMode', 'set'],
			['orgPhones', []],
			['options', {}],
		]);
		expect(namesOf(fieldsOf('delete'))).toEqual([
			['email', ''],
			['options', {}],
		]);
	});

	it('belong to an operation of the dropdown, each of which says what it does', () => {
		const dropdown = properties[1]?.options as INodePropertyOptions[];
		expect(dropdown.map(({ value }) => value)).toEqual(OPERATION_VALUES);
		for (const { action, description } of dropdown) {
			expect(action).toMatch(/^[A-Z]/);
			expect(description?.length).toBeGreaterThan(40);
		}
	});

	it('ask for labels and org phones of those alone who are invited as members', () => {
		for (const name of ['labelsMode', 'labels', 'orgPhonesMode', 'orgPhones']) {
			expect(field(name, fieldsOf('invite')).displayOptions?.show).toMatchObject({
				role: ['member'],
			});
		}
	});

	it('tell both readings of null where it can be sent', () => {
		const modes = field('labelsMode', fieldsOf('updateAccess')).options as INodePropertyOptions[];
		const clear = modes.find(({ value }) => value === 'clear');
		expect(clear?.description).toMatch(/disagree.*takes all access away or gives it/);
	});
});

describe.each(OPERATION_VALUES)('the fields of %s', (name) => {
	const operation = OPERATIONS[name];

	it('offer exactly what rows are read by', () => {
		const fields = fieldsOf(name);
		for (const mode of fields.filter((candidate) => candidate.name.endsWith('Mode'))) {
			expect(valuesOf(mode)).toEqual(operation.modes);
			expect(operation.modes).toContain(mode.default);
		}
		expect(fields.some((candidate) => candidate.name === 'labelsMode')).toBe(
			operation.modes.length > 0,
		);
		const role = fields.find((candidate) => candidate.name === 'role');
		expect(role !== undefined).toBe(operation.hasRole);
		if (role) expect(valuesOf(role).sort()).toEqual([...ROLES].sort());
		expect(fields[0]?.name).toBe(operation.emails);
	});

	it('have the options that it reads, and no other', () => {
		expect(optionsOf(name).map((option) => option.name)).toEqual(operation.options);
	});

	it.each(optionsOf(name).map((option) => [option.name, option] as const))(
		'name and start %s as its handler does, which takes every value that is offered',
		(handler, option) => {
			const { schema, label, fallback } = HANDLED[handler as keyof typeof HANDLED];
			expect(option).toMatchObject({ displayName: label, default: fallback });
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
});

it('every option that can be read belongs to an operation', () => {
	const offered = new Set(OPERATION_VALUES.flatMap(optionsOf).map(({ name }) => name));
	expect([...offered].sort()).toEqual(Object.keys(HANDLED).sort());
});

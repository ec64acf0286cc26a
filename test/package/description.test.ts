import { describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ROLES } from '../../nodes/Periskope/model';
import { OPTION_NAMES, optionOf, type OptionName } from '../../nodes/Periskope/options';
import { checkOption } from '../../nodes/Periskope/read/checkOption';
import { Periskope } from '../engine/built';
import { OPERATION_VALUES, OPERATIONS } from '../operations';

const { properties } = new Periskope().description;

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
			['labelsNotice', ''],
			['labels', ''],
			['orgPhonesMode', 'keep'],
			['orgPhonesNotice', ''],
			['orgPhones', []],
			['options', { dryRun: false }],
		]);
		expect(namesOf(fieldsOf('invite'))).toEqual([
			['emails', ''],
			['role', 'member'],
			['labelsMode', 'set'],
			['labels', ''],
			['orgPhonesMode', 'set'],
			['orgPhones', []],
			['options', { dryRun: false }],
		]);
		expect(namesOf(fieldsOf('delete'))).toEqual([
			['emails', ''],
			['options', { dryRun: false }],
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
		const fields = fieldsOf('updateAccess');
		for (const name of ['labels', 'orgPhones']) {
			const modes = field(`${name}Mode`, fields).options as INodePropertyOptions[];
			const clear = modes.find(({ value }) => value === 'clear');
			expect(clear?.description).toMatch(/remove all access or grant all/);
			expect(field(`${name}Notice`, fields)).toMatchObject({
				type: 'notice',
				displayName: expect.stringMatching(/removes all access or grants all/) as unknown,
				displayOptions: { show: { [`${name}Mode`]: ['clear'] } },
			});
		}
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
		expect(fields[0]?.name).toBe('emails');
	});

	it('have the options that it reads, and no other', () => {
		const read = OPTION_NAMES.filter((option) => optionOf(option).operations.includes(name));
		expect(optionsOf(name).map((option) => option.name)).toEqual(read);
	});

	it.each(optionsOf(name).map((option) => [option.name, option] as const))(
		'take every value that %s offers, and no other',
		(optionName, option) => {
			const isTaken = (value: unknown) =>
				checkOption(optionOf(optionName as OptionName), name, value).problem === undefined;
			const { minValue = NaN, maxValue = NaN } = option.typeOptions ?? {};
			const offered: unknown[] =
				option.type === 'options'
					? valuesOf(option)
					: option.type === 'boolean'
						? [true, false]
						: [minValue, maxValue];
			expect([...offered, option.default].filter((value) => !isTaken(value))).toEqual([]);
			const others =
				option.type === 'number' ? [minValue - 1, maxValue + 1] : ['', 'other', null, {}];
			expect(others.filter(isTaken)).toEqual([]);
		},
	);
});

it('every option belongs to an operation, and they are sorted by label', () => {
	for (const name of OPTION_NAMES) expect(optionOf(name).operations.length).toBeGreaterThan(0);
	const labels = OPTION_NAMES.map((name) => optionOf(name).label);
	expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
});

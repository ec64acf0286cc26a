import { describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ROLES } from '../../nodes/Periskope/model';
import { hasOption, OPTION_NAMES, optionOf, type OptionName } from '../../nodes/Periskope/options';
import { checkOption } from '../../nodes/Periskope/read/checkOption';
import { Periskope as Source } from '../../nodes/Periskope/Periskope.node';
import { Periskope } from '../engine/built';
import { OPERATION_VALUES, OPERATIONS } from '../operations';

const { properties } = new Periskope().description;

const fieldsOf = (operation: string, isTool = false) =>
	properties.filter(({ displayOptions: { show } = {} }) => {
		const isOfOther = show?.['@tool']?.includes(!isTool) ?? false;
		return show?.operation?.includes(operation) && !isOfOther;
	});

function field(name: string, among: INodeProperties[]): INodeProperties {
	const found = among.find((property) => property.name === name);
	if (!found) throw new Error(`No field ${name}`);
	return found;
}

const optionsOf = (operation: string, isTool = false) =>
	fieldsOf(operation, isTool)
		.filter(({ name }) => name === 'options')
		.flatMap(({ options = [] }) => options as INodeProperties[]);
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

describe('the fields of a tool', () => {
	it('describe it first, for the model', () => {
		for (const operation of [...OPERATION_VALUES, 'getAll']) {
			const [first] = fieldsOf(operation, true);
			expect(first).toMatchObject({ name: 'toolDescription', type: 'string' });
			expect(first?.default).toMatch(/^[A-Z].{80,}\.$/);
			expect(fieldsOf(operation).map(({ name }) => name)).not.toContain('toolDescription');
		}
	});

	it('have a dry run turned on, and offer no null', () => {
		for (const operation of OPERATION_VALUES) {
			const fields = fieldsOf(operation, true);
			expect(field('options', fields).default).toEqual({ dryRun: true });
			expect(field('dryRun', optionsOf(operation, true)).default).toBe(true);
			const modes = fields.filter(({ name }) => name.endsWith('Mode')).flatMap(valuesOf);
			expect(modes.filter((mode) => mode !== 'set' && mode !== 'keep')).toEqual([]);
			expect(fields.filter(({ type }) => type === 'notice')).toEqual([]);
		}
	});

	it('have the options that it reads, and no other', () => {
		for (const operation of [...OPERATION_VALUES, 'getAll'] as const) {
			const read = OPTION_NAMES.filter((name) => hasOption(operation, name, true));
			expect(optionsOf(operation, true).map(({ name }) => name)).toEqual(read);
		}
	});

	it('let the model fill in org phones as a text', () => {
		for (const operation of ['invite', 'updateAccess']) {
			expect(field('orgPhones', fieldsOf(operation, true))).toMatchObject({ type: 'string' });
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
						: option.type === 'string'
							? ['example.com', (option.placeholder ?? '').replace('e.g. ', '')]
							: [minValue, maxValue];
			// What has no limit unless it is filled in has nothing to propose.
			const proposed = option.default === '' ? [] : [option.default];
			expect([...offered, ...proposed].filter((value) => !isTaken(value))).toEqual([]);
			const others =
				option.type === 'number' ? [minValue - 1, maxValue + 1] : ['', 'other', null, {}];
			expect(others.filter(isTaken)).toEqual([]);
		},
	);
});

it('the built node describes itself as its source does', () => {
	expect(new Periskope().description).toEqual(new Source().description);
});

it('every option belongs to an operation, and they are sorted by label', () => {
	for (const name of OPTION_NAMES) expect(optionOf(name).operations.length).toBeGreaterThan(0);
	const labels = OPTION_NAMES.map((name) => optionOf(name).label);
	expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
});

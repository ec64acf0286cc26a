import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PeriskopeApi } from '../../credentials/PeriskopeApi.credentials';
import { OPTION_NAMES, optionOf } from '../../nodes/Periskope/options';
import { Periskope } from '../engine/built';
import { OPERATION_VALUES } from '../operations';
import { ROOT } from '../package/packed';
import { codeMessages } from './codeMessages';
import { codeIn, Markdown, type Table } from './markdown';
import { messagesPage } from './messagesPage';

const readme = new Markdown('README.md');
const { properties } = new Periskope().description;
const fieldsOf = (operation: string) =>
	properties.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(operation));
const optionsOf = (operation: string) =>
	fieldsOf(operation).flatMap(({ name, options }) =>
		name === 'options' ? (options as INodeProperties[]) : [],
	);
/** As the editor shows it. */
const nameOf = (operation: string) =>
	properties
		.flatMap((field) => (field.name === 'operation' ? choicesOf(field) : []))
		.find(({ value }) => value === operation)?.name ?? operation;
const choicesOf = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];

function theTable(heading: string): Table {
	const [table] = readme.tablesBelow(heading);
	if (!table) throw new Error(`README has no table below "${heading}"`);
	return table.slice(1);
}

/** As the editor shows a field that nobody has touched. */
function shownDefault(field: INodeProperties): string {
	const { default: value } = field;
	if (field.type === 'options') {
		return choicesOf(field).find((choice) => choice.value === value)?.name ?? 'no choice';
	}
	if (field.type === 'boolean') return value === true ? 'on' : 'off';
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const startOf = (table: Table) => table.map(([name, start]) => [name, start?.replaceAll('`', '')]);
const startsOf = (fields: INodeProperties[]) =>
	fields.map((field) => [field.displayName, shownDefault(field)]);

/** Every choice is told by its value, and nothing is that isn't a choice. */
function expectChoices(table: Table, fields: INodeProperties[], example: number): void {
	for (const field of fields.filter(({ type }) => type === 'options')) {
		const row = table.find(([name]) => name === field.displayName) ?? [];
		const told = codeIn(row.at(-1) ?? '').filter((code) => /^[a-z]+$/i.test(code));
		expect(told.sort()).toEqual(
			choicesOf(field)
				.map(({ value }) => String(value))
				.sort(),
		);
		const shown = row[example] ?? '';
		if (!shown.includes('{{')) {
			expect(choicesOf(field).map(({ name }) => name)).toContain(shown);
		}
	}
}

describe.each(OPERATION_VALUES)("README's table of %s", (operation) => {
	const heading = nameOf(operation);
	const fields = fieldsOf(operation).filter(({ name }) => name !== 'options');

	it('has every parameter, in the order of the editor, with its default', () => {
		expect(startOf(theTable(heading))).toEqual(startsOf(fields));
	});

	it('tells every choice, and gives an example of each parameter', () => {
		const table = theTable(heading);
		for (const [name, , example] of table) expect([name, example]).not.toEqual([name, '']);
		expectChoices(table, fields, 2);
	});
});

describe("README's table of options", () => {
	const all = new Map(OPERATION_VALUES.flatMap(optionsOf).map((option) => [option.name, option]));
	const options = [...all.values()].sort((a, b) => a.displayName.localeCompare(b.displayName));

	it('has every option, sorted as in the editor, with its default', () => {
		expect(startOf(theTable('Options'))).toEqual(startsOf(options));
	});

	it('tells every choice and every limit, and gives an example', () => {
		const table = theTable('Options');
		expectChoices(table, options, 2);
		for (const { displayName, typeOptions } of options) {
			const [, , example, , meaning] = table.find(([name]) => name === displayName) ?? [];
			expect(example).not.toBe('');
			for (const limit of [typeOptions?.minValue, typeOptions?.maxValue]) {
				if (limit !== undefined) {
					expect(meaning?.replaceAll(',', '')).toMatch(new RegExp(`\\b${limit}\\b`));
				}
			}
		}
	});

	it('is followed by the options that hold for the whole run', () => {
		const ofRun = OPTION_NAMES.map(optionOf).filter(({ scope }) => scope === 'run');
		const [, named = ''] = /^(.*) hold for the whole run/m.exec(readme.source) ?? [];
		expect(named.split(/, | and /)).toEqual(ofRun.map(({ label }) => label));
	});

	it('tells which operations have it', () => {
		for (const [name, , , operations] of theTable('Options')) {
			const having = OPERATION_VALUES.filter((operation) =>
				optionsOf(operation).some(({ displayName }) => displayName === name),
			);
			expect([name, operations]).toEqual([
				name,
				having.length === OPERATION_VALUES.length ? 'all' : having.map(nameOf).join(', '),
			]);
		}
	});
});

it("README's table of the credential has every field with its default", () => {
	expect(startOf(theTable('Credentials'))).toEqual(startsOf(new PeriskopeApi().properties));
});

it("README's list of operations has each of them, and no other", () => {
	const dropdown = properties.find(({ name }) => name === 'operation');
	const named = [...readme.source.matchAll(/^- \*\*Member → (.+?)\*\*/gm)].map(([, name]) => name);
	expect(named).toEqual(dropdown && choicesOf(dropdown).map(({ name }) => name));
});

describe('the page of messages', () => {
	it('holds all texts of the code that speak to operators, and no others', () => {
		const page = readFileSync(join(ROOT, 'docs/messages.md'), 'utf8');
		// Compared as lines, so that a difference is readable.
		expect(page.split('\n')).toEqual(messagesPage().split('\n'));
	});

	it('would miss none of them', () => {
		const page = messagesPage();
		expect(codeMessages().length).toBeGreaterThan(150);
		for (const text of [
			'is not an email address',
			'The run would delete … members, and Max Deletions allows',
			'Periskope did not accept the API key',
		]) {
			expect(page).toContain(text);
		}
	});
});

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PeriskopeApi } from '../../credentials/PeriskopeApi.credentials';
import { OPTION_NAMES, optionOf, type Option } from '../../nodes/Periskope/options';
import { SAFETY_OPTIONS } from '../../nodes/Periskope/read/readOptions';
import { formatted } from '../../nodes/Periskope/text';
import { Periskope } from '../engine/built';

const { properties } = new Periskope().description;
const choicesOf = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];
const shownFor = (field: INodeProperties, of: 'resource' | 'operation', value: string) =>
	field.displayOptions?.show?.[of]?.includes(value) ?? false;

/** An operation as the dropdowns lead to it, with its fields. */
interface ListedOperation {
	heading: string;
	/** what the dropdown says of it */
	description: string;
	fields: INodeProperties[];
	/** what the editor says beside the fields, for some of their values */
	notices: INodeProperties[];
	options: INodeProperties[];
	/** what a model is told of it */
	toolDescription: string;
}

const isOfTool = ({ displayOptions }: INodeProperties) =>
	displayOptions?.show?.['@tool']?.includes(true) ?? false;

/** In the order of the editor's dropdowns. */
export function listedOperations(): ListedOperation[] {
	const resources = properties.filter(({ name }) => name === 'resource').flatMap(choicesOf);
	return resources.flatMap((resource) =>
		properties
			.filter(({ name }) => name === 'operation')
			.filter((field) => shownFor(field, 'resource', String(resource.value)))
			.flatMap(choicesOf)
			.map((operation) => {
				const ofBoth = properties.filter(
					(field) =>
						shownFor(field, 'resource', String(resource.value)) &&
						shownFor(field, 'operation', String(operation.value)),
				);
				const all = ofBoth.filter((field) => !isOfTool(field));
				const told = ofBoth.find(({ name }) => name === 'toolDescription')?.default;
				return {
					toolDescription: typeof told === 'string' ? told : '',
					heading: `${resource.name} → ${operation.name}`,
					description: operation.description ?? '',
					fields: all.filter(({ type }) => type !== 'collection' && type !== 'notice'),
					notices: all.filter(({ type }) => type === 'notice'),
					options: all
						.filter(({ type }) => type === 'collection')
						.flatMap(({ options = [] }) => options as INodeProperties[]),
				};
			}),
	);
}

const OPTIONS = OPTION_NAMES.map((name) => ({ name, option: optionOf(name) }));
const ofRun = OPTIONS.filter(({ option }) => option.scope === 'run');

/** The page of all parameters, as the editor has them. Written by `npm run docs`, compared by a test. */
export const parametersPage = (): string =>
	`${[
		'# Parameters',
		'Every parameter and option, as the editor shows them. This page is written by `npm run docs`.',
		"All parameters but Resource and Operation take expressions, so each row can set them. In an expression, use the value in `code` in place of the name of a choice. Upper and lower case don't matter.",
		'These options hold for the run and must be the same on all rows. The others can differ from row to row.',
		ofRun.map(({ option }) => `- ${option.label}`).join('\n'),
		...listedOperations().flatMap(({ heading, description, fields, notices, options }) => [
			`## ${heading}`,
			sentence(description),
			...(fields.length > 0 ? [table('Parameter', fields)] : []),
			...noticesFrom(notices),
			...(options.length > 0 ? [table('Option', options)] : []),
		]),
		'## As the tool of an AI agent',
		...ABOUT_TOOLS,
		...listedOperations().map(
			({ heading, toolDescription }) => `_${heading}_ tells the model: ${toolDescription}`,
		),
		'## Credential',
		table('Field', new PeriskopeApi().properties),
	].join('\n\n')}\n`;

const labelsOf = (matches: (option: Option) => boolean) =>
	OPTIONS.filter(({ option }) => matches(option))
		.map(({ option }) => `'${option.label}'`)
		.join(', ');

const ABOUT_TOOLS = [
	'The same fields, with these differences. [An AI agent](recipes.md#an-ai-agent) says what to let the model fill in, and [Results](results.md#as-the-tool-of-an-ai-agent) what it is given back.',
	[
		"- 'Dry Run' is on until you turn it off.",
		`- 'Label Access' and 'Org Phone Access' don't offer null. An empty list isn't sent.`,
		"- 'Org Phones' is a text, so that the model can fill it in.",
		`- These options aren't there, because only one setting makes sense: ${labelsOf(({ isFixedForTools = false }) => isFixedForTools)}.`,
		"- 'Max Deletions' and 'Max Members' count all calls of one execution together.",
		`- These options need a fixed value, and take nothing from the model: ${labelsOf((option) => SAFETY_OPTIONS.some((name) => optionOf(name) === option))}.`,
		"- 'Tool Description' is what the model is told. Change it to add rules of your own.",
	].join('\n'),
];

const table = (heading: string, fields: INodeProperties[]) =>
	[
		`| ${heading} | Default | Values | Description |`,
		'| --- | --- | --- | --- |',
		...fields.map(
			(field) =>
				`| ${[field.displayName, defaultOf(field), valuesOf(field), descriptionOf(field)].map(cell).join(' | ')} |`,
		),
	].join('\n');

/** As the editor shows a field that nobody has touched; an option, once it is added. */
function defaultOf(field: INodeProperties): string {
	const { default: value, required = false } = field;
	if (required && value === '') return '(required)';
	switch (field.type) {
		case 'options':
			return nameOfChoice(field, value);
		case 'boolean':
			return value === true ? 'on' : 'off';
		case 'number':
			return isUnlimited(field) ? `no limit; ${shown(value)} once added` : shown(value);
		default:
			return typeof value === 'string' ? value : '';
	}
}

const nameOfChoice = (field: INodeProperties, value: unknown) =>
	choicesOf(field).find((choice) => choice.value === value)?.name ?? '';

const shown = (value: unknown) => (typeof value === 'number' ? formatted(value) : '');

const optionFor = ({ name }: INodeProperties): Option | undefined =>
	OPTIONS.find((entry) => entry.name === name)?.option;

function isUnlimited(field: INodeProperties): boolean {
	const option = optionFor(field);
	return option?.type === 'number' && option.hasNoLimitUnlessAdded === true;
}

/** What an expression may return, and what it means. */
function valuesOf(field: INodeProperties): string {
	switch (field.type) {
		case 'options':
			return choicesOf(field)
				.map(
					({ name, value, description = '' }) =>
						`**${name}** (\`${value}\`): ${sentence(description)}`,
				)
				.join('<br>');
		case 'boolean':
			return '`true` or `false`';
		case 'number': {
			const { minValue, maxValue } = field.typeOptions ?? {};
			const option = optionFor(field);
			const isWhole = option?.type !== 'number' || option.unit === undefined;
			return `${isWhole ? 'whole number, ' : ''}${shown(minValue)} to ${shown(maxValue)}`;
		}
		default:
			return field.placeholder ?? '';
	}
}

const descriptionOf = (field: INodeProperties) =>
	[sentence(field.description ?? ''), ...whenShown(field)].filter((part) => part !== '').join(' ');

const whenShown = (field: INodeProperties): string[] => {
	const condition = conditionOf(field);
	return condition === '' ? [] : [`Shown if ${condition}.`];
};

/** On what other fields it depends whether the editor shows it. */
const conditionOf = ({ displayOptions }: INodeProperties): string =>
	Object.entries(displayOptions?.show ?? {})
		.filter(([name]) => !['resource', 'operation', '@tool'].includes(name))
		.flatMap(([name, values = []]) => {
			const [value] = values;
			// The same field has other choices in other operations.
			const others = properties.filter((field) => field.name === name);
			const [other] = [...others.filter((field) => nameOfChoice(field, value) !== ''), ...others];
			return other ? [`'${other.displayName}' is ${asShown(other, value)}`] : [];
		})
		.join(' and ');

const asShown = (field: INodeProperties, value: unknown) =>
	field.type === 'options' ? `'${nameOfChoice(field, value)}'` : value === true ? 'on' : 'off';

/** Each text once, with all the cases in which the editor shows it. */
function noticesFrom(notices: INodeProperties[]): string[] {
	const texts = [...new Set(notices.map(({ displayName }) => displayName))];
	return texts.map((text) => {
		const cases = notices.filter(({ displayName }) => displayName === text).map(conditionOf);
		return `_Notice, if ${cases.join(' or ')}:_ ${sentence(text)}`;
	});
}

const sentence = (text: string) => (text === '' || text.endsWith('.') ? text : `${text}.`);

/** Links of the editor are HTML. */
const cell = (text: string) =>
	text
		.replace(/<a href="([^"]*)">(.*?)<\/a>/g, '[$2]($1)')
		.replace(/\|/g, '\\|')
		.replace(/\n/g, '<br>');

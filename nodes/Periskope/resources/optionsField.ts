import type { INodeProperties } from 'n8n-workflow';

import {
	choicesOf,
	hasOption,
	OPTION_NAMES,
	optionOf,
	type OperationName,
	type Option,
} from '../options';

/** The collection Options, with the entries that the operation has; none where it has no entries. */
export function optionsField(operation: OperationName, isTool: boolean): INodeProperties[] {
	const names = OPTION_NAMES.filter((name) => hasOption(operation, name, isTool));
	if (names.length === 0) return [];
	const field: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: names.map((name) => fieldFrom(name, optionOf(name), operation, isTool)),
	};
	// Shown on a new node, so that users find 'Dry Run'.
	return [names.includes('dryRun') ? { ...field, default: { dryRun: isTool } } : field];
}

/** The field of an option, as the editor shows it. */
export function fieldFrom(
	name: string,
	option: Option,
	operation: OperationName,
	isTool: boolean,
): INodeProperties {
	const { label: displayName, type, description, toolDefault } = option;
	const value = isTool ? (toolDefault ?? option.default) : option.default;
	const field = { displayName, name, type, default: value, description };
	switch (option.type) {
		case 'boolean':
			return field;
		case 'string':
			return { ...field, placeholder: option.placeholder };
		case 'number':
			return { ...field, typeOptions: { minValue: option.min, maxValue: option.max } };
		case 'options':
			return { ...field, options: choicesOf(option, operation) };
	}
}

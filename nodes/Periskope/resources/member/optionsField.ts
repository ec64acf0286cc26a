import type { INodeProperties } from 'n8n-workflow';

import {
	choicesOf,
	hasOption,
	OPTION_NAMES,
	optionOf,
	type OperationName,
	type OptionName,
} from '../../options';

/** The collection Options, with the entries that the operation has. */
export const optionsField = (operation: OperationName): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: OPTION_NAMES.filter((name) => hasOption(operation, name)).map((name) =>
		fieldFor(name, operation),
	),
});

function fieldFor(name: OptionName, operation: OperationName): INodeProperties {
	const option = optionOf(name);
	const { label: displayName, type, default: value, description } = option;
	const field = { displayName, name, type, default: value, description };
	switch (option.type) {
		case 'boolean':
			return field;
		case 'number':
			return { ...field, typeOptions: { minValue: option.min, maxValue: option.max } };
		case 'options':
			return { ...field, options: choicesOf(option, operation) };
	}
}

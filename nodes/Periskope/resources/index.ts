import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { messageOf } from '../messageOf';
import { hasErrorBranch, itemsOfFailedRun } from '../steps/5-items/items';
import { member } from './member';
import type { Operation, Resource } from './operation';

/** Everything the node can do: the dropdowns, the fields and the dispatch all come from here. */
const RESOURCES: readonly Resource[] = [member];

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: RESOURCES.map(({ option }) => option),
	default: 'member',
};

const fieldsOf = (resource: Resource, operation: Operation): INodeProperties[] =>
	operation.fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: {
				resource: [resource.option.value],
				operation: [operation.option.value],
				...field.displayOptions?.show,
			},
		},
	}));

export const properties: INodeProperties[] = [
	resourceField,
	...RESOURCES.flatMap((resource) => [
		resource.operationField,
		...resource.operations.flatMap((operation) => fieldsOf(resource, operation)),
	]),
];

/** Runs the operation that the workflow names. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (!context.continueOnFail()) return await operationOf(context).execute(context);
	try {
		return await operationOf(context).execute(context);
	} catch (error) {
		// Thrown on, n8n would send all rows on as they came, as if they had gone well.
		return itemsOfFailedRun(
			context.getInputData().length,
			{ what: messageOf(error), advice: adviceOn(error) },
			hasErrorBranch(context.getNode()),
		);
	}
}

const adviceOn = (error: unknown) =>
	error instanceof NodeOperationError && error.description
		? error.description
		: 'Nobody can say whether something was sent. Look at the members in Periskope, and please report this with the workflow.';

function operationOf(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0, 'member');
	const operation = context.getNodeParameter('operation', 0, '');
	const chosen = RESOURCES.find(({ option }) => option.value === resource)?.operations.find(
		({ option }) => option.value === operation,
	);
	if (!chosen) {
		throw new NodeOperationError(
			context.getNode(),
			`This version of the Periskope node has no operation "${String(operation)}" for "${String(resource)}"`,
			{ description: 'Choose an operation from the list, or update the node.' },
		);
	}
	return chosen;
}

import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type NodeHint,
} from 'n8n-workflow';

import { hasErrorOutput, itemsOfFailedRun } from '../output/items';
import { messageOf } from '../text';
import { member } from './member';
import { orgPhone } from './orgPhone';
import type { Operation, Resource } from './operation';

/** Everything the node can do: the dropdowns, the fields and the dispatch all come from here. */
const RESOURCES: readonly Resource[] = [member, orgPhone];

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

export const hints: NodeHint[] = RESOURCES.flatMap((resource) =>
	resource.operations.flatMap((operation) =>
		(operation.hints ?? []).map(({ message, when }): NodeHint => ({
			message,
			type: 'warning',
			location: 'outputPane',
			whenToDisplay: 'beforeExecution',
			displayCondition: `={{ $parameter["resource"] === "${resource.option.value}" && $parameter["operation"] === "${operation.option.value}" && ${when} }}`,
		})),
	),
);

/** Runs the operation that the workflow names. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (!context.continueOnFail()) return await operationOf(context).execute(context);
	try {
		return await operationOf(context).execute(context);
	} catch (error) {
		const foreseen = error instanceof NodeOperationError ? error.description : undefined;
		// If it were thrown, n8n would pass all rows on as they came, as if they had succeeded.
		return itemsOfFailedRun(
			context.getInputData().length,
			{ what: messageOf(error), advice: foreseen || UNFORESEEN },
			{ reason: 'unavailable', applied: foreseen ? 'no' : 'unknown' },
			hasErrorOutput(context.getNode()),
		);
	}
}

const UNFORESEEN =
	'Whether something was sent is unknown. Check the members in Periskope, and please report this with the workflow.';

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

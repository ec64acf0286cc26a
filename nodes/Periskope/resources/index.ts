import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type NodeHint,
} from 'n8n-workflow';

import { hasErrorOutput, itemFrom, itemsOfFailedRun } from '../output/items';
import { toldOfFailure } from '../output/toolItems';
import type { FailureDetails } from '../rowFailure';
import { messageOf } from '../text';
import { isTool, stopsOnErrors } from '../tool';
import { deleteMember } from './member/delete';
import { invite } from './member/invite';
import { updateAccess } from './member/updateAccess';
import { operationField, operationFields, type Operation, type Resource } from './operation';
import { getManyOrgPhones } from './orgPhone/getAll';

/** Everything the node can do: the dropdowns, the fields and the dispatch all come from here. */
const RESOURCES: readonly Resource[] = [
	{
		option: { name: 'Member', value: 'member' },
		operations: [deleteMember, invite, updateAccess],
		defaultOperation: 'updateAccess',
	},
	{
		option: { name: 'Org Phone', value: 'orgPhone' },
		operations: [getManyOrgPhones],
		defaultOperation: 'getAll',
	},
];

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: RESOURCES.map(({ option }) => option),
	default: 'member',
};

export const properties: INodeProperties[] = [
	resourceField,
	...RESOURCES.flatMap((resource) => [
		operationField(resource),
		...resource.operations.flatMap((operation) => operationFields(resource, operation)),
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
	if (stopsOnErrors(context)) return await operationOf(context).execute(context);
	try {
		return await operationOf(context).execute(context);
	} catch (error) {
		const foreseen = error instanceof NodeOperationError ? error.description : undefined;
		const problem = { what: messageOf(error), advice: foreseen || UNFORESEEN };
		const details: FailureDetails = { reason: 'unavailable', applied: foreseen ? 'no' : 'unknown' };
		const node = context.getNode();
		if (isTool(node)) return [itemFrom(toldOfFailure({ ...problem, details }, 'done'), 0)];
		// If it were thrown, n8n would pass all rows on as they came, as if they had succeeded.
		const rows = context.getInputData().length;
		return itemsOfFailedRun(rows, problem, details, hasErrorOutput(node));
	}
}

const UNFORESEEN =
	'Whether something was sent is unknown. Check the members in Periskope, and please open an issue on the GitHub page of this node.';

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

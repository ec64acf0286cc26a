import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

/** Said above the output of a node that has not run yet. */
export interface Hint {
	message: string;
	/** a condition on `$parameter`, in JavaScript */
	when: string;
}

/** An operation in one file: its entry in the dropdown, its fields, and what it does. */
export interface Operation {
	option: INodePropertyOptions & { value: string };
	/** what the model of an agent is told, unless the author of the workflow writes it anew */
	toolDescription: string;
	/** @param isTool whether the node is the tool of an agent */
	fields(isTool: boolean): INodeProperties[];
	hints?: readonly Hint[];
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** A resource: its entry in the dropdown, and its operations. */
export interface Resource {
	option: INodePropertyOptions & { value: string };
	operations: readonly Operation[];
	/** value of the operation that a fresh node has */
	defaultOperation: string;
}

/** The dropdown of a resource's operations. */
export const operationField = ({
	option,
	operations,
	defaultOperation,
}: Resource): INodeProperties => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [option.value] } },
	options: operations.map((operation) => operation.option),
	default: defaultOperation,
});

/** Each field twice: as a node of a workflow has it, and as the tool of an agent does. */
export const operationFields = (resource: Resource, operation: Operation): INodeProperties[] =>
	[false, true].flatMap((isTool) =>
		[...(isTool ? [toolDescriptionField(operation)] : []), ...operation.fields(isTool)].map(
			(field) => ({
				...field,
				displayOptions: {
					show: {
						'@tool': [isTool],
						resource: [resource.option.value],
						operation: [operation.option.value],
						...field.displayOptions?.show,
					},
				},
			}),
		),
	);

/** Under the name that n8n looks for. Without it, a model would be told the operation's name alone. */
const toolDescriptionField = ({ toolDescription }: Operation): INodeProperties => ({
	displayName: 'Tool Description',
	name: 'toolDescription',
	type: 'string',
	typeOptions: { rows: 8 },
	default: toolDescription,
	description: 'What the model is told about this tool',
});

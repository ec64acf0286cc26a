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
	fields: INodeProperties[];
	hints?: readonly Hint[];
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** A resource in one folder: its entry in the dropdown, and the dropdown of its operations. */
export interface Resource {
	option: INodePropertyOptions & { value: string };
	operations: readonly Operation[];
	operationField: INodeProperties;
}

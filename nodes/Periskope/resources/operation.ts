import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

/** An operation in one file: its entry in the dropdown, its fields, and what it does. */
export interface Operation {
	option: INodePropertyOptions & { value: string };
	fields: INodeProperties[];
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** A resource in one folder: its entry in the dropdown, and the dropdown of its operations. */
export interface Resource {
	option: INodePropertyOptions & { value: string };
	operations: readonly Operation[];
	operationField: INodeProperties;
}

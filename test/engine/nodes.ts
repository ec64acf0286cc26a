/** Small nodes around the one under test: rows before it, a look back after it, an agent above it. */
import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

const describe = (
	name: string,
	more: Partial<INodeTypeDescription> = {},
): INodeTypeDescription => ({
	displayName: name,
	name,
	group: ['transform'],
	version: 1,
	description: name,
	defaults: { name },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
	...more,
});

/** Gives rows, as a sheet's node does. */
export class Source implements INodeType {
	description = describe('source', { group: ['trigger'], inputs: [] });

	constructor(private readonly rows: IDataObject[]) {}

	execute = (): Promise<INodeExecutionData[][]> =>
		Promise.resolve([this.rows.map((json) => ({ json }))]);
}

/** Evaluates the expression in its parameter `value` for each item, as any node downstream does. */
export class Look implements INodeType {
	description = describe('look', {
		properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
	});

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData().map((_, item) => ({
			json: { value: this.getNodeParameter('value', item) as IDataObject },
			pairedItem: { item },
		}));
		return Promise.resolve([items]);
	}
}

export interface Tool {
	name: string;
	description: string;
	schema: unknown;
	invoke(args: IDataObject): Promise<string>;
}

/** Has a tool, and calls it with what it is told to, time after time, as an AI agent does. */
export class Agent implements INodeType {
	description = describe('agent', {
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
	});

	tools: Tool[] = [];

	constructor(private readonly calls: readonly IDataObject[]) {
		const act = this.act.bind(this);
		this.execute = function (this: IExecuteFunctions) {
			return act(this);
		};
	}

	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

	private async act(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		this.tools = (await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		const answers: INodeExecutionData[] = [];
		for (const args of this.calls) {
			for (const tool of this.tools) answers.push({ json: { answer: await tool.invoke(args) } });
		}
		return [answers];
	}
}

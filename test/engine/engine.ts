import './environment';

import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type ExecutionError,
	type ICredentialDataDecryptedObject,
	type IConnections,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
} from 'n8n-workflow';

import { Periskope, PeriskopeApi } from './built';
import { TestCredentials } from './credentials';
import { Agent, Look, Source, type Tool } from './nodes';

export const NODE = 'Periskope';
const SOURCE = 'Source';

export interface EngineRun {
	run: IRun;
	/** what the execution ended with, if not well */
	error: ExecutionError | undefined;
	hints: NodeExecutionHint[];
	/** the items that a node gave, by its output */
	items: (node?: string, output?: number) => INodeExecutionData[];
	/** their JSON */
	json: (node?: string, output?: number) => IDataObject[];
}

export interface RunOptions {
	/** of the Periskope node, such as onError */
	settings?: Partial<INode>;
	/** nodes after the Periskope node, or in its place; with the types that they need */
	more?: { nodes: INode[]; connections: IConnections; types?: Record<string, INodeType> };
	onStart?: (execution: { cancel(): void }) => void;
}

/** Runs workflows on n8n's real engine, with the built node in them. */
export class Engine {
	constructor(private readonly credential: ICredentialDataDecryptedObject) {}

	/** Rows, then the Periskope node with these parameters, then what `more` adds. */
	async run(
		parameters: INodeParameters,
		rows: IDataObject[] = [{}],
		{ settings = {}, more, onStart }: RunOptions = {},
	): Promise<EngineRun> {
		const nodes: INode[] = [
			node(SOURCE, 'source', {}),
			{
				...node(NODE, 'periskope', {
					resource: 'member',
					operation: 'updateAccess',
					...parameters,
				}),
				credentials: { periskopeApi: { id: '1', name: 'Periskope' } },
				...settings,
			},
			...(more?.nodes ?? []),
		];
		const connections: IConnections = {
			[SOURCE]: { main: [[{ node: NODE, type: 'main', index: 0 }]] },
			...more?.connections,
		};
		const types = { source: new Source(rows), ...more?.types };
		return await this.execute(nodes, connections, types, onStart);
	}

	/** A whole workflow, started at its first node. */
	async execute(
		nodes: INode[],
		connections: IConnections,
		types: Record<string, INodeType>,
		onStart?: (execution: { cancel(): void }) => void,
	): Promise<EngineRun> {
		const workflow = this.workflow(nodes, connections, types);
		const [first] = nodes;
		const startNode = first && workflow.getNode(first.name);
		if (!startNode) throw new Error('The workflow has no node to start at');
		const hooks = new ExecutionLifecycleHooks('manual', '1', {
			id: 'w',
			name: 'w',
			nodes: [],
			connections: {},
			active: false,
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(0),
			updatedAt: new Date(0),
		});
		const running = new WorkflowExecute(this.additionalData(hooks), 'manual').run({
			workflow,
			startNode,
		});
		onStart?.(running);
		const run = await running;
		const { runData, error } = run.data.resultData;
		const items = (name = NODE, output = 0) => runData[name]?.[0]?.data?.main?.[output] ?? [];
		return {
			run,
			error,
			hints: runData[NODE]?.[0]?.hints ?? [],
			items,
			json: (name, output) => items(name, output).map((item) => item.json),
		};
	}

	/**
	 * Connects the node to an agent as its tool, and calls it time after time.
	 *
	 * @param calls what the model fills in
	 * @returns the tool as the model sees it, and what the model is given back for each call
	 */
	async callTool(
		parameters: INodeParameters,
		calls: readonly IDataObject[],
		settings: Partial<INode> = {},
	): Promise<{ tools: Tool[]; answers: string[] }> {
		const agent = new Agent(calls);
		const tool = {
			...node('Access', 'periskopeTool', parameters),
			credentials: { periskopeApi: { id: '1', name: 'Periskope' } },
			...settings,
		};
		// What n8n's server makes of a node that is usable as a tool: it gives a tool, and takes no rows.
		const type = new Periskope();
		type.description = {
			...type.description,
			name: 'periskopeTool',
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		};
		const { error, json } = await this.execute(
			[node(SOURCE, 'source', {}), node('Agent', 'agent', {}), tool],
			{
				[SOURCE]: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Access: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
			{ source: new Source([{}]), agent, periskopeTool: type },
		);
		if (error) throw error;
		return { tools: agent.tools, answers: json('Agent').map(({ answer }) => answer as string) };
	}

	/** What the editor says above the output of a node that has not run yet. */
	hintsBefore(parameters: INodeParameters): string[] {
		const workflow = this.workflow([node(NODE, 'periskope', parameters)]);
		const asking = workflow.getNode(NODE);
		if (!asking) throw new Error('The workflow lost its node');
		return (new Periskope().description.hints ?? [])
			.filter(({ whenToDisplay }) => whenToDisplay === 'beforeExecution')
			.filter(({ displayCondition }) =>
				workflow.expression.getSimpleParameterValue(asking, displayCondition, 'internal', {}),
			)
			.map(({ message }) => message);
	}

	/** What the editor shows in a dropdown. */
	async loadOptions(method: 'getOrgPhones'): Promise<INodePropertyOptions[]> {
		const periskope = new Periskope();
		const workflow = this.workflow([
			{
				...node(NODE, 'periskope', {}),
				credentials: { periskopeApi: { id: '1', name: 'Periskope' } },
			},
		]);
		const asking = workflow.getNode(NODE);
		if (!asking) throw new Error('The workflow lost its node');
		const context = new LoadOptionsContext(workflow, asking, this.additionalData(), '');
		return await periskope.methods.loadOptions[method].call(context as ILoadOptionsFunctions);
	}

	private workflow(
		nodes: INode[],
		connections: IConnections = {},
		more: Record<string, INodeType> = {},
	): Workflow {
		const types: Record<string, INodeType> = {
			look: new Look(),
			periskope: new Periskope(),
			...more,
		};
		const typeOf = (name: string): INodeType => {
			const type = types[name];
			if (!type) throw new Error(`No node type ${name}`);
			return type;
		};
		const nodeTypes: INodeTypes = {
			getByName: typeOf,
			getByNameAndVersion: (name, version) =>
				NodeHelpers.getVersionedNodeType(typeOf(name), version),
			getKnownTypes: () => ({}),
		};
		return new Workflow({
			id: 'w',
			nodes,
			connections,
			active: false,
			nodeTypes,
			settings: { executionOrder: 'v1' },
		});
	}

	/** The part of n8n's server that the engine asks for. Every URL has to be one. */
	private additionalData(hooks?: ExecutionLifecycleHooks): IWorkflowExecuteAdditionalData {
		const url = 'http://localhost';
		const data: Partial<IWorkflowExecuteAdditionalData> = {
			credentialsHelper: new TestCredentials(new PeriskopeApi(), this.credential),
			...(hooks && { hooks }),
			executionId: '1',
			variables: {},
			logAiEvent: () => undefined,
			currentNodeExecutionIndex: 0,
			restApiUrl: `${url}/rest`,
			instanceBaseUrl: `${url}/`,
			formBaseUrl: `${url}/form`,
			formTestBaseUrl: `${url}/form-test`,
			formWaitingBaseUrl: `${url}/form-waiting`,
			webhookBaseUrl: `${url}/webhook`,
			webhookTestBaseUrl: `${url}/webhook-test`,
			webhookWaitingBaseUrl: `${url}/webhook-waiting`,
		};
		return data as IWorkflowExecuteAdditionalData;
	}
}

export function node(name: string, type: string, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}

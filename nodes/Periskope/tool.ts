import type { IExecuteFunctions, INode } from 'n8n-workflow';

/** Whether the node is the tool of an AI agent: n8n gives it a type of its own then. */
export const isTool = ({ type }: Pick<INode, 'type'>) => type.endsWith('Tool');

/** n8n doesn't pass a tool's error to the model in full, so a tool returns an item for every email. */
export const stopsOnErrors = (context: Pick<IExecuteFunctions, 'getNode' | 'continueOnFail'>) =>
	!isTool(context.getNode()) && !context.continueOnFail();

/** The calls of a tool in one execution. Each gets the same object, which n8n keeps for the node. */
export interface ToolCalls {
	/** members that they sent requests about, by the keys of their emails */
	members?: readonly string[];
}

/** @returns undefined where the node isn't a tool */
export const toolCalls = (context: IExecuteFunctions): ToolCalls | undefined =>
	isTool(context.getNode()) ? context.getContext('node') : undefined;

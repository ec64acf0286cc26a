/** Whether the node runs as the tool of an AI agent: n8n gives the tool a node type of its own. */
export const isTool = ({ type }: { type: string }) => type.endsWith('Tool');

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowToSave } from '../n8n/api';

export const NODE_TYPE = 'n8n-nodes-periskope.periskope';
export const TRIGGER = 'Start';
export const SHEET = 'Sheet';
export const UPDATE = 'Update access';

export function node(
	name: string,
	type: string,
	parameters: INodeParameters,
	column: number,
	more: Partial<INode> = {},
): INode {
	return { id: name, name, type, typeVersion: 1, position: [column * 220, 0], parameters, ...more };
}

/** Rows, as a sheet would give them, into Update Access, or what the parameters say. */
export function sheetWorkflow(
	name: string,
	credentialId: string,
	rows: IDataObject[],
	parameters: INodeParameters = {},
	settings: Partial<INode> = {},
): WorkflowToSave {
	const { name: nodeName = UPDATE, ...others } = settings;
	const code = `return ${JSON.stringify(rows)}.map((json) => ({ json }));`;
	return {
		name,
		nodes: [
			node(TRIGGER, 'n8n-nodes-base.manualTrigger', {}, 0),
			node(SHEET, 'n8n-nodes-base.code', { jsCode: code }, 1, { typeVersion: 2 }),
			node(
				nodeName,
				NODE_TYPE,
				{
					resource: 'member',
					operation: 'updateAccess',
					emails: '={{ $json.email }}',
					labels: '={{ $json.labels }}',
					...parameters,
				},
				2,
				{ credentials: { periskopeApi: { id: credentialId, name: 'Periskope' } }, ...others },
			),
		],
		connections: {
			[TRIGGER]: { main: [[{ node: SHEET, type: 'main', index: 0 }]] },
			[SHEET]: { main: [[{ node: nodeName, type: 'main', index: 0 }]] },
		},
	};
}

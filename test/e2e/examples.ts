import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { INode } from 'n8n-workflow';

import type { WorkflowToSave } from './n8n/api';

const FOLDER = resolve(__dirname, '../../examples');

export const exampleNames = () =>
	readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace(/\.json$/, ''));

export const exampleText = (name: string) => readFileSync(join(FOLDER, `${name}.json`), 'utf8');

export const membersFile = () => readFileSync(join(FOLDER, 'members.csv'), 'utf8');

export interface Adaptation {
	/** of the credentials made for the test, by their type */
	credentials: Record<string, string>;
	/** where the files of the workflow lie, in place of /files */
	files?: string;
	/** in place of nodes that call a service of somebody else, by name */
	standIns?: Record<string, Pick<INode, 'type' | 'typeVersion' | 'parameters'>>;
}

const CREDENTIAL_OF: Record<string, string> = {
	'n8n-nodes-periskope.periskope': 'periskopeApi',
	'n8n-nodes-periskope.periskopeTool': 'periskopeApi',
	'n8n-nodes-base.webhook': 'httpHeaderAuth',
	'n8n-nodes-base.httpRequest': 'httpHeaderAuth',
};

/** The example as a user imports it, and what the user then has to set. */
export function example(
	name: string,
	{ credentials, files, standIns = {} }: Adaptation,
): WorkflowToSave {
	const text = exampleText(name).replaceAll('/files/', `${files ?? '/files'}/`);
	const workflow = JSON.parse(text) as WorkflowToSave;
	return {
		...workflow,
		nodes: workflow.nodes.map((node): INode => {
			const type = CREDENTIAL_OF[node.type] ?? '';
			const id = credentials[type];
			return {
				...node,
				...(id !== undefined && { credentials: { [type]: { id, name: type } } }),
				...standIns[node.name],
			};
		}),
	};
}

export function nodeNamed({ nodes }: WorkflowToSave, name: string): INode {
	const found = nodes.find((node) => node.name === name);
	if (!found) throw new Error(`The workflow has no node ${name}`);
	return found;
}

/** A node that fails until something answers at this address, in place of one that fails once. */
export const askingFor = (url: string): Pick<INode, 'type' | 'typeVersion' | 'parameters'> => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { url },
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import {
	NodeConnectionTypes,
	type IConnections,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import { Periskope } from '../engine/built';
import { Source } from '../engine/nodes';

const EXAMPLE = join(__dirname, '../../examples/update-access-from-a-sheet.json');
export const UPDATE = 'Update access';

export interface SheetWorkflow {
	nodes: INode[];
	connections: IConnections;
	types: Record<string, INodeType>;
}

/**
 * The example workflow as it is imported. n8n's own nodes come with the whole of n8n, so small ones
 * stand in for them: one gives the rows of the file, the others pass on what they get.
 */
export function sheetWorkflow(rows: IDataObject[], isDryRun: boolean): SheetWorkflow {
	const { nodes, connections } = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as {
		nodes: INode[];
		connections: IConnections;
	};
	const update = nodes.find(({ name }) => name === UPDATE);
	if (!update) throw new Error(`${EXAMPLE} has no node "${UPDATE}"`);
	update.credentials = { periskopeApi: { id: '1', name: 'Periskope' } };
	if (isDryRun) {
		update.parameters.options = { ...(update.parameters.options as IDataObject), dryRun: true };
	}
	return {
		nodes,
		connections,
		types: {
			...Object.fromEntries(nodes.map(({ type }) => [type, new PassOn()])),
			'n8n-nodes-base.manualTrigger': new Source([{}]),
			'n8n-nodes-base.extractFromFile': new Source(rows),
			'n8n-nodes-periskope.periskope': new Periskope(),
		},
	};
}

/** A sheet's rows as n8n's own CSV reader gives them: text in every cell. */
export function rowsOf(file: string): IDataObject[] {
	if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
	const text = textOf(file);
	const rows: IDataObject[] = parse(text, {
		columns: true,
		bom: true,
		delimiter: delimiterOf(text),
		relax_column_count: true,
		skip_empty_lines: true,
	});
	if (rows[0] && !('email' in rows[0])) {
		throw new Error(
			`${file} has no column "email", but ${Object.keys(rows[0]).join(', ')}. The demo reads the columns email, labels and phones.`,
		);
	}
	return rows;
}

/** @throws where the file isn't in UTF-8, as names would be read wrongly */
function textOf(file: string): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
	} catch {
		throw new Error(`${file} isn't in UTF-8. Save it as "CSV UTF-8" and run the demo again.`);
	}
}

/** Excel writes semicolons in many countries, and tabs as "Unicode text". */
function delimiterOf(text: string): string {
	const [header = ''] = text.split('\n', 1);
	return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

class PassOn implements INodeType {
	description = {
		displayName: 'Pass on',
		name: 'passOn',
		group: ['transform' as const],
		version: 1,
		description: 'Gives what it gets',
		defaults: { name: 'Pass on' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return Promise.resolve([
			this.getInputData().map(({ json }, item) => ({ json, pairedItem: { item } })),
		]);
	}
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IDataObject, INode } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox/server';
import { node, NODE_TYPE } from './editor/workflows';
import { Server } from './n8n/server';
import { prepared } from './setup/prepared';

/** Names and values that a reference could get wrong; each row lacks some of the columns. */
const ROWS: IDataObject[] = [
	{ 'E mail': 'asha.rao@acme.example', labels: 'Sales, VIP', 'Team "EU"': { phone: 918527184400 } },
	{
		'E mail': 'BEN.okafor@acme.example',
		labels: ['Sales, EU', 'VIP'],
		'Team "EU"': { phone: null },
	},
	{ 'E mail': '', labels: '😀, 名前', 'Team "EU"': {} },
	{ labels: 'Sales', 'Team "EU"': 'text' },
	{ 'E mail': ' mei.chen@acme.example ', labels: [], 'Team "EU"': { phone: ['918527184400'] } },
	{ 'E mail': 'hugo.martin@acme.example', labels: { name: 'VIP' }, 'Team "EU"': { phone: true } },
	{ 'E mail': 'ines.silva@acme.example', constructor: 'VIP', labels: 0.5, prototype: 'x' },
];
const COLUMNS = {
	emails: '={{ $json["E mail"] }}',
	labels: '={{ $json.labels }}',
	orgPhones: '={{ $json[\'Team "EU"\'].phone }}',
};
/** The same as what n8n alone evaluates. */
const EXPRESSIONS = {
	emails: '={{ [$json["E mail"]][0] }}',
	labels: '={{ [$json.labels][0] }}',
	orgPhones: '={{ [$json[\'Team "EU"\'].phone][0] }}',
};

describe.each(['vm', 'legacy'])('a column in the whole n8n, with the engine %s', (engine) => {
	let sandbox: Sandbox;
	let server: Server;

	beforeAll(async () => {
		sandbox = await startSandbox();
		server = await Server.start({ ...prepared(), env: { N8N_EXPRESSION_ENGINE: engine } });
	});
	afterAll(async () => {
		await server.stop();
		await sandbox.close();
	});

	/** What a dry run of these rows gives, without what only a column tells: names and expressions. */
	async function plan(parameters: typeof COLUMNS, settings: Partial<INode>, pinned: boolean) {
		const id = await server.api.createCredential('Periskope', 'periskopeApi', sandbox.credential);
		const rows = pinned ? [{ 'E mail': 'not.pinned@acme.example', labels: 'VIP' }] : ROWS;
		const workflow = {
			name: 'Columns',
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', {}, 0),
				node(
					'Rows',
					'n8n-nodes-base.code',
					{ jsCode: `return ${JSON.stringify(rows)}.map((json) => ({ json }));` },
					1,
					{ typeVersion: 2 },
				),
				node(
					'Plan',
					NODE_TYPE,
					{
						resource: 'member',
						operation: 'updateAccess',
						orgPhonesMode: 'set',
						...parameters,
						options: { dryRun: true, duplicateEmails: 'lastRow', emptyLists: 'keep' },
					},
					2,
					{
						credentials: { periskopeApi: { id, name: 'Periskope' } },
						onError: 'continueRegularOutput',
						...settings,
					},
				),
			],
			connections: {
				Start: { main: [[{ node: 'Rows', type: 'main' as const, index: 0 }]] },
				Rows: { main: [[{ node: 'Plan', type: 'main' as const, index: 0 }]] },
			},
			...(pinned && { pinData: { Rows: ROWS.map((json) => ({ json })) } }),
		};
		const { data } = await server.api.run(await server.api.createWorkflow(workflow), 'Start');
		const items = data.resultData.runData.Plan?.[0]?.data?.main?.[0] ?? [];
		return items.map(({ json, pairedItem }) => ({
			pairedItem,
			json: JSON.parse(
				JSON.stringify(json)
					.replace(
						/\. This row has no (?:column )?'.*?'\. It has: [^.]*(?:\. Use \{\{.*?\}\})?/g,
						'',
					)
					.replace(
						/Map (?:one text of each, as in \{\{.*?\}\}|a text, or a list of texts)/g,
						'Map',
					),
			) as IDataObject,
		}));
	}

	it.each<[string, Partial<INode>, boolean, number]>([
		['from the node before it', {}, false, ROWS.length],
		['from pinned data', {}, true, ROWS.length],
		['with Execute Once', { executeOnce: true }, false, 1],
	])('means what n8n evaluates: rows %s', async (_, settings, pinned, rows) => {
		const byColumn = await plan(COLUMNS, settings, pinned);
		expect(byColumn).toHaveLength(rows);
		expect(byColumn[0]?.json).toMatchObject({ email: 'asha.rao@acme.example', dryRun: true });
		expect(byColumn).toEqual(await plan(EXPRESSIONS, settings, pinned));
	});
});

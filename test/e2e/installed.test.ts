import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox/server';
import { Server } from './n8n/server';
import { prepared } from './setup/prepared';

const NODE = 'n8n-nodes-periskope.periskope';
const CREDENTIAL = 'periskopeApi';

describe('the package, installed in a fresh n8n', () => {
	let server: Server;
	let sandbox: Sandbox;
	let nodes: INodeTypeDescription[];
	let node: INodeTypeDescription | undefined;

	beforeAll(async () => {
		sandbox = await startSandbox();
		server = await Server.start(prepared());
		nodes = await server.api.call('GET', '/types/nodes.json');
		node = nodes.find(({ name }) => name === NODE);
	});
	afterAll(async () => {
		await server.stop();
		await sandbox.close();
	});

	const file = async (path: string) => await fetch(`${server.origin}/${path}`);

	it('loads without a complaint', () => {
		expect(server.program.output).not.toMatch(/periskope/i);
	});

	it('has the node under its npm name, as a node and as a tool', () => {
		expect(node).toMatchObject({ displayName: 'Periskope', usableAsTool: true });
		expect(nodes.map(({ name }) => name)).toContain(`${NODE}Tool`);
	});

	it('is found by what people look for', () => {
		const words = node?.codex?.alias?.map((word) => word.toLowerCase());
		expect(words).toEqual(expect.arrayContaining(['whatsapp', 'access', 'permissions']));
		expect(node?.codex?.categories).toEqual(['Communication']);
	});

	it('has the credential, which belongs to the node', async () => {
		const credentials: ICredentialType[] = await server.api.call('GET', '/types/credentials.json');
		expect(credentials.find(({ name }) => name === CREDENTIAL)).toMatchObject({
			displayName: 'Periskope API',
			supportedNodes: [NODE],
		});
	});

	it.each(['light', 'dark'] as const)('shows its own icon on %s', async (theme) => {
		const { iconUrl } = node as { iconUrl?: Record<string, string> };
		const icon = await file(iconUrl?.[theme] ?? '');
		const name = { light: 'periskope.svg', dark: 'periskope.dark.svg' }[theme];
		expect(await icon.text()).toBe(
			readFileSync(resolve(__dirname, '../../nodes/Periskope', name), 'utf8'),
		);
	});

	it('tells what its output looks like', async () => {
		const schema = await file(`schemas/${NODE}/1.0.0/member/updateAccess.json`);
		expect(await schema.json()).toMatchObject({ type: 'object' });
	});

	it('says that the credential works', async () => {
		expect(
			await server.api.testCredential('Right', CREDENTIAL, { ...sandbox.credential }),
		).toMatchObject({ status: 'OK' });
	});

	it("says why the credential doesn't work, in Periskope's own words", async () => {
		const wrong = { ...sandbox.credential, apiKey: 'wrong-key' };
		expect(await server.api.testCredential('Wrong', CREDENTIAL, wrong)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('Invalid API key.') as unknown,
		});
	});

	it("signs requests of n8n's own HTTP Request node", async () => {
		const id = await server.api.createCredential('Shared', CREDENTIAL, sandbox.credential);
		const execution = await server.api.run(
			await server.api.createWorkflow({
				name: 'HTTP Request',
				nodes: [
					{
						id: 'a',
						name: 'Start',
						type: 'n8n-nodes-base.manualTrigger',
						typeVersion: 1,
						position: [0, 0],
						parameters: {},
					},
					{
						id: 'b',
						name: 'Ask',
						type: 'n8n-nodes-base.httpRequest',
						typeVersion: 4.2,
						position: [200, 0],
						parameters: {
							url: `${sandbox.baseUrl}/phones/all`,
							authentication: 'predefinedCredentialType',
							nodeCredentialType: CREDENTIAL,
						},
						credentials: { [CREDENTIAL]: { id, name: 'Shared' } },
					},
				],
				connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
			}),
			'Start',
		);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(sandbox.requests.at(-1)).toMatchObject({ path: '/phones/all', status: 200 });
	});
});

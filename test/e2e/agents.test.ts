import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INode, INodeParameters } from 'n8n-workflow';

import { updateAccess } from '../../nodes/Periskope/resources/member/updateAccess';
import { emailsSent, filledByModel, SCENARIOS } from '../engine/toolScenarios';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { node } from './editor/workflows';
import { example } from './examples';
import { Server } from './n8n/server';
import { ScriptedModel } from './scriptedModel';
import { prepared } from './setup/prepared';

const BUTTON = 'When clicking Execute workflow';
const MODEL = 'Model';
const TOOL = 'Access';

let sandbox: Sandbox;
let model: ScriptedModel;
let server: Server;
let credentials: Record<'periskopeApi' | 'openAiApi', string>;

beforeAll(async () => {
	sandbox = await startSandbox();
	model = await ScriptedModel.start();
	const preload = `--require ${join(__dirname, 'n8n/withoutSqlite.cjs')}`;
	server = await Server.start({ ...prepared(), env: { NODE_OPTIONS: preload } });
	const make = async (type: string, data: object) =>
		await server.api.createCredential(type, type, data);
	credentials = {
		periskopeApi: await make('periskopeApi', sandbox.credential),
		openAiApi: await make('openAiApi', model.credential),
	};
});
beforeEach(() => {
	sandbox.reset();
});
afterAll(async () => {
	await server.stop();
	await model.stop();
	await sandbox.close();
});

const withCredential = (made: INode, type: keyof typeof credentials): INode => ({
	...made,
	credentials: { [type]: { id: credentials[type], name: type } },
});

/** What the model is given back, call by call. */
async function ask(version: number, parameters: INodeParameters, calls: readonly object[]) {
	model.calls = calls;
	const id = await server.api.createWorkflow({
		name: `Agent ${version}`,
		nodes: [
			node(BUTTON, 'n8n-nodes-base.manualTrigger', {}, 0),
			{
				...node(
					'Agent',
					'@n8n/n8n-nodes-langchain.agent',
					// An agent gives up after ten calls.
					{ promptType: 'define', text: 'Go', options: { maxIterations: 30 } },
					1,
				),
				typeVersion: version,
			},
			withCredential(
				{
					...node(
						MODEL,
						'@n8n/n8n-nodes-langchain.lmChatOpenAi',
						{ model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
						2,
					),
					typeVersion: 1.2,
				},
				'openAiApi',
			),
			withCredential(
				node(TOOL, 'n8n-nodes-periskope.periskopeTool', parameters, 3),
				'periskopeApi',
			),
		],
		connections: {
			[BUTTON]: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			[MODEL]: {
				ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]],
			},
			[TOOL]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
	});
	const { status, data } = await server.api.run(id, BUTTON);
	expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
	return model.answers.map((answer): unknown => JSON.parse(String(answer)));
}

describe.each([1.7, 2.2, 3.1])('the AI Agent %d', (version) => {
	it.each(SCENARIOS)(
		'hands the answer to the model for $name',
		async ({ parameters, calls, prepare, answers, emails, after }) => {
			prepare?.(sandbox);
			expect(await ask(version, parameters, calls)).toEqual(answers);
			if (emails) expect(emailsSent(sandbox)).toEqual(emails);
			after?.(sandbox);
		},
	);

	it('tells the model what the tool does, and asks for what it may fill in alone', async () => {
		await ask(
			version,
			{
				resource: 'member',
				operation: 'updateAccess',
				emails: filledByModel('Emails'),
				labels: filledByModel('Labels'),
			},
			[],
		);
		expect(model.asked?.tools).toHaveLength(1);
		expect(model.asked?.tools?.[0]?.function).toMatchObject({
			name: TOOL,
			description: updateAccess.toolDescription,
			parameters: {
				properties: { Emails: { type: 'string' }, Labels: { type: 'string' } },
				required: ['Emails', 'Labels'],
			},
		});
	});
});

it('the example answers with a plan, and rejects other domains than its own', async () => {
	const { nodes, connections } = example('ai-agent-with-dry-run', { credentials });
	const agent = nodes.find(({ type }) => type.endsWith('.agent'));
	const start = nodes.find(({ type }) => type.endsWith('.chatTrigger'));
	if (!agent || !start) throw new Error('The example has no agent');
	const id = await server.api.createWorkflow({
		name: 'Example',
		nodes: nodes.map((each): INode => {
			if (each === agent) {
				return { ...agent, parameters: { ...agent.parameters, promptType: 'define', text: 'Go' } };
			}
			// A chat comes from the editor's panel, or a page of its own.
			if (each === start) {
				return { ...start, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
			}
			return each.type.endsWith('.lmChatOpenAi') ? withCredential(each, 'openAiApi') : each;
		}),
		connections,
	});
	model.calls = ['asha@example.com', 'asha.rao@acme.example'].map((Emails) => ({
		Emails,
		Labels: 'Sales',
	}));
	const { status } = await server.api.run(id, start.name);
	expect(status).toBe('success');
	expect(model.answers.map((answer): unknown => JSON.parse(String(answer)))).toMatchObject([
		[{ email: 'asha@example.com', dryRun: true, labels: ['Sales'] }],
		[{ reason: expect.stringMatching(/isn't at an allowed domain \(example\.com\)/) as unknown }],
	]);
	expect(sandbox.requests).toEqual([]);
});

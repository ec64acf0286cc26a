import { describe, expect, it } from '@jest/globals';
import { NodeConnectionTypes, type IDataObject, type INodeParameters } from 'n8n-workflow';

import { Periskope } from './built';
import { node } from './engine';
import { Agent, Source } from './nodes';
import { sandboxed } from './sandboxed';

const ASHA = 'asha.rao@acme.example';

describe('as a tool of an AI agent', () => {
	const test = sandboxed();

	async function ask(args: IDataObject, more: INodeParameters = {}) {
		const agent = new Agent(args);
		const tool = {
			...node('Update access', 'periskopeTool', {
				resource: 'member',
				operation: 'updateAccess',
				emails: "={{ $fromAI('emails', 'Emails of the members', 'string') }}",
				labels: "={{ $fromAI('labels', 'Label names', 'string') }}",
				...more,
			}),
			credentials: { periskopeApi: { id: '1', name: 'Periskope' } },
		};
		// What n8n's server makes of a node that is usable as a tool: it gives a tool, and takes no rows.
		const type = new Periskope();
		type.description = {
			...type.description,
			name: 'periskopeTool',
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		};
		const run = await test.engine.execute(
			[node('Source', 'source', {}), node('Agent', 'agent', {}), tool],
			{
				Source: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				'Update access': { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
			{ source: new Source([{}]), agent, periskopeTool: type },
		);
		const [said] = run.json('Agent');
		// Some releases of n8n end the agent with the tool's error, others hand it to the agent.
		return { agent, answer: run.error?.message ?? (said?.answer as string) };
	}

	it('updates what the agent says, and answers with the members', async () => {
		const { answer, agent } = await ask({
			emails: `${ASHA}, ben.okafor@acme.example`,
			labels: 'Sales',
		});
		expect(agent.tools).toHaveLength(1);
		expect(JSON.parse(answer)).toMatchObject([
			{ email: ASHA },
			{ email: 'ben.okafor@acme.example' },
		]);
		expect(test.sandbox.organization.accessOf(ASHA)?.labels).toEqual(['Sales']);
	});

	it("plans only, where 'Dry Run' is on", async () => {
		const { answer } = await ask({ emails: ASHA, labels: 'Sales' }, { options: { dryRun: true } });
		expect(JSON.parse(answer)).toEqual([
			{
				email: ASHA,
				labelsMode: 'set',
				labels: ['Sales'],
				orgPhonesMode: 'keep',
				request: 1,
				dryRun: true,
			},
		]);
		expect(test.sandbox.requests).toEqual([]);
	});

	it('tells the agent what is wrong with its values', async () => {
		const { answer } = await ask({ emails: 'asha', labels: 'Sales' });
		expect(answer).toContain('"asha" is not an email address');
	});
});

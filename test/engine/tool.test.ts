import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { sandboxed } from './sandboxed';
import { emailsSent, filledByModel, SCENARIOS } from './toolScenarios';

describe('as the tool of an AI agent', () => {
	const test = sandboxed();

	async function ask(
		parameters: INodeParameters,
		calls: readonly IDataObject[],
		settings: Partial<INode> = {},
	) {
		const { tools, answers } = await test.engine.callTool(parameters, calls, settings);
		return { tools, answers, given: answers.map((answer): unknown => JSON.parse(answer)) };
	}

	it.each(SCENARIOS)(
		'answers for $name',
		async ({ parameters, calls, prepare, answers, emails, after }) => {
			prepare?.(test.sandbox);
			const { given } = await ask(parameters, calls);
			expect(given).toEqual(answers);
			if (emails) expect(emailsSent(test.sandbox)).toEqual(emails);
			after?.(test.sandbox);
		},
	);

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'answers the same where its errors are set to continue: %s',
		async (onError) => {
			for (const { parameters, calls, prepare, answers } of SCENARIOS) {
				test.sandbox.reset();
				prepare?.(test.sandbox);
				expect((await ask(parameters, calls, { onError })).given).toEqual(answers);
			}
		},
	);

	it('answers briefly, without row, ID, key or the name of a member', async () => {
		for (const { parameters, calls, prepare } of SCENARIOS) {
			test.sandbox.reset();
			prepare?.(test.sandbox);
			const { answers } = await ask(parameters, calls);
			for (const [index, answer] of answers.entries()) {
				const emails = JSON.stringify(calls[index]).split('@').length - 1;
				expect(answer.length).toBeLessThan(450 + 250 * emails);
				// "Nothing was sent for this row" would mean nothing to a model.
				expect(answer).not.toMatch(/\brows?\b|member_name|label_ids|\["label-/i);
				expect(answer).not.toContain(test.sandbox.apiKey);
			}
		}
	});

	it('answers where the workflow holds an operation of another version', async () => {
		const { given } = await ask({ resource: 'member', operation: 'archive' }, [{}]);
		expect(given).toEqual([
			[
				{
					done: false,
					reason: 'This version of the Periskope node has no operation "archive" for "member".',
					whatToDo:
						'Tell the user. For the author of the workflow: Choose an operation from the list, or update the node.',
				},
			],
		]);
	});

	it('describes the operation, and asks for what the model is let fill in', async () => {
		const { tools } = await ask(
			{
				resource: 'member',
				operation: 'updateAccess',
				emails: filledByModel('Emails'),
				labels: filledByModel('Labels'),
			},
			[],
		);
		expect(tools).toHaveLength(1);
		expect(tools[0]?.description).toMatch(/sent as the member's whole list.*can't .*add or remove/);
		expect(tools[0]?.description).not.toMatch(/null|\bplan\b/i);
	});

	it('says what the author of the workflow has it say', async () => {
		const { tools } = await ask(
			{ resource: 'member', operation: 'delete', toolDescription: 'Removes who has left.' },
			[],
		);
		expect(tools[0]?.description).toBe('Removes who has left.');
	});
});

import type { AddressInfo } from 'node:net';

import fastify, { type FastifyInstance } from 'fastify';

interface Message {
	role: string;
	content: unknown;
}

/** What an agent asks a model, in the form of OpenAI's chat completions. */
interface Asked {
	messages: Message[];
	/** whether the answer is to come as events */
	stream?: boolean;
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
}

/**
 * Stands in for the model: calls the one tool that it is given with what it is told, in turn, and
 * keeps what it was given. Everything else is n8n's own agent.
 */
export class ScriptedModel {
	/** what it fills in, call by call */
	calls: readonly object[] = [];
	/** the last request */
	asked: Asked | undefined;
	private readonly app: FastifyInstance = fastify({ forceCloseConnections: true });

	static async start(): Promise<ScriptedModel> {
		const model = new ScriptedModel();
		model.app.post('/v1/chat/completions', async (request, reply) => {
			const asked = request.body as Asked;
			const type = asked.stream ? 'text/event-stream' : 'application/json';
			await reply.type(type).send(model.answer(asked));
		});
		await model.app.listen({ port: 0, host: '127.0.0.1' });
		return model;
	}

	/** For n8n's OpenAI credential. */
	get credential(): object {
		const { port } = this.app.server.address() as AddressInfo;
		return { apiKey: 'only-for-tests', url: `http://127.0.0.1:${port}/v1` };
	}

	/** What the tool gave back, call by call. */
	get answers(): unknown[] {
		return this.answered(this.asked).map(({ content }) => content);
	}

	async stop(): Promise<void> {
		await this.app.close();
	}

	private readonly answered = (asked: Asked | undefined) =>
		(asked?.messages ?? []).filter(({ role }) => role === 'tool');

	private answer(asked: Asked): string {
		this.asked = asked;
		const index = this.answered(asked).length;
		const call = this.calls[index];
		const toolCall = {
			index: 0,
			id: `call_${index}`,
			type: 'function',
			function: { name: asked.tools?.[0]?.function.name, arguments: JSON.stringify(call) },
		};
		const message = {
			role: 'assistant',
			...(call ? { content: null, tool_calls: [toolCall] } : { content: 'Done.' }),
		};
		const completion = { id: `completion_${index}`, created: 0, model: 'scripted' };
		const choice = { index: 0, finish_reason: call ? 'tool_calls' : 'stop' };
		if (!asked.stream) {
			return JSON.stringify({
				...completion,
				object: 'chat.completion',
				choices: [{ ...choice, message }],
			});
		}
		const chunk = { ...completion, object: 'chat.completion.chunk' };
		return `data: ${JSON.stringify({ ...chunk, choices: [{ ...choice, delta: message }] })}\n\ndata: [DONE]\n\n`;
	}
}

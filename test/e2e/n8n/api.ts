import { setTimeout as wait } from 'node:timers/promises';

import { parse } from 'flatted';
import type { IConnections, INode, IRunExecutionData } from 'n8n-workflow';

export const OWNER = {
	email: 'owner@acme.example',
	password: 'Only-for-tests-1',
	firstName: 'Olivia',
	lastName: 'Owner',
};
const PATIENCE_MS = 180_000;
/** HTTP Request at 50 rows a second takes 200 s for 10,000 of them. */
const LONGEST_RUN_MS = 600_000;
const UNFINISHED: ReadonlySet<string> = new Set(['new', 'running', 'waiting', 'unknown']);

export interface WorkflowToSave {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: object;
}

export interface Execution {
	id: string;
	/** success, error, crashed, canceled, … */
	status: string;
	data: IRunExecutionData;
}

export type CredentialTest = { status: 'OK' | 'Error'; message?: string };

/** n8n as its editor talks to it, signed in as the owner. */
export class Api {
	private cookie = '';

	constructor(readonly origin: string) {}

	async setUpOwner(): Promise<void> {
		await this.call('POST', '/rest/owner/setup', OWNER);
	}

	async signIn(): Promise<void> {
		const { email, password } = OWNER;
		await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	async createCredential(name: string, type: string, data: object): Promise<string> {
		const { id } = await this.call<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return id;
	}

	async deleteCredentials(): Promise<void> {
		const all = await this.call<Array<{ id: string }>>('GET', '/rest/credentials');
		for (const { id } of all) await this.call('DELETE', `/rest/credentials/${id}`);
	}

	async testCredential(name: string, type: string, data: object): Promise<CredentialTest> {
		return await this.call('POST', '/rest/credentials/test', {
			credentials: { id: '', name, type, data },
		});
	}

	/** @returns its id */
	async createWorkflow(workflow: WorkflowToSave): Promise<string> {
		const body = { active: false, settings: { executionOrder: 'v1' }, ...workflow };
		return (await this.call<{ id: string }>('POST', '/rest/workflows', body)).id;
	}

	/** Lets its webhook answer, and waits until it does. */
	async activate(id: string, webhook: string): Promise<void> {
		const { versionId } = await this.call<{ versionId: string }>('GET', `/rest/workflows/${id}`);
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
		// The answer comes before the webhooks are there.
		const end = performance.now() + PATIENCE_MS;
		while (!(await isKnown(`${this.origin}/webhook/${webhook}`))) {
			if (performance.now() > end) throw new Error(`Workflow ${id} did not get active`);
			await wait(100);
		}
	}

	/** As with the editor's button, from the trigger of this name. */
	async run(workflowId: string, trigger: string): Promise<Execution> {
		return await this.finished(await this.start(workflowId, trigger));
	}

	/** @returns the execution's id, while it runs */
	async start(workflowId: string, trigger: string): Promise<string> {
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: trigger } },
		);
		return executionId;
	}

	/** As with Retry in n8n's list of executions: from the node that failed, as the workflow was. */
	async retry(id: string): Promise<Execution> {
		return await this.finished(await this.startRetry(id));
	}

	/** @returns the ID of the new execution, which runs or waits */
	async startRetry(id: string): Promise<string> {
		const path = `/rest/executions/${id}/retry`;
		return (await this.call<{ id: string }>('POST', path, { loadWorkflow: false })).id;
	}

	async execution(id: string): Promise<Execution | undefined> {
		const found = await this.call<{ status: string; data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { id, status: found.status, data: parse(found.data) as IRunExecutionData };
	}

	async finished(id: string): Promise<Execution> {
		return await this.until(id, 'end', (status) => !UNFINISHED.has(status));
	}

	/** As soon as it waits, for an answer or for a time. */
	async waiting(id: string): Promise<Execution> {
		return await this.until(id, 'wait', (status) => status === 'waiting');
	}

	private async until(
		id: string,
		what: string,
		isSo: (status: string) => boolean,
	): Promise<Execution> {
		const end = performance.now() + LONGEST_RUN_MS;
		for (;;) {
			// A node that keeps n8n's only thread busy keeps it from answering, too.
			const execution = await this.execution(id).catch(() => undefined);
			if (execution && isSo(execution.status)) return execution;
			if (performance.now() > end) throw new Error(`Execution ${id} did not ${what}`);
			await wait(150);
		}
	}

	/** @returns those that match, newest first, without their data */
	async executions(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		// By ID: an execution that begins meanwhile moves others to the next page.
		const all = new Map<string, { id: string; status: string }>();
		for (let cursor = ''; ;) {
			const page = await this.call<{
				results: Array<{ id: string; status: string }>;
				nextCursor: string | null;
			}>(
				'GET',
				`/rest/executions?filter=${filter}&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`,
			);
			for (const execution of page.results) all.set(execution.id, execution);
			if (page.nextCursor === null) return [...all.values()];
			cursor = page.nextCursor;
		}
	}

	async call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
		const response = await fetch(`${this.origin}${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			...(body && { body: JSON.stringify(body) }),
		});
		const cookie = response.headers.getSetCookie().find((each) => each.startsWith('n8n-auth='));
		if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		const answer = JSON.parse(text) as { data?: unknown };
		return ('data' in answer ? answer.data : answer) as Answer;
	}
}

/** n8n answers to a method that a webhook doesn't take with the one that it does. */
const isKnown = async (url: string) => (await (await fetch(url)).text()).includes('Did you mean');

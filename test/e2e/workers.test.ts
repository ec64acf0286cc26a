import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox/server';
import { example } from './examples';
import type { Execution } from './n8n/api';
import { Cluster } from './n8n/cluster';
import { prepared } from './setup/prepared';

const EXECUTIONS = 200;
const AT_ONCE = 20;
const MEMBERS = 400;
const SECRET = { name: 'x-secret', value: 'only-for-tests' };
const WEBHOOK = 'periskope-part';

const emailOf = (index: number) => `m${index}@acme.example`;

let sandbox: Sandbox;
let cluster: Cluster;
let workflow: string;

beforeAll(async () => {
	sandbox = await startSandbox({
		members: Array.from({ length: MEMBERS }, (_, index) => emailOf(index)),
	});
	cluster = await Cluster.start(prepared());
	const { api } = cluster.main;
	const credentials = {
		periskopeApi: await api.createCredential('Periskope', 'periskopeApi', sandbox.credential),
		httpHeaderAuth: await api.createCredential('Secret', 'httpHeaderAuth', SECRET),
	};
	workflow = await api.createWorkflow(example('large-sheet-over-workers', { credentials }));
	await api.activate(workflow, WEBHOOK);
});
afterAll(async () => {
	await cluster.stop();
	await sandbox.close();
});

const rowsFor = (indexes: number[], label: string): IDataObject[] =>
	indexes.map((index) => ({ email: emailOf(index), labels: label, phones: '' }));

async function post(rows: IDataObject[]): Promise<void> {
	const response = await fetch(`${cluster.main.origin}/webhook/${WEBHOOK}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', [SECRET.name]: SECRET.value },
		body: JSON.stringify({ rows }),
	});
	expect([response.status, await response.text()]).toEqual([200, expect.any(String)]);
}

const ids = async () => (await cluster.main.api.executions(workflow)).map(({ id }) => id);

/** Waits until so many executions have come since these and ended, and gives them, newest first. */
async function executionsSince(known: readonly string[], count: number): Promise<Execution[]> {
	let come: string[] = [];
	await cluster.eventually(
		`${count} executions`,
		async () => {
			come = [...new Set(await ids())].filter((id) => !known.includes(id));
			return come.length >= count;
		},
		() => `${come.length} came`,
	);
	return await Promise.all(come.map(async (id) => await cluster.main.api.finished(id)));
}

describe('two workers', () => {
	it(`share ${EXECUTIONS} executions, all of which end well`, async () => {
		const before = await ids();
		for (let start = 0; start < EXECUTIONS; start += AT_ONCE) {
			await Promise.all(
				Array.from({ length: AT_ONCE }, async (_, index) => {
					await post(rowsFor([start + index], 'Sales'));
				}),
			);
		}
		const done = await executionsSince(before, EXECUTIONS);
		expect(new Set(done.map(({ status }) => status))).toEqual(new Set(['success']));
		for (let index = 0; index < EXECUTIONS; index++) {
			expect(sandbox.organization.accessOf(emailOf(index))?.labels).toEqual(['Sales']);
		}
		const [one, other] = cluster.workers.map((worker) => worker.finishedExecutions());
		expect((one ?? 0) + (other ?? 0)).toBeGreaterThanOrEqual(EXECUTIONS);
		expect(Math.min(one ?? 0, other ?? 0)).toBeGreaterThan(EXECUTIONS / 10);
	});

	it('leave nothing half-reported when one is killed, and a second run sets every member right', async () => {
		const { api } = cluster.main;
		const rows = Array.from({ length: MEMBERS }, (_, index) =>
			rowsFor([index], `Team ${index}`),
		).flat();
		const before = await ids();
		sandbox.reset();
		// Slow, so that the worker is in the middle of it: one request for each row.
		sandbox.onRequest = () => ({ delayMs: 100 });
		await post(rows);
		await cluster.eventually('20 requests', () => sandbox.requests.length > 20);
		const id = (await ids()).find((each) => !before.includes(each)) ?? '';
		const busy = cluster.workers.find((worker) => worker.isBusyWith(id));
		await busy?.program.kill();
		sandbox.onRequest = undefined;
		await cluster.replace(busy);

		const ended = await api.finished(id);
		expect(['error', 'crashed']).toContain(ended.status);
		expect(ended.data.resultData.runData['Update access']?.[0]?.data).toBeUndefined();
		expect(sandbox.requests.length).toBeLessThan(MEMBERS);

		await post(rows);
		const [last] = await executionsSince([...before, id], 1);
		expect(last?.status).toBe('success');
		for (let index = 0; index < MEMBERS; index++) {
			expect(sandbox.organization.accessOf(emailOf(index))?.labels).toEqual([`Team ${index}`]);
		}
	});
});

describe('a worker without the package', () => {
	it('ends the execution with a message that names the package', async () => {
		await cluster.onlyWithoutPackage();
		const before = await ids();
		sandbox.reset();
		await post(rowsFor([1], 'VIP'));
		const [last] = await executionsSince(before, 1);
		expect(last?.status).toBe('error');
		expect(last?.data.resultData.error?.message).toContain('n8n-nodes-periskope.periskope');
		expect(sandbox.requests).toEqual([]);
	});
});

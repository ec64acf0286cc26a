/** `npm run bench:n8n [-- --engine legacy]`: the node against what a user would pick instead, each in a whole n8n of its own. */
import { readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

import Table from 'cli-table3';
import type { INode, INodeParameters } from 'n8n-workflow';

import { node, NODE_TYPE } from '../e2e/editor/workflows';
import { Server } from '../e2e/n8n/server';
import { installN8n, N8N_VERSION, type N8nInstall } from '../e2e/setup/n8nInstall';
import { pack } from '../package/packed';
import { startSandbox, type Sandbox } from '../sandbox/server';

const ROWS = 10_000;
const PROFILES = 20;
const LATENCY_MS = 20;
const LIMIT = { max: 300, windowMs: 10_000 };
const BUTTON = 'Start';
const SENDER = 'Send';

const CODE = `return Array.from({ length: ${ROWS} }, (_, index) => ({
	json: {
		email: \`m\${index}@acme.example\`,
		labels: \`Team \${index % ${PROFILES}}, Everyone\`,
		phone: '918527184400',
	},
}));`;

/** What evaluates expressions: n8n's own choice is vm, which takes several times as long as legacy. */
const { engine } = parseArgs({
	options: { engine: { type: 'string', default: 'vm' } },
}).values;

interface Measured {
	/** inside the node */
	ms: number;
	requests: number;
	mostInFlight: number;
	/** of the process of n8n, above what it had before */
	peakMb: number;
	totalMb: number;
	refusedRows: number;
}

const CONTENDERS: Array<[string, (sandbox: Sandbox, credential: string) => INode]> = [
	[
		'This node, columns',
		(_, credential) =>
			periskopeNode(credential, {
				emails: '={{ $json.email }}',
				labels: '={{ $json.labels }}',
				orgPhones: '={{ $json.phone }}',
			}),
	],
	[
		'This node, expressions',
		(_, credential) =>
			periskopeNode(credential, {
				emails: '={{ $json.email.trim() }}',
				labels: '={{ $json.labels.trim() }}',
				orgPhones: '={{ $json.phone.trim() }}',
			}),
	],
	['HTTP Request, defaults', httpNode],
];

const periskopeNode = (credential: string, parameters: INodeParameters): INode =>
	node(
		SENDER,
		NODE_TYPE,
		{ resource: 'member', operation: 'updateAccess', orgPhonesMode: 'set', ...parameters },
		2,
		{
			credentials: { periskopeApi: { id: credential, name: 'Periskope' } },
			onError: 'continueRegularOutput',
		},
	);

function httpNode({ baseUrl, apiKey }: Sandbox): INode {
	return node(
		SENDER,
		'n8n-nodes-base.httpRequest',
		{
			method: 'PATCH',
			url: `${baseUrl}/members/access`,
			sendHeaders: true,
			sendBody: true,
			specifyBody: 'json',
			jsonBody:
				'={{ { emails: [$json.email], labels: $json.labels.split(", "), orgPhones: [$json.phone] } }}',
			headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${apiKey}` }] },
		},
		2,
		{ typeVersion: 4.2, onError: 'continueRegularOutput' },
	);
}

async function measure(
	made: { install: N8nInstall; tarball: string },
	contender: (sandbox: Sandbox, credential: string) => INode,
	isLimited: boolean,
): Promise<Measured> {
	const sandbox = await startSandbox({
		latencyMs: LATENCY_MS,
		members: Array.from({ length: ROWS }, (_, index) => `m${index}@acme.example`),
		...(isLimited && { rateLimit: LIMIT }),
	});
	const server = await Server.start({ ...made, env: { N8N_EXPRESSION_ENGINE: engine } });
	try {
		const { api, program } = server;
		const credential = await api.createCredential('Periskope', 'periskopeApi', sandbox.credential);
		const workflow = await api.createWorkflow({
			name: 'Bench',
			nodes: [
				node(BUTTON, 'n8n-nodes-base.manualTrigger', {}, 0),
				node('Rows', 'n8n-nodes-base.code', { jsCode: CODE }, 1, { typeVersion: 2 }),
				contender(sandbox, credential),
			],
			connections: {
				[BUTTON]: { main: [[{ node: 'Rows', type: 'main', index: 0 }]] },
				Rows: { main: [[{ node: SENDER, type: 'main', index: 0 }]] },
			},
		});
		const before = peakMb(program.pid);
		const { data } = await api.run(workflow, BUTTON);
		const [run] = data.resultData.runData[SENDER] ?? [];
		if (!run) throw new Error(data.resultData.error?.message ?? 'The node did not run');
		const items = run.data?.main?.[0] ?? [];
		const totalMb = peakMb(program.pid);
		return {
			ms: run.executionTime,
			requests: sandbox.requests.length,
			mostInFlight: sandbox.mostInFlight,
			peakMb: totalMb - before,
			totalMb,
			refusedRows: items.filter(({ json, error }) => (json.error ?? error) !== undefined).length,
		};
	} finally {
		await server.stop();
		await sandbox.close();
	}
}

/** The most that a process has had in memory, as Linux tells it. */
function peakMb(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1]) / 1024;
}

async function main(): Promise<void> {
	const install = await installN8n((line) => {
		console.log(line);
	});
	const { tarball } = pack();
	console.log(
		`n8n ${N8N_VERSION} with the expression engine ${engine}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}. ${ROWS} rows, ${PROFILES} profiles, ${LATENCY_MS} ms a response; limit of ${LIMIT.max} requests in ${LIMIT.windowMs / 1000} s for the last column.\n`,
	);
	const table = new Table({
		head: ['', 'Time in the node', 'Requests', 'At once', 'Peak memory', 'Above idle', 'Refused'],
		style: { head: [], border: [], compact: true },
	});
	for (const [name, contender] of CONTENDERS) {
		const free = await measure({ install, tarball }, contender, false);
		if (free.refusedRows > 0) throw new Error(`${name}: ${free.refusedRows} rows failed`);
		const limited = await measure({ install, tarball }, contender, true);
		table.push([
			name,
			`${(free.ms / 1000).toFixed(2)} s`,
			String(free.requests),
			String(free.mostInFlight),
			`${free.totalMb.toFixed(0)} MB`,
			`${free.peakMb.toFixed(0)} MB`,
			`${limited.refusedRows} rows`,
		]);
	}
	console.log(table.toString());
	rmSync(dirname(tarball), { recursive: true });
	process.exit(0);
}

void main();

/** `npm run bench`: what the node costs, as ratios within this one run. */
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import Table from 'cli-table3';

import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/server';
import type { Kind, Measured, Reads } from './case';
import { CONCURRENCY } from './rivals';
import { WARM_UP, WARM_UP_ROWS } from './warmUp';

const LATENCY_MS = 20;
const REPEATS = 5;
const PROFILES = 20;
const run = promisify(execFile);

interface Result extends Measured {
	requests: number;
	refused: number;
}

const table = new Table({
	head: ['What', 'Measured', 'Target', ''],
	style: { head: [], border: [], compact: true },
});
let missed = 0;

const report = (what: string, measured: string) => table.push([what, measured, '', '']);

function demand(what: string, value: number, most: number): void {
	const isMet = value <= most;
	table.push([what, value.toFixed(2), `≤ ${most}`, isMet ? 'met' : 'MISSED']);
	if (!isMet) missed += 1;
}

async function measure(
	sandbox: Sandbox,
	kind: Kind,
	reads: Reads,
	rows: number,
	profiles = PROFILES,
): Promise<Result> {
	sandbox.requests = [];
	const values = [kind, reads, String(rows), String(profiles), sandbox.baseUrl, sandbox.apiKey];
	const { stdout } = await run(
		process.execPath,
		['--import', 'tsx', join(__dirname, 'case.ts'), ...values],
		{ env: { ...process.env, NODE_NO_WARNINGS: '1' }, maxBuffer: 64 * 1024 * 1024 },
	);
	const counted = sandbox.requests.filter(({ rawBody }) => !rawBody.includes(`["${WARM_UP}`));
	const measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured;
	return {
		...measured,
		requests: counted.length,
		refused: counted.filter(({ status }) => status === 429).length,
	};
}

const emails = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, index) => `${prefix}${index}@acme.example`);

async function withSandbox<Value>(
	options: SandboxOptions,
	members: number,
	use: (sandbox: Sandbox) => Promise<Value>,
): Promise<Value> {
	const sandbox = await startSandbox({
		...options,
		members: [...emails('m', members), ...emails(WARM_UP, WARM_UP_ROWS)],
	});
	try {
		return await use(sandbox);
	} finally {
		await sandbox.close();
	}
}

interface Pair {
	node: Result;
	sender: Result;
}

/** The machine is never quiet, so each pair is measured in turn, and the one with the middle ratio counts. */
async function middlePair(once: () => Promise<Pair>, times = REPEATS): Promise<Pair> {
	const pairs: Pair[] = [];
	for (let time = 0; time < times; time++) pairs.push(await once());
	const ratioOf = ({ node, sender }: Pair) => node.ms / sender.ms;
	const middle = pairs.sort((a, b) => ratioOf(a) - ratioOf(b))[Math.floor(times / 2)];
	if (middle === undefined) throw new Error('Nothing was measured');
	return middle;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const described = ({ ms, peakMb, requests }: Result) =>
	`${seconds(ms)}, ${requests} requests, ${peakMb.toFixed(0)} MB`;
/** What the requests cost alone, were each sent as soon as it may. */
const floorMs = (requests: number) => (requests * LATENCY_MS) / CONCURRENCY;

async function columns(): Promise<void> {
	await withSandbox({ latencyMs: LATENCY_MS }, 100_000, async (sandbox) => {
		const beyondFloor: number[] = [];
		for (const [rows, times, most] of [
			[10_000, REPEATS, 1.6],
			[100_000, 3, 1.45],
		] as const) {
			const { node, sender } = await middlePair(
				async () => ({
					sender: await measure(sandbox, 'sender', 'columns', rows),
					node: await measure(sandbox, 'node', 'columns', rows),
				}),
				times,
			);
			const floor = floorMs(node.requests);
			beyondFloor.push(((node.ms - floor) / rows) * 1000);
			report(`Columns, ${rows.toLocaleString('en-US')} rows: the node`, described(node));
			report('  one that only reads and sends', described(sender));
			demand('  time / (requests × latency / 4)', node.ms / floor, most);
			report('  of the one that only reads and sends', (sender.ms / floor).toFixed(2));
			demand('  peak memory / that node', node.peakMb / sender.peakMb, 1.2);
		}
		report(
			'  a row beyond the latency, at 10,000 and 100,000 rows',
			`${beyondFloor.map((microseconds) => microseconds.toFixed(0)).join(', ')} µs`,
		);
		const spread = Math.max(...beyondFloor) / Math.min(...beyondFloor);
		demand('  larger / smaller', spread, 1.25);
	});
}

async function expressions(): Promise<void> {
	await withSandbox({ latencyMs: LATENCY_MS }, 10_000, async (sandbox) => {
		const { node, sender } = await middlePair(async () => ({
			sender: await measure(sandbox, 'sender', 'expressions', 10_000),
			node: await measure(sandbox, 'node', 'expressions', 10_000),
		}));
		report('Expressions, 10,000 rows: the node', described(node));
		report('  one that only reads and sends', described(sender));
		demand('  time / that node', node.ms / sender.ms, 1.1);
	});
}

async function allDifferent(): Promise<void> {
	await withSandbox({ latencyMs: LATENCY_MS }, 10_000, async (sandbox) => {
		const { node, sender } = await middlePair(
			async () => ({
				sender: await measure(sandbox, 'senderOfSingles', 'columns', 10_000, 10_000),
				node: await measure(sandbox, 'node', 'columns', 10_000, 10_000),
			}),
			1,
		);
		report('Columns, 10,000 rows, all different: the node', described(node));
		report('  one that only reads and sends', described(sender));
		demand('  time / that node', node.ms / sender.ms, 1.1);
	});
}

async function limited(): Promise<void> {
	const limit = { max: 300, windowMs: 10_000 };
	await withSandbox({ latencyMs: LATENCY_MS, rateLimit: limit }, 1000, async (sandbox) => {
		const node = await measure(sandbox, 'node', 'columns', 1000, 1000);
		const windows = Math.ceil(1000 / limit.max) - 1;
		const least = windows * limit.windowMs + floorMs(1000 - windows * limit.max);
		report('1,000 requests, limit of 300 in 10 s: the node', described(node));
		demand("  time / the limiter's own minimum", node.ms / least, 1.2);
		demand('  refused / sent', node.refused / node.requests, 0.02);
	});
}

async function main(): Promise<void> {
	console.log(
		`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}. ${PROFILES} profiles, ${LATENCY_MS} ms a response.\n`,
	);
	for (const part of [columns, expressions, allDifferent, limited]) await part();
	console.log(table.toString());
	console.log(
		missed === 0
			? '\nAll targets met.'
			: `\n${missed} ${missed === 1 ? 'target' : 'targets'} missed.`,
	);
	process.exit(0);
}

void main();

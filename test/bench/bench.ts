/** `npm run bench`: what the node costs, as ratios within this one run. */
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import Table from 'cli-table3';

import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/server';
import type { Measured } from './case';
import { CONCURRENCY } from './rivals';
import { WARM_UP, WARM_UP_ROWS } from './warmUp';

const LATENCY_MS = 20;
const REPEATS = 5;
const run = promisify(execFile);

interface Result extends Measured {
	requests: number;
	mostInFlight: number;
	refused: number;
}

const table = new Table({
	head: ['What', 'Measured', 'Target', ''],
	style: { head: [], border: [], compact: true },
});
let missed = 0;

function report(what: string, measured: string, target = '', isMet = true): void {
	table.push([what, measured, target, target === '' ? '' : isMet ? 'met' : 'MISSED']);
	if (!isMet) missed += 1;
}

async function measure(
	sandbox: Sandbox,
	kind: string,
	rows: number,
	profiles: number,
): Promise<Result> {
	sandbox.requests = [];
	sandbox.mostInFlight = 0;
	const { stdout } = await run(
		process.execPath,
		[
			'--expose-gc',
			'--import',
			'tsx',
			join(__dirname, 'case.ts'),
			kind,
			String(rows),
			String(profiles),
			sandbox.baseUrl,
			sandbox.apiKey,
		],
		{ env: { ...process.env, NODE_NO_WARNINGS: '1' }, maxBuffer: 64 * 1024 * 1024 },
	);
	const counted = sandbox.requests.filter(({ rawBody }) => !rawBody.includes(`["${WARM_UP}`));
	const measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured;
	return {
		...measured,
		requests: counted.length,
		mostInFlight: sandbox.mostInFlight,
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

/** The machine is never quiet, so each pair is measured in turn, and the middle ratio counts. */
async function median<Value>(
	times: number,
	once: () => Promise<Value>,
	by: (value: Value) => number,
): Promise<Value> {
	const values: Value[] = [];
	for (let time = 0; time < times; time++) values.push(await once());
	const middle = values.sort((a, b) => by(a) - by(b))[Math.floor(times / 2)];
	if (middle === undefined) throw new Error('Nothing was measured');
	return middle;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const ratio = (value: number) => value.toFixed(2);

async function againstTheFloor(): Promise<void> {
	await withSandbox({ latencyMs: LATENCY_MS }, 10_000, async (sandbox) => {
		const pair = await median(
			REPEATS,
			async () => ({
				floor: await measure(sandbox, 'floor', 10_000, 20),
				sender: await measure(sandbox, 'sender', 10_000, 20),
				node: await measure(sandbox, 'node', 10_000, 20),
			}),
			({ floor, node }) => node.ms / floor.ms,
		);
		const { floor, sender, node } = pair;
		report(
			'10,000 rows, 20 profiles: floor',
			`${seconds(floor.ms)}, ${floor.peakMb.toFixed(0)} MB`,
		);
		report('  the node', `${seconds(node.ms)}, ${node.peakMb.toFixed(0)} MB`);
		report('  time, node / floor', ratio(node.ms / floor.ms), '≤ 1.3', node.ms / floor.ms <= 1.3);
		report(
			'  time, node that only reads and sends the same number / floor',
			ratio(sender.ms / floor.ms),
		);
		report('  time, node / that node', ratio(node.ms / sender.ms));
		report(
			'  peak memory, node / floor',
			ratio(node.peakMb / floor.peakMb),
			'≤ 1.3',
			node.peakMb / floor.peakMb <= 1.3,
		);
		report('  requests', String(node.requests), '≤ 120', node.requests <= 120);

		const declarative = await measure(sandbox, 'declarative', 10_000, 20);
		report(
			'  declarative twin',
			`${seconds(declarative.ms)}, ${declarative.requests} requests, ${declarative.mostInFlight} at once, ${declarative.peakMb.toFixed(0)} MB`,
		);
		report(
			'  time, declarative / node',
			ratio(declarative.ms / node.ms),
			'≥ 8',
			declarative.ms / node.ms >= 8,
		);
		const inTurn = await measure(sandbox, 'inTurn', 1000, 20);
		const slower = inTurn.ms / 1000 / (node.ms / 10_000);
		report(
			'  time a row, one request a row in turn (1,000 rows) / node',
			ratio(slower),
			'≥ 50',
			slower >= 50,
		);
	});
}

/** Rows, and as many profiles as make the same number of requests a row; how often it is measured. */
const SIZES = [
	{ rows: 1000, profiles: 10, times: REPEATS },
	{ rows: 10_000, profiles: 20, times: 3 },
	{ rows: 100_000, profiles: 20, times: 1 },
];

async function growth(): Promise<void> {
	await withSandbox({ latencyMs: LATENCY_MS }, 100_000, async (sandbox) => {
		const atEachSize = async (kind: string) => {
			const results: Result[] = [];
			for (const { rows, profiles, times } of SIZES) {
				const once = () => measure(sandbox, kind, rows, profiles);
				results.push(await median(times, once, ({ ms }) => ms));
			}
			return results;
		};
		const microseconds = (results: Result[]) =>
			results.map(({ ms }, index) => (ms * 1000) / (SIZES[index]?.rows ?? NaN));
		const node = await atEachSize('node');
		const sender = microseconds(await atEachSize('sender'));
		const perRow = microseconds(node);
		report('Time a row at 1,000, 10,000 and 100,000 rows', inMicroseconds(perRow));
		report('  largest / smallest', ratio(spread(perRow)), '≤ 1.2', spread(perRow) <= 1.2);
		report('  of a node that only reads and sends the same number', inMicroseconds(sender));
		report('  largest / smallest', ratio(spread(sender)));
		const held = node.map(({ heldKbPerRow }) => heldKbPerRow);
		report(
			'Memory a row that a run holds at its end, at the same',
			`${held.map((kb) => kb.toFixed(1)).join(', ')} kB`,
		);
		report('  largest / smallest', ratio(spread(held)), '≤ 1.2', spread(held) <= 1.2);
		report('  peak of the process at 100,000 rows', `${node.at(-1)?.peakMb.toFixed(0)} MB`);
	});
}

const inMicroseconds = (values: readonly number[]) =>
	`${values.map((value) => value.toFixed(0)).join(', ')} µs`;
const spread = (values: readonly number[]) => Math.max(...values) / Math.min(...values);

async function allDifferent(): Promise<void> {
	await withSandbox({ latencyMs: LATENCY_MS }, 10_000, async (sandbox) => {
		const sender = await measure(sandbox, 'senderOfSingles', 10_000, 10_000);
		const { ms, requests } = await measure(sandbox, 'node', 10_000, 10_000);
		const least = (requests * LATENCY_MS) / CONCURRENCY;
		report(`10,000 rows, all different: ${requests} requests`, seconds(ms));
		report('  time / (requests × latency / 4)', ratio(ms / least), '≤ 1.3', ms / least <= 1.3);
		report('  time, node / one that only reads and sends as many', ratio(ms / sender.ms));
	});
}

async function limited(): Promise<void> {
	const limit = { max: 300, windowMs: 10_000 };
	await withSandbox({ latencyMs: LATENCY_MS, rateLimit: limit }, 1000, async (sandbox) => {
		const { ms, requests, refused } = await measure(sandbox, 'node', 1000, 1000);
		const windows = Math.ceil(1000 / limit.max) - 1;
		const least =
			windows * limit.windowMs + ((1000 - windows * limit.max) * LATENCY_MS) / CONCURRENCY;
		report('1,000 profiles, limit of 300 requests in 10 s', `${seconds(ms)}, ${requests} requests`);
		report("  time / the limiter's own minimum", ratio(ms / least), '≤ 1.2', ms / least <= 1.2);
		report(
			'  refused / sent',
			`${((100 * refused) / requests).toFixed(1)} %`,
			'≤ 2 %',
			refused / requests <= 0.02,
		);
	});
}

async function main(): Promise<void> {
	console.log(
		`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}. ${LATENCY_MS} ms a response.\n`,
	);
	for (const part of [againstTheFloor, growth, allDifferent, limited]) await part();
	console.log(table.toString());
	console.log(
		missed === 0
			? '\nAll targets met.'
			: `\n${missed} ${missed === 1 ? 'target' : 'targets'} missed.`,
	);
	process.exit(0);
}

void main();

/** `npm run test:compat [-- 1.100.1 …]`: the engine tests on older releases of n8n, each from the npm registry. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import Table from 'cli-table3';

import { cachedFolder } from '../e2e/setup/cache';
import { nodeFolder, nodeIn } from '../e2e/setup/n8nInstall';
import { RELEASES } from './releases';

const PACKAGES = ['n8n-core', 'n8n-workflow', 'zod'] as const;
/** The longest of them takes a minute on a quiet machine with two cores. */
const LONGEST_MS = 15 * 60_000;
const MOST_OUTPUT = 64 * 1024 * 1024;
const run = promisify(execFile);

interface Release {
	folder: string;
	/** versions of the packages, as that n8n brings them */
	brings: Record<string, string>;
}

/** The engine of an n8n, without the rest of it. */
async function install(n8n: string): Promise<Release> {
	const folder = await cachedFolder(`engine-of-n8n-${n8n}`, async (cwd) => {
		console.log(`Installing the engine of n8n ${n8n} …`);
		const npm = async (...parameters: string[]) => await run('npm', parameters, { cwd });
		const { stdout } = await npm('view', `n8n@${n8n}`, 'dependencies', '--json');
		const needs = JSON.parse(stdout) as Record<string, string | undefined>;
		const dependencies = Object.fromEntries(PACKAGES.map((name) => [name, needs[name]]));
		await writeFile(join(cwd, 'package.json'), JSON.stringify({ private: true, dependencies }));
		await npm('install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund');
	});
	const { dependencies } = (await import(join(folder, 'package.json'))) as {
		dependencies: Release['brings'];
	};
	return { folder, brings: dependencies };
}

interface Outcome {
	passed: number;
	failed: number;
	output: string;
}

/**
 * On the Node.js of the newest n8n and with this flag: else jest can't load the modern modules that
 * some engines are made of.
 */
async function test({ folder }: Release, node: string): Promise<Outcome> {
	const output = await run(
		node,
		// n8n's older engines keep the process open.
		[
			'--experimental-vm-modules',
			require.resolve('jest/bin/jest'),
			'-c',
			join(__dirname, 'jest.config.js'),
			'--forceExit',
		],
		{
			env: { ...process.env, COMPAT_FOLDER: folder },
			maxBuffer: MOST_OUTPUT,
			timeout: LONGEST_MS,
		},
	).then(
		({ stderr }) => stderr,
		(error: unknown) => (error as { stderr: string }).stderr,
	);
	const count = (what: string) =>
		Number(new RegExp(`^Tests:.*?(\\d+) ${what}`, 'm').exec(output)?.[1] ?? 0);
	return { passed: count('passed'), failed: count('failed'), output };
}

async function main(): Promise<void> {
	const asked = process.argv.slice(2);
	const table = new Table({
		head: ['n8n', ...PACKAGES, 'Engine tests'],
		style: { head: [], border: [], compact: true },
	});
	const node = nodeIn(await nodeFolder(console.log));
	let passed = 0;
	const failed: string[] = [];
	for (const n8n of asked.length > 0 ? asked : RELEASES) {
		const release = await install(n8n);
		const outcome = await test(release, node);
		passed += outcome.passed;
		const isGood = outcome.failed === 0 && outcome.passed > 0;
		if (!isGood) {
			failed.push(n8n);
			console.error(outcome.output);
		}
		const result = isGood
			? `${outcome.passed} passed`
			: `${outcome.failed} failed, ${outcome.passed} passed`;
		table.push([n8n, ...PACKAGES.map((name) => release.brings[name]), result]);
		console.log(`n8n ${n8n}: ${result}`);
	}
	console.log(`\n${table.toString()}\n\n${passed} passed, ${failed.length} failed`);
	if (failed.length > 0) throw new Error(`Not good: n8n ${failed.join(', ')}`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

import { cachedFolder } from './cache';
import { postgresServer } from './systemPackages';

export const N8N_VERSION = '2.41.1';
/** For machines whose own Node.js is older than n8n asks for. */
const NODE_VERSION = '24.21.0';
const OLDEST_NODE = 24;
const run = promisify(execFile);

/** A whole n8n, and what it runs on. */
export interface N8nInstall {
	/** of the node binary */
	node: string;
	/** of the script that the command `n8n` runs */
	n8n: string;
	/** of the program `postgres`: n8n's own SQLite is native code, which not every machine can build */
	postgres: string;
}

/** Installs n8n and Node.js from the npm registry, the first time: some minutes and three gigabytes. */
export async function installN8n(say: (line: string) => void): Promise<N8nInstall> {
	// First what a person has to see to, before anything takes minutes.
	const postgres = postgresServer();
	const bin = await nodeFolder(say);
	const env = { ...process.env, PATH: [...bin, process.env.PATH].join(delimiter) };
	const folder = await cachedFolder(`n8n-${N8N_VERSION}`, async (cwd) => {
		say(`Installing n8n ${N8N_VERSION}, which takes some minutes the first time …`);
		await writeFile(join(cwd, 'package.json'), JSON.stringify({ private: true }));
		await run(
			'npm',
			['install', '--ignore-scripts', '--no-audit', '--no-fund', `n8n@${N8N_VERSION}`],
			{ cwd, env, maxBuffer: 64 * 1024 * 1024 },
		);
	});
	return {
		node: nodeIn(bin),
		n8n: join(folder, 'node_modules/n8n/bin/n8n'),
		postgres,
	};
}

export const nodeIn = (bin: readonly string[]) =>
	bin.length > 0 ? join(...bin, 'node') : process.execPath;

/** @returns where a Node.js that n8n runs on lies; nothing where the one that runs this will do */
export async function nodeFolder(say: (line: string) => void): Promise<string[]> {
	if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return [];
	const folder = await cachedFolder(`node-${NODE_VERSION}`, async (cwd) => {
		say(`Installing Node.js ${NODE_VERSION}, which n8n ${N8N_VERSION} asks for …`);
		await writeFile(join(cwd, 'package.json'), JSON.stringify({ private: true }));
		// This package is its install script: it puts the binary in place.
		await run('npm', ['install', '--ignore-scripts=false', '--no-audit', `node@${NODE_VERSION}`], {
			cwd,
		});
	});
	return [join(folder, 'node_modules/.bin')];
}

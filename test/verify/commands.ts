import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { ROOT } from '../package/packed';

/**
 * @returns what npm prints
 * @throws with what it printed last, where it ends badly
 */
export function npm(...parameters: string[]): string {
	const { status, stdout, stderr } = spawnSync('npm', parameters, { cwd: ROOT, encoding: 'utf8' });
	if (status === 0) return stdout;
	const last = `${stdout}\n${stderr}`.trim().split('\n').slice(-5).join(' / ');
	throw new Error(`npm ${parameters.join(' ')}: ${last}`);
}

/** What n8n's scanner finds, warnings included. */
export function findings(directory: string, kind: 'source' | 'packed'): string[] {
	const output = execFileSync(
		process.execPath,
		[join(__dirname, '../package/scan.mjs'), directory, kind],
		{ cwd: ROOT, encoding: 'utf8' },
	);
	return (JSON.parse(output) as { findings: string[] }).findings;
}

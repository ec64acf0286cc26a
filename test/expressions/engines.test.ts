import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

/** n8n's default, vm, is native code for Node.js 24 and later. */
const ENGINES = Number(process.versions.node.split('.')[0]) >= 24 ? ['quickjs', 'vm'] : ['quickjs'];

it.each(ENGINES)('a column has the value that n8n evaluates with the engine %s', (engine) => {
	const parameters = ['--import', 'tsx', join(__dirname, 'compare.ts'), engine];
	const { stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8' });
	// What differs is told there, and then nothing is printed.
	expect(stderr).not.toContain('Counterexample');
	const result = JSON.parse(stdout) as { engine: string; compared: number; fromRow: number };
	expect(result.engine).toBe(engine);
	expect(result.compared).toBeGreaterThan(300);
	expect(result.fromRow).toBeGreaterThan(result.compared / 4);
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

/** n8n's default, vm, is native code for Node.js 24 and later. */
const ENGINES = Number(process.versions.node.split('.')[0]) >= 24 ? ['quickjs', 'vm'] : ['quickjs'];

it.each(ENGINES)('a column has the value that n8n evaluates with the engine %s', (engine) => {
	const parameters = ['--import', 'tsx', join(__dirname, 'compare.ts'), engine];
	const printed = execFileSync(process.execPath, parameters, { encoding: 'utf8' });
	const result = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
	expect(result).toMatchObject({ engine });
	expect(result.compared).toBeGreaterThan(600);
	expect(result.fromRow).toBeGreaterThan(150);
});

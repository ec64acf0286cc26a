/** `npm run demo [-- my.csv] [--dry-run]`: the example workflow on n8n's engine, against a sandbox Periskope. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Engine } from '../engine/engine';
import { startSandbox } from '../sandbox/server';
import { printReport } from './report';
import { rowsOf, sheetWorkflow, UPDATE } from './sheetWorkflow';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { 'dry-run': { type: 'boolean', default: false } },
});

async function main(): Promise<void> {
	const file = positionals[0] ?? join(__dirname, '../../examples/members.csv');
	const rows = rowsOf(file);
	const { nodes, connections, types } = sheetWorkflow(rows, values['dry-run']);
	const sandbox = await startSandbox();
	try {
		const result = await new Engine(sandbox.credential).execute(nodes, connections, types);
		if (result.error) throw new Error(`${result.error.message}\n${result.error.description ?? ''}`);
		printReport({
			file,
			rows,
			updated: result.items(UPDATE, 0),
			failed: result.items(UPDATE, 1),
			requestsSent: sandbox.requests.length,
			organization: sandbox.organization,
		});
	} finally {
		await sandbox.close();
	}
}

main().then(
	// n8n's engine keeps timers of its own, which would hold the process open.
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);

/** `npm run demo [-- my.csv] [--dry-run]`: the example workflow on n8n's engine, against a sandbox Periskope. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import { Engine } from '../engine/engine';
import { startSandbox } from '../sandbox/server';
import { printReport } from './report';
import { rowsOf, sheetWorkflow, UPDATE } from './sheetWorkflow';

const USAGE = 'npm run demo [-- my.csv] [--dry-run]';

/** @throws with how it is used, where it is used otherwise */
function readArguments(): { own: string | undefined; isDryRun: boolean } {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { 'dry-run': { type: 'boolean', default: false } },
	});
	const [own, ...more] = positionals;
	if (more.length > 0) throw new Error(`The demo takes one file: ${USAGE}`);
	return { own, isDryRun: values['dry-run'] };
}

async function main(): Promise<void> {
	const { own, isDryRun } = readArguments();
	const file = own ?? join(__dirname, '../../examples/members.csv');
	const rows = rowsOf(file);
	const { nodes, connections, types } = sheetWorkflow(rows, isDryRun);
	// In a sheet of one's own nobody is a member of the sandbox yet, which would say little of it.
	const sandbox = await startSandbox({ members: own === undefined ? [] : emailsIn(rows) });
	if (own !== undefined) console.log('The sandbox takes every email of your sheet for a member.');
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

const emailsIn = (rows: IDataObject[]) =>
	rows.flatMap(({ email }) =>
		typeof email === 'string' ? (email.match(/[^\s,;<>]+@[^\s,;<>]+/g) ?? []) : [],
	);

main().then(
	// n8n's engine keeps timers of its own, which would hold the process open.
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);

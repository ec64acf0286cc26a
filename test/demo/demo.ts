/** `npm run demo [-- my.csv] [--dry-run]`: the example workflow on n8n's engine, against a sandbox Periskope. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import { Engine } from '../engine/engine';
import { valuesFrom } from '../../nodes/Periskope/read/fieldValues';
import { SEED_PHONES } from '../sandbox/seed';
import { startSandbox, type SandboxOptions } from '../sandbox/server';
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
	const sandbox = await startSandbox(own === undefined ? EXAMPLE : organizationOf(rows));
	if (own !== undefined) {
		console.log(
			'In the sandbox, every email of your sheet is a member, and every number an org phone.',
		);
	}
	try {
		const result = await new Engine(sandbox.credential).execute(nodes, connections, types);
		if (result.error) throw new Error(`${result.error.message}\n${result.error.description ?? ''}`);
		printReport({
			file,
			rows,
			updated: result.items(UPDATE, 0),
			failed: result.items(UPDATE, 1),
			requestsSent: sandbox.changes.length,
			organization: sandbox.organization,
		});
	} finally {
		await sandbox.close();
	}
}

/** Labels that the organization doesn't have are dropped, so that a member comes back with other access. */
const EXAMPLE: SandboxOptions = { unknowns: { unknownLabels: 'dropped' } };

/** Nobody in a sheet of one's own is known to the sandbox yet, which would say little of the sheet. */
const organizationOf = (rows: IDataObject[]): SandboxOptions => ({
	members: rows.flatMap(({ email }) => textOf(email).match(/[^\s,;<>]+@[^\s,;<>]+/g) ?? []),
	phones: [
		...SEED_PHONES,
		...valuesFrom('orgPhones', rows.map(({ phones }) => textOf(phones)).join('\n')).values.map(
			(digits) => ({ org_phone: `${digits}@c.us`, phone_name: null, wa_state: 'CONNECTED' }),
		),
	],
});

const textOf = (cell: unknown) => (typeof cell === 'string' ? cell : '');

main().then(
	// n8n's engine keeps timers of its own, which would hold the process open.
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);

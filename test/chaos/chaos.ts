/**
 * `npm run test:chaos [-- --seed N] [--runs N]`: two thousand rows through faults of every kind,
 * once for each seed. Ends with the seed and what was wrong, at the first answer that isn't true.
 */
import './fastClock';

import { parseArgs } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import { Engine, type EngineRun } from '../engine/engine';
import { SEED_ADMINS, SEED_PHONES } from '../sandbox/seed';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { chaosOf, TIMEOUT_SECONDS, type Chaos } from './schedule';
import { updatedRows, wrongItems, type AskedRow } from './verify';

const ROWS = 2000;
const LABELS = ['Sales', 'Support', 'Billing', 'VIP', 'Onboarding'];
const PHONES = SEED_PHONES.flatMap(({ org_phone }) => org_phone?.replace('@c.us', '') ?? []);
const OF_NOBODY = '4915111111111';

const { values } = parseArgs({
	options: { seed: { type: 'string' }, runs: { type: 'string', default: '100' } },
});

/** What something in front of the API responds with, and what a limit says that says nothing else. */
const FOREIGN = {
	status: 403,
	body: '<html>Blocked</html>',
	headers: { 'content-type': 'text/html' },
};
const LIMITED = { status: 429, body: '' };

let faults = 0;

const emailOf = (index: number) => `m${index}@acme.example`;

function rowsOf({ profiles, strangers, repeats, stops }: Chaos): AskedRow[] {
	// A run that stops would end before it sent anything.
	const numbers = stops ? PHONES : [...PHONES, OF_NOBODY];
	const rows = profiles.map((profile, index): AskedRow => {
		const every = index % 100;
		const email =
			every < strangers
				? index % 200 === 0
					? (SEED_ADMINS[0] ?? '')
					: `stranger${index}@acme.example`
				: emailOf(index);
		const label = LABELS[profile % LABELS.length] ?? '';
		// The same on all of the admin's rows, or they would be a conflict.
		if (email === SEED_ADMINS[0]) return { email, labels: 'VIP', phones: '' };
		const phones =
			profile % 3 === 0 ? '' : numbers.slice(profile % 4, (profile % 4) + 2).join(', ');
		return { email, labels: `${label}, Team ${profile}`, phones };
	});
	return rows.map((row, index) =>
		index % 100 >= 100 - repeats ? { ...(rows[index - 50] ?? row) } : row,
	);
}

async function run(
	sandbox: Sandbox,
	rows: AskedRow[],
	options: IDataObject,
	stops: boolean,
	hasTls = true,
): Promise<EngineRun> {
	const { credential } = sandbox;
	const baseUrl = hasTls ? credential.baseUrl : credential.baseUrl.replace('http:', 'https:');
	return await new Engine({ ...credential, baseUrl }).run(
		{
			emails: '={{ $json.email }}',
			labels: '={{ $json.labels }}',
			orgPhonesMode: '={{ $json.phones ? "set" : "keep" }}',
			orgPhones: '={{ $json.phones }}',
			options: { timeout: TIMEOUT_SECONDS, ...options },
		},
		rows,
		{ settings: { onError: stops ? 'stopWorkflow' : 'continueRegularOutput' } },
	);
}

async function survive(sandbox: Sandbox, chaos: Chaos): Promise<string[]> {
	const { batchSize, concurrentRequests, maxRetries, stops, unknownEmails, accessMismatch } = chaos;
	const rows = rowsOf(chaos);
	sandbox.unknowns.unknownEmails = unknownEmails;
	// A run that stops says how many were updated, which only members as documented can prove.
	const unknownsOf = (email: string) =>
		stops ? {} : (chaos.unknowns[Number(/\d+/.exec(email)?.[0] ?? 0) % 7] ?? {});
	sandbox.unknownsOf = unknownsOf;
	const [limitedFrom, limitedFor] = chaos.limited;
	sandbox.onRequest = ({ index }) => {
		const fault =
			index >= chaos.foreignFrom
				? FOREIGN
				: index >= limitedFrom && index < limitedFrom + limitedFor
					? LIMITED
					: chaos.faults[index];
		if (fault) faults += 1;
		return fault;
	};
	// Off, so that phones of nobody are sent too.
	const checkOrgPhones = stops;
	const options = { batchSize, concurrentRequests, maxRetries, accessMismatch, checkOrgPhones };
	const result = await run(sandbox, rows, options, stops, chaos.hasTls);
	const wrong = [...sandbox.violations];
	if (!chaos.hasTls && sandbox.requests.length > 0) wrong.push('A request arrived without TLS');
	if (!result.error) return [...wrong, ...wrongItems(rows, result, sandbox, unknownsOf)];
	if (!stops)
		return [
			...wrong,
			`The run stopped, though errors were to be continued: ${result.error.message}`,
		];

	const said = Number(
		/([\d,]+) of [\d,]+ emails? updated/
			.exec(result.error.description ?? '')?.[1]
			?.replace(/,/g, ''),
	);
	const updated = new Set(updatedRows(rows, sandbox).map(({ email }) => email)).size;
	// More may have been than it knows of: an answer that is lost counts as not updated.
	if (!(said <= updated)) wrong.push(`${said} said to be updated, ${updated} are`);
	sandbox.onRequest = undefined;
	sandbox.unknowns.unknownEmails = 'leftOut';
	const again = await run(sandbox, rows, { missingMembers: 'report', timeout: 60 }, true);
	const failed = again
		.json()
		.filter(
			({ updated: isUpdated, email }) =>
				isUpdated === false && !/^(stranger|olivia)/.test(email as string),
		);
	if (again.error ?? failed.length > 0)
		wrong.push(
			`Running again did not mend it: ${again.error?.message ?? `${failed.length} failed`}`,
		);
	return wrong;
}

async function main(): Promise<void> {
	const seeds =
		values.seed === undefined
			? Array.from({ length: Number(values.runs) }, (_, index) => index + 1)
			: [Number(values.seed)];
	const members = Array.from({ length: ROWS }, (_, index) => emailOf(index));
	let requests = 0;
	for (const seed of seeds) {
		// One for each, or a request that is late would reach the members of the next seed.
		const sandbox = await startSandbox({ members });
		const wrong = await survive(sandbox, chaosOf(seed, ROWS));
		await sandbox.close();
		requests += sandbox.requests.length;
		if (wrong.length > 0) {
			console.error(
				`Seed ${seed} (repeat with: npm run test:chaos -- --seed ${seed})\n  ${wrong.slice(0, 10).join('\n  ')}`,
			);
			throw new Error(`${wrong.length} answers are not true`);
		}
		if (seed % 10 === 0)
			console.log(`${seed} of ${seeds.length} seeds survived, ${requests} requests`);
	}
	console.log(`${seeds.length} passed, 0 failed`);
	console.log(
		`${seeds.length * ROWS} rows, ${requests} requests, ${faults} faults: every answer is true.`,
	);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);

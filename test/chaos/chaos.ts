/**
 * `npm run test:chaos [-- --seed N] [--runs N]`: two thousand rows through faults of every kind and
 * a Periskope that does what its pages leave open in any way, once for each seed. Ends with the
 * seed and what was wrong, at the first item, hint or error that isn't true.
 */
import './fastClock';

import { parseArgs } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import { Engine, type EngineRun } from '../engine/engine';
import type { NamedAccess } from '../sandbox/organization';
import { startSandbox, type Fault, type Sandbox } from '../sandbox/server';
import { DEFAULT_UNKNOWNS } from '../sandbox/unknowns';
import { PHONES } from './access';
import { AT_FIRST, emailOf, rowsOf, unknownsOf, type ChaosRow } from './rows';
import { chaosOf, TIMEOUT_SECONDS, type Chaos } from './schedule';
import { wrongItems, wrongStop, type Survived } from './verify';

const ROWS = 2000;

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
/** How many items said what, and what a hundred seeds always bring. */
const kinds = new Map<string, number>();
const OFTEN = [
	...['done', 'done, with a mismatch', 'not returned', 'invalidRow, applied: no'],
	...['accessMismatch, applied: yes', 'accessMismatch, applied: unknown'],
	...['notReturned, applied: unknown', 'notSent, applied: no', 'notSent, applied: unknown'],
	...['rejected, applied: no', 'rejected, applied: unknown'],
	...['unavailable, applied: no', 'unavailable, applied: unknown'],
];

async function run(
	{ credential }: Sandbox,
	{ operation, stops, hasTls }: Pick<Chaos, 'operation' | 'stops' | 'hasTls'>,
	rows: readonly ChaosRow[],
	options: IDataObject,
): Promise<EngineRun> {
	const baseUrl = hasTls ? credential.baseUrl : credential.baseUrl.replace('http:', 'https:');
	return await new Engine({ ...credential, baseUrl }).run(
		{
			operation,
			emails: '={{ $json.email }}',
			labelsMode: '={{ $json.labelsMode }}',
			labels: '={{ $json.labels }}',
			orgPhonesMode: '={{ $json.orgPhonesMode }}',
			orgPhones: '={{ $json.orgPhones }}',
			options: {
				timeout: TIMEOUT_SECONDS,
				accessMismatch: '={{ $json.accessMismatch }}',
				missingMembers: '={{ $json.missingMembers }}',
				simplify: '={{ $json.simplify }}',
				...options,
			},
		},
		rows.map(({ json }) => ({ ...json })),
		{ settings: { onError: stops ? 'stopWorkflow' : 'continueRegularOutput' } },
	);
}

function kindOf({ details, updated, invited, accessMismatch }: IDataObject): string {
	const { reason, applied } = (details ?? {}) as { reason?: string; applied?: string };
	if (reason !== undefined) return `${reason}, applied: ${applied ?? '?'}`;
	if (updated === false || invited === false) return 'not returned';
	return accessMismatch === undefined ? 'done' : 'done, with a mismatch';
}

function faultFor(index: number, chaos: Chaos): Fault | undefined {
	const { foreignFrom, limited, everyFault, hasPages, faults: drawn } = chaos;
	const [limitedFrom, limitedFor] = limited;
	if (index >= foreignFrom) return FOREIGN;
	if (index >= limitedFrom && index < limitedFrom + limitedFor) return LIMITED;
	const fault = index % everyFault === 0 ? drawn[index] : undefined;
	return fault?.status === 200 && fault.headers && !hasPages ? undefined : fault;
}

/** Gives the members what they have at first. */
function prepare({ organization }: Sandbox, rows: readonly ChaosRow[]): Map<string, NamedAccess> {
	for (const [turn, access] of AT_FIRST.entries()) {
		const emails = Array.from({ length: ROWS }, (_, index) => emailOf(index));
		organization.updateAccess(
			{ emails: emails.filter((_, index) => index % AT_FIRST.length === turn), ...access },
			() => DEFAULT_UNKNOWNS,
		);
	}
	return accessOf({ organization }, rows);
}

function accessOf({ organization }: Pick<Sandbox, 'organization'>, rows: readonly ChaosRow[]) {
	return new Map(
		rows.flatMap(({ email }) => {
			const access = organization.accessOf(email);
			return access ? [[email, access] as const] : [];
		}),
	);
}

async function survive(sandbox: Sandbox, chaos: Chaos): Promise<string[]> {
	const { operation, batchSize, concurrentRequests, maxRetries, checkOrgPhones, hasTls, stops } =
		chaos;
	const rows = rowsOf(chaos);
	const before = prepare(sandbox, rows);
	Object.assign(sandbox.unknowns, chaos.unknowns);
	sandbox.unknownsOf = unknownsOf(chaos);
	let mayBeLeftOut = false;
	sandbox.onRequest = ({ index, method }) => {
		const fault = faultFor(index, chaos);
		if (fault) faults += 1;
		if (fault?.body === '[]' && method !== 'GET') mayBeLeftOut = true;
		return fault;
	};
	const options = { batchSize, concurrentRequests, maxRetries, checkOrgPhones };
	const result = await run(sandbox, chaos, rows, options);
	const survived: Survived = {
		operation,
		rows,
		sandbox,
		before,
		mayBeLeftOut,
		requests: sandbox.changes.length,
	};
	const { mails } = sandbox.organization;
	for (const json of result.json()) kinds.set(kindOf(json), (kinds.get(kindOf(json)) ?? 0) + 1);
	const wrong = [
		...sandbox.violations,
		...(hasTls || sandbox.requests.length === 0 ? [] : ['A request arrived without TLS']),
		...(new Set(mails).size === mails.length ? [] : ['Somebody was invited twice']),
	];
	if (!result.error) return [...wrong, ...wrongItems(survived, result)];
	if (!stops) {
		const { message } = result.error;
		return [...wrong, `The run stopped, though errors were to be continued: ${message}`];
	}
	wrong.push(...wrongStop(survived, result));
	// An invitation is not to be run again without a look at who was invited.
	return operation === 'invite'
		? wrong
		: [...wrong, ...(await again(sandbox, rows, checkOrgPhones))];
}

/** With Periskope as its pages have it and no fault, another run gives everyone what was asked for. */
async function again(
	sandbox: Sandbox,
	flawed: readonly ChaosRow[],
	checkOrgPhones: boolean,
): Promise<string[]> {
	sandbox.onRequest = undefined;
	sandbox.unknownsOf = undefined;
	Object.assign(sandbox.unknowns, DEFAULT_UNKNOWNS);
	const handling = { accessMismatch: 'fail', missingMembers: 'report', simplify: true } as const;
	const rows = flawed.filter(({ isFlawed }) => !isFlawed).map((row) => ({ ...row, handling }));
	const before = accessOf(sandbox, rows);
	const chaos = { operation: 'updateAccess', stops: true, hasTls: true } as const;
	const result = await run(sandbox, chaos, rows, { timeout: 60, checkOrgPhones, ...handling });
	if (result.error) return [`Running again did not mend it: ${result.error.message}`];
	return wrongItems(
		{ operation: 'updateAccess', rows, sandbox, before, mayBeLeftOut: false },
		result,
	);
}

/** What n8n loads with its first request takes longer than a request may. */
async function warmUp(): Promise<void> {
	const sandbox = await startSandbox();
	await new Engine(sandbox.credential).run({ emails: 'asha.rao@acme.example', labels: 'VIP' });
	await sandbox.close();
}

async function main(): Promise<void> {
	const seeds =
		values.seed === undefined
			? Array.from({ length: Number(values.runs) }, (_, index) => index + 1)
			: [Number(values.seed)];
	const members = Array.from({ length: ROWS }, (_, index) => emailOf(index));
	let requests = 0;
	await warmUp();
	for (const seed of seeds) {
		// One for each, or a request that is late would reach the members of the next seed.
		const sandbox = await startSandbox({ members, phones: PHONES });
		const wrong = await survive(sandbox, chaosOf(seed, ROWS));
		await sandbox.close();
		requests += sandbox.requests.length;
		if (wrong.length > 0) {
			console.error(
				`Seed ${seed} (repeat with: npm run test:chaos -- --seed ${seed})\n  ${wrong.slice(0, 10).join('\n  ')}`,
			);
			throw new Error(`${wrong.length} claims are not true`);
		}
		if (seed % 10 === 0)
			console.log(`${seed} of ${seeds.length} seeds survived, ${requests} requests`);
	}
	const missing = seeds.length < 100 ? [] : OFTEN.filter((kind) => !kinds.has(kind));
	if (missing.length > 0) throw new Error(`No item was ${missing.join(', or ')}`);
	console.log(`${seeds.length} passed, 0 failed`);
	for (const [kind, number] of [...kinds].sort()) console.log(`  ${number} items: ${kind}`);
	console.log(
		`${seeds.length * ROWS} rows, ${requests} requests, ${faults} faults: every claim is true.`,
	);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);

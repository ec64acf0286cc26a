/** One measurement, in a process of its own: `case.ts NODE ROWS PROFILES BASE_URL API_KEY`. Prints JSON. */
import type { INodeType } from 'n8n-workflow';

import { Periskope } from '../engine/built';
import { Engine, NODE } from '../engine/engine';
import { declarativeTwin, Floor, InTurn, Sender } from './rivals';
import { WARM_UP, WARM_UP_PROFILES, WARM_UP_ROWS } from './warmUp';

export interface Measured {
	/** inside the node */
	ms: number;
	/** of the whole process */
	peakMb: number;
	/** of what the run leaves in memory, its items among it, for each row */
	heldKbPerRow: number;
	items: number;
}

const [kind = '', rowCount, profileCount, baseUrl = '', apiKey = ''] = process.argv.slice(2);

const TYPES: Record<string, () => INodeType> = {
	node: () => new Periskope(),
	floor: () => new Floor(),
	sender: () => new Sender(baseUrl),
	senderOfSingles: () => new Sender(baseUrl, 1),
	declarative: () => declarativeTwin(baseUrl),
	inTurn: () => new InTurn(baseUrl),
};

async function main(): Promise<void> {
	const type = TYPES[kind];
	if (!type) throw new Error(`No node ${kind}`);
	const run = async (prefix: string, count: number, profiles: number) =>
		await new Engine({ apiKey, baseUrl, phone: '' }).run(
			{
				emails: '={{ $json.email }}',
				labels: '={{ $json.labels }}',
				orgPhonesMode: 'set',
				orgPhones: '={{ $json.phone }}',
			},
			Array.from({ length: count }, (_, index) => ({
				email: `${prefix}${index}@acme.example`,
				labels: `Team ${index % profiles}, Everyone`,
				phone: '918527184400',
			})),
			{
				settings: { onError: 'continueRegularOutput' },
				more: { nodes: [], connections: {}, types: { periskope: type() } },
			},
		);
	// n8n runs for weeks: what its first run in a new process costs is not what a run costs.
	await run(WARM_UP, WARM_UP_ROWS, WARM_UP_PROFILES);
	// A run as small as can be, for the engine keeps hold of its latest one.
	await run(WARM_UP, 1, 1);
	const before = heapKb();
	const result = await run('m', Number(rowCount), Number(profileCount));
	const held = heapKb() - before;
	if (result.error) throw result.error;
	const failed = result.json().filter(({ error }) => error !== undefined).length;
	if (failed > 0) throw new Error(`${failed} rows failed: ${JSON.stringify(result.json()[0])}`);
	const measured: Measured = {
		ms: result.run.data.resultData.runData[NODE]?.[0]?.executionTime ?? NaN,
		peakMb: process.resourceUsage().maxRSS / 1024,
		heldKbPerRow: held / Number(rowCount),
		items: result.items().length,
	};
	console.log(JSON.stringify(measured));
}

function heapKb(): number {
	const { gc } = globalThis;
	if (!gc) throw new Error('Run it with --expose-gc');
	gc();
	return process.memoryUsage().heapUsed / 1024;
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);

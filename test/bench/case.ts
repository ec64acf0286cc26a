/** One measurement, in a process of its own: `case.ts NODE READS ROWS PROFILES BASE_URL API_KEY`. Prints JSON. */
import type { INodeParameters, INodeType } from 'n8n-workflow';

import { Periskope } from '../engine/built';
import { Engine, NODE } from '../engine/engine';
import { Sender } from './rivals';
import { WARM_UP, WARM_UP_PROFILES, WARM_UP_ROWS } from './warmUp';

export interface Measured {
	/** inside the node */
	ms: number;
	/** of the whole process */
	peakMb: number;
	items: number;
}

export type Reads = 'columns' | 'expressions';
export type Kind = 'node' | 'sender' | 'senderOfSingles';

const [kind = '', reads = '', rowCount, profileCount, baseUrl = '', apiKey = ''] =
	process.argv.slice(2);
const readsColumns = reads === 'columns';

const TYPES: Record<Kind, () => INodeType> = {
	node: () => new Periskope(),
	sender: () => new Sender(baseUrl, readsColumns),
	senderOfSingles: () => new Sender(baseUrl, readsColumns, 1),
};

const PARAMETERS: Record<Reads, INodeParameters> = {
	columns: {
		emails: '={{ $json.email }}',
		labels: '={{ $json.labels }}',
		orgPhones: '={{ $json.phone }}',
	},
	expressions: {
		emails: '={{ $json.email.trim() }}',
		labels: '={{ $json.labels.trim() }}',
		orgPhones: '={{ $json.phone.trim() }}',
	},
};

async function main(): Promise<void> {
	const type = TYPES[kind as Kind]();
	const run = async (prefix: string, count: number, profiles: number) =>
		await new Engine({ apiKey, baseUrl, phone: '' }).run(
			{ ...PARAMETERS[reads as Reads], orgPhonesMode: 'set' },
			Array.from({ length: count }, (_, index) => ({
				email: `${prefix}${index}@acme.example`,
				labels: `Team ${index % profiles}, Everyone`,
				phone: '918527184400',
			})),
			{
				settings: { onError: 'continueRegularOutput' },
				more: { nodes: [], connections: {}, types: { periskope: type } },
			},
		);
	// n8n runs for weeks: what its first run in a new process costs is not what a run costs.
	await run(WARM_UP, WARM_UP_ROWS, WARM_UP_PROFILES);
	const result = await run('m', Number(rowCount), Number(profileCount));
	if (result.error) throw result.error;
	const failed = result.json().filter(({ error }) => error !== undefined).length;
	if (failed > 0) throw new Error(`${failed} rows failed: ${JSON.stringify(result.json()[0])}`);
	const measured: Measured = {
		ms: result.run.data.resultData.runData[NODE]?.[0]?.executionTime ?? NaN,
		peakMb: process.resourceUsage().maxRSS / 1024,
		items: result.items().length,
	};
	console.log(JSON.stringify(measured));
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);

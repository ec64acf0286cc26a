/** One measurement, in a process of its own: `case.ts NODE ROWS PROFILES BASE_URL API_KEY`. Prints JSON. */
import type { INodeType } from 'n8n-workflow';

import { Periskope } from '../engine/built';
import { Engine, NODE } from '../engine/engine';
import { declarativeTwin, Floor, InTurn } from './rivals';

export interface Measured {
	/** inside the node */
	ms: number;
	/** of the whole process */
	peakMb: number;
	items: number;
}

const [kind = '', rowCount, profileCount, baseUrl = '', apiKey = ''] = process.argv.slice(2);

const TYPES: Record<string, () => INodeType> = {
	node: () => new Periskope(),
	floor: () => new Floor(),
	declarative: () => declarativeTwin(baseUrl),
	inTurn: () => new InTurn(baseUrl),
};

async function main(): Promise<void> {
	const type = TYPES[kind];
	if (!type) throw new Error(`No node ${kind}`);
	const profiles = Number(profileCount);
	const rows = Array.from({ length: Number(rowCount) }, (_, index) => ({
		email: `m${index}@acme.example`,
		labels: `Team ${index % profiles}, Everyone`,
		phone: '918527184400',
	}));
	const result = await new Engine({ apiKey, baseUrl, phone: '' }).run(
		{
			emails: '={{ $json.email }}',
			labels: '={{ $json.labels }}',
			orgPhonesMode: 'set',
			orgPhones: '={{ $json.phone }}',
		},
		rows,
		{
			settings: { onError: 'continueRegularOutput' },
			more: { nodes: [], connections: {}, types: { periskope: type() } },
		},
	);
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

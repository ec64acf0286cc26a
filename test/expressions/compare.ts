/** `compare.ts ENGINE`: columns on one of n8n's expression engines, in a process of its own. Prints JSON. */
import '../engine/environment';

import { Expression } from 'n8n-workflow';

import { compareColumns } from '../engine/columns';

/** As n8n's server sets them. */
const LIMITS = {
	bridgeTimeout: 5000,
	bridgeMemoryLimit: 128,
	poolSize: 1,
	maxCodeCacheSize: 1024,
};

async function main(engine: 'quickjs' | 'vm'): Promise<void> {
	Expression.setExpressionEngine(engine);
	await Expression.initExpressionEngine({ engine, ...LIMITS });
	const counts = await compareColumns(100);
	console.log(JSON.stringify({ engine: Expression.getActiveImplementation(), ...counts }));
}

main(process.argv[2] === 'vm' ? 'vm' : 'quickjs').then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);

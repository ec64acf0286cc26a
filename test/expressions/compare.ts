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
	const result = JSON.stringify({ engine: Expression.getActiveImplementation(), ...counts });
	// Killed, for the native code of vm now and then crashes a process that ends by itself.
	process.stdout.write(result, () => process.kill(process.pid, 'SIGKILL'));
}

main(process.argv[2] === 'vm' ? 'vm' : 'quickjs').catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});

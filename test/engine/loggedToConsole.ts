/**
 * Before n8n-core is imported: its log, down to the last detail, goes to the console, and all that
 * goes to the console is kept. Its logger holds on to the console that it finds.
 */
import { inspect } from 'node:util';

process.env.N8N_LOG_LEVEL = 'debug';

/** Every line, since the file was imported. */
export const printed: string[] = [];

for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
	console[method] = (...args: unknown[]) => {
		printed.push(args.map((arg) => inspect(arg, { depth: 10 })).join(' '));
	};
}

// Loggers write past these methods where a console has streams.
const kept = { write: (text: string) => printed.push(text) };
Object.defineProperties(console, { _stdout: { value: kept }, _stderr: { value: kept } });

import { parseArgs } from 'node:util';

import type { SandboxOptions } from './server';
import {
	DEFAULT_UNKNOWNS,
	UNKNOWN_CHOICES,
	UNKNOWN_NAMES,
	type UnknownName,
	type Unknowns,
} from './unknowns';

/** `unknownEmails` is set with `--unknown-emails`. */
export const flagOf = (name: UnknownName) =>
	name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const USAGE = `npm run sandbox [-- flags]

  --port 8080              where to listen; 0 takes a free port
  --latency 0              milliseconds before every answer
  --rate-limit 60/10       at most 60 requests in 10 seconds; no limit unless given

What Periskope's pages leave open, the first being the default:
${UNKNOWN_NAMES.map((name) => `  --${flagOf(name)} ${UNKNOWN_CHOICES[name].join(' | ')}`).join('\n')}`;

/**
 * Reads the flags of `npm run sandbox`.
 *
 * @returns 'help' when the usage is asked for
 * @throws an Error that says which flag cannot be used
 */
export function readFlags(args: string[]): SandboxOptions | 'help' {
	const { values } = parseArgs({
		args,
		options: {
			help: { type: 'boolean', short: 'h', default: false },
			port: { type: 'string', default: '8080' },
			latency: { type: 'string', default: '0' },
			'rate-limit': { type: 'string' },
			...Object.fromEntries(
				UNKNOWN_NAMES.map((name) => [
					flagOf(name),
					{ type: 'string' as const, default: DEFAULT_UNKNOWNS[name] },
				]),
			),
		},
	});
	if (values.help) return 'help';
	const rateLimit = values['rate-limit'];
	const given: Record<string, string | boolean | undefined> = values;
	return {
		port: wholeNumber('--port', values.port, 65_535),
		// A person is told at once that the port is taken.
		portPatienceMs: 0,
		latencyMs: wholeNumber('--latency', values.latency, 3_600_000),
		...(rateLimit !== undefined && { rateLimit: limitFrom(rateLimit) }),
		unknowns: Object.fromEntries(
			UNKNOWN_NAMES.map((name) => {
				const flag = flagOf(name);
				return [name, oneOf(`--${flag}`, String(given[flag]), UNKNOWN_CHOICES[name])];
			}),
		) as unknown as Unknowns,
	};
}

function wholeNumber(flag: string, value: string, most: number): number {
	const number = Number(value);
	if (/^\d+$/.test(value) && number <= most) return number;
	throw new Error(`${flag} is "${value}"; it takes a whole number from 0 to ${most}`);
}

function limitFrom(value: string): { max: number; windowMs: number } {
	const [, max, seconds] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(value) ?? [];
	if (max === undefined || seconds === undefined) {
		throw new Error(`--rate-limit is "${value}"; it takes MAX/SECONDS, such as 60/10`);
	}
	return { max: Number(max), windowMs: Number(seconds) * 1000 };
}

function oneOf<Value extends string>(flag: string, value: string, values: readonly Value[]): Value {
	const found = values.find((known) => known === value);
	if (found !== undefined) return found;
	throw new Error(`${flag} is "${value}"; it takes ${values.join(' or ')}`);
}

import { parseArgs } from 'node:util';

import type { SandboxOptions } from './server';
import { DEFAULT_UNKNOWNS } from './unknowns';

export const USAGE = `npm run sandbox [-- flags]

  --port 8080              where to listen; 0 takes a free port
  --latency 0              milliseconds before every answer
  --rate-limit 60/10       at most 60 requests in 10 seconds; no limit unless given

What Periskope's pages leave open, the first being the default:
  --unknown-emails leftOut | rejected
  --admins leftOut | returned
  --unknown-labels created | rejected
  --email-case kept | lowered
  --delete-answer body | empty`;

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
			'unknown-emails': { type: 'string', default: DEFAULT_UNKNOWNS.unknownEmails },
			admins: { type: 'string', default: DEFAULT_UNKNOWNS.admins },
			'unknown-labels': { type: 'string', default: DEFAULT_UNKNOWNS.unknownLabels },
			'email-case': { type: 'string', default: DEFAULT_UNKNOWNS.emailCase },
			'delete-answer': { type: 'string', default: DEFAULT_UNKNOWNS.deleteAnswer },
		},
	});
	if (values.help) return 'help';
	const rateLimit = values['rate-limit'];
	return {
		port: wholeNumber('--port', values.port, 65_535),
		// A person is told at once that the port is taken.
		portPatienceMs: 0,
		latencyMs: wholeNumber('--latency', values.latency, 3_600_000),
		...(rateLimit !== undefined && { rateLimit: limitFrom(rateLimit) }),
		unknowns: {
			unknownEmails: oneOf('--unknown-emails', values['unknown-emails'], ['leftOut', 'rejected']),
			admins: oneOf('--admins', values.admins, ['leftOut', 'returned']),
			unknownLabels: oneOf('--unknown-labels', values['unknown-labels'], ['created', 'rejected']),
			emailCase: oneOf('--email-case', values['email-case'], ['kept', 'lowered']),
			deleteAnswer: oneOf('--delete-answer', values['delete-answer'], ['body', 'empty']),
		},
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

import { printed } from './loggedToConsole';

import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import type { INodeParameters } from 'n8n-workflow';

import { OPERATION_VALUES, type OperationValue } from '../operations';
import type { Fault } from '../sandbox/server';
import { sandboxed } from './sandboxed';

const UPDATE = {
	emails: 'asha.rao@acme.example, ben.okafor@acme.example',
	labels: 'Sales',
	options: { maxRetries: 0 },
};

const PARAMETERS: Record<OperationValue, INodeParameters> = {
	updateAccess: UPDATE,
	invite: { ...UPDATE, operation: 'invite', orgPhonesMode: 'all' },
	delete: { operation: 'delete', emails: UPDATE.emails, options: UPDATE.options },
};
const withOptions = ({ options, ...others }: INodeParameters, more: INodeParameters = {}) => ({
	...others,
	options: { ...(options as INodeParameters), ...more },
});
const ON_ERROR = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

describe('the API key', () => {
	const test = sandboxed();
	const faults = (key: string): Array<[name: string, fault: Fault, options?: INodeParameters]> => [
		['nothing at all', {}],
		[
			'a refusal that echoes it',
			{
				status: 422,
				body: JSON.stringify({
					code: key,
					message: `Token ${key}`,
					fields: { [key]: { message: key, value: key } },
				}),
			},
		],
		[
			'a refusal in plain text that echoes it',
			{ status: 400, body: `Authorization: Bearer ${key}` },
		],
		['a 401', { status: 401, body: JSON.stringify({ message: `Bad key ${key}` }) }],
		[
			'a 500 with a web page',
			{ status: 500, body: `<!doctype html>${key}`, headers: { 'content-type': 'text/html' } },
		],
		[
			'a trace id that echoes it',
			{ status: 400, body: '{}', headers: { 'x-periskope-trace-id': key } },
		],
		[
			'a member that echoes it',
			{ status: 200, body: JSON.stringify([{ email: 'asha.rao@acme.example', member_name: key }]) },
		],
		['a success that is none', { status: 200, body: JSON.stringify({ key }) }],
		['a cut connection', { cut: true }],
		['half a body', { cut: 'midBody' }],
		['a response that comes too late', { delayMs: 300 }, { timeout: 0.1 }],
		['a redirect', { status: 302, body: '', headers: { location: `https://example.com/?${key}` } }],
		[
			'a 429, and a retry',
			{ status: 429, body: key, headers: { 'retry-after': '0.01' } },
			{ maxRetries: 1 },
		],
	];

	it.each(faults('KEY').map(([name], index) => [name, index] as const))(
		'appears nowhere after %s',
		async (_, index) => {
			const { sandbox, engine } = test;
			const [, fault, more] = faults(sandbox.apiKey)[index] ?? [];
			if (!fault) throw new Error('No such fault');
			const runs = OPERATION_VALUES.flatMap((operation) =>
				ON_ERROR.map((onError) => [withOptions(PARAMETERS[operation], more), onError] as const),
			);
			for (const [parameters, onError] of runs) {
				// A rate limit that lets nothing through is waited for, for minutes.
				const first = sandbox.requests.length;
				sandbox.onRequest = ({ index }) =>
					fault.status === 429 && index > first ? undefined : fault;
				const { run, hints, error } = await engine.run(parameters, [{}], { settings: { onError } });
				const everything = inspect(
					{ run, hints, error, stack: error?.stack, cause: error?.cause },
					{ depth: Infinity, showHidden: true, maxArrayLength: null, maxStringLength: null },
				);
				expect(everything.includes(sandbox.apiKey)).toBe(false);
				expect(JSON.stringify(run).includes(sandbox.apiKey)).toBe(false);
			}
			expect(printed.join('\n').includes(sandbox.apiKey)).toBe(false);
		},
		30_000,
	);

	it('would be found in the log, which covers every step of a run', async () => {
		test.sandbox.faults = [{ status: 400 }];
		await test.engine.run(UPDATE);
		expect(printed.join('\n')).toContain('Running node "Periskope" finished with error');
	});
});

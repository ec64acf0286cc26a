import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import { afterEach, describe, expect, it } from '@jest/globals';

import { phones, remove, update } from './client';
import { readFlags, USAGE } from './flags';
import { DEFAULT_UNKNOWNS } from './unknowns';
import { withSandbox } from './withSandbox';

const ROOT = join(__dirname, '../..');

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** None may outlive its test, whatever that finds. */
const children: Child[] = [];
afterEach(() => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(...flags: string[]): Child {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join(__dirname, 'start.ts'), ...flags],
		{
			cwd: ROOT,
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	children.push(child);
	return child;
}

/** What a process has said by the time that it said this, or ended. */
async function said({ stdout, stderr }: Child, end?: string): Promise<string> {
	let text = '';
	const take = (data: Buffer) => (text += data.toString());
	stderr.on('data', take);
	for await (const data of stdout) {
		take(data as Buffer);
		if (end !== undefined && text.includes(end)) return text;
	}
	return text;
}

const addressIn = (text: string) => ({
	baseUrl: /Base URL {2}(\S+)/.exec(text)?.[1] ?? '',
	apiKey: /API Key {3}(\S+)/.exec(text)?.[1] ?? '',
});

const exitOf = (child: Child) =>
	new Promise<unknown[]>((resolve) => {
		child.once('exit', (...exit) => {
			resolve(exit);
		});
	});

describe('npm run sandbox', () => {
	it.each(['SIGINT', 'SIGTERM'] as const)(
		'says where it is until %s ends it cleanly',
		async (signal) => {
			const unknowns = ['--admins', 'returned', '--delete-answer', 'empty'];
			const child = start('--port', '0', ...unknowns, '--rate-limit', '7/60');
			const greeting = await said(child, 'Ctrl+C');
			const { baseUrl, apiKey } = addressIn(greeting);
			expect(greeting).toContain('admins returned');
			expect(greeting).toContain('delete answer empty.');
			const admins = { emails: ['arun.admin@acme.example'], labels: ['VIP'] };
			const listed = await phones({ baseUrl, apiKey });
			expect(listed.headers.get('x-ratelimit-limit')).toBe('7');
			expect((await update({ baseUrl, apiKey }, admins)).json()).toHaveLength(1);
			expect((await remove({ baseUrl, apiKey }, 'arun.admin@acme.example')).status).toBe(204);
			const exit = exitOf(child);
			child.kill(signal);
			expect(await exit).toEqual([0, null]);
		},
		30_000,
	);

	it('ends at once, though an answer is still to come', async () => {
		const child = start('--port', '0', '--latency', '60000');
		const { baseUrl, apiKey } = addressIn(await said(child, 'Ctrl+C'));
		const pending = phones({ baseUrl, apiKey }).catch(() => 'cut');
		await wait(500);
		const exit = exitOf(child);
		child.kill('SIGTERM');
		expect(await Promise.race([exit, wait(5000, 'still there')])).toEqual([0, null]);
		expect(await pending).toBe('cut');
	}, 30_000);

	describe('on a port that is taken', () => {
		const test = withSandbox();

		it('says so at once, and what to do', async () => {
			const { port } = new URL(test.sandbox.baseUrl);
			const child = start('--port', port);
			const exit = exitOf(child);
			expect(await said(child)).toBe(
				`Port ${port} is taken. Give another one: npm run sandbox -- --port 0\n`,
			);
			expect(await exit).toEqual([1, null]);
		}, 30_000);
	});
});

describe('the flags', () => {
	it('are all optional', () => {
		expect(readFlags([])).toEqual({
			port: 8080,
			portPatienceMs: 0,
			latencyMs: 0,
			unknowns: DEFAULT_UNKNOWNS,
		});
	});

	it('set the port, the latency, the limit and what is unknown', () => {
		const flags =
			'--port 0 --latency 20 --rate-limit 60/10 --unknown-emails rejected --admins returned ' +
			'--unknown-labels dropped --unknown-phones rejected --lists add --nulls kept ' +
			'--omitted-fields cleared --lists-come-back leftOut --email-case lowered --delete-answer empty';
		expect(readFlags(flags.split(' '))).toEqual({
			port: 0,
			portPatienceMs: 0,
			latencyMs: 20,
			rateLimit: { max: 60, windowMs: 10_000 },
			unknowns: {
				unknownEmails: 'rejected',
				admins: 'returned',
				unknownLabels: 'dropped',
				unknownPhones: 'rejected',
				lists: 'add',
				nulls: 'kept',
				omittedFields: 'cleared',
				listsComeBack: 'leftOut',
				emailCase: 'lowered',
				deleteAnswer: 'empty',
			},
		});
	});

	it.each([
		['--port 80x', '--port is "80x"; it takes a whole number from 0 to 65535'],
		['--port 70000', '--port is "70000"'],
		['--latency -1', 'argument is ambiguous'],
		['--rate-limit 60', '--rate-limit is "60"; it takes MAX/SECONDS, such as 60/10'],
		['--rate-limit 0/10', '--rate-limit is "0/10"'],
		['--admins ignored', '--admins is "ignored"; it takes leftOut or returned'],
		['--delete-answer 204', '--delete-answer is "204"; it takes body or empty'],
		['--colour red', "Unknown option '--colour'"],
	])('are refused where they cannot be used: %s', (flags, message) => {
		expect(() => readFlags(flags.split(' '))).toThrow(message);
	});

	it('explain themselves, with every choice that they take', () => {
		expect(readFlags(['--help'])).toBe('help');
		expect(USAGE).toContain('\n  --lists-come-back asStored | asNull | leftOut\n');
		for (const [, flag = '', choices = ''] of USAGE.matchAll(/--([a-z-]+) (\w+(?: \| \w+)+)/g)) {
			for (const choice of choices.split(' | ')) {
				expect(() => readFlags([`--${flag}`, choice])).not.toThrow();
			}
		}
	});
});

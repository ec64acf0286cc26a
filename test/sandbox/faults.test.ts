import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { invite, phones, remove, update } from './client';
import { startSandbox, type Fault, type Sandbox } from './server';
import { withSandbox } from './withSandbox';

const ASHA = 'asha.rao@acme.example';
const BODY = { emails: [ASHA], labels: ['VIP'] };
const REQUEST_TIMEOUT_MS = 200;

/** All that comes over the wire until the connection ends, without an HTTP client's judgement. */
async function raw(sandbox: Sandbox): Promise<string> {
	const socket = socketTo(sandbox);
	let received = '';
	socket.on('data', (data) => (received += data.toString('latin1')));
	// A connection that is reset has ended too.
	socket.on('error', () => undefined);
	const ended = new Promise((resolve) => socket.once('close', resolve));
	const body = JSON.stringify(BODY);
	socket.write(
		`PATCH /v1/members/access HTTP/1.1\r\nHost: x\r\nConnection: close\r\n` +
			`Authorization: Bearer ${sandbox.apiKey}\r\nContent-Type: application/json\r\n` +
			`Content-Length: ${body.length}\r\n\r\n${body}`,
	);
	await ended;
	return received;
}

const socketTo = ({ baseUrl }: Sandbox): Socket =>
	connect({ host: '127.0.0.1', port: Number(new URL(baseUrl).port) });

describe('a fault', () => {
	const test = withSandbox();
	const labels = () => test.sandbox.organization.accessOf(ASHA)?.labels;

	it('answers with its status, headers and bytes, and the change is not made', async () => {
		test.sandbox.faults = [
			{ status: 502, headers: { 'content-type': 'text/html', 'x-extra': '1' }, body: '<h1>Bad' },
		];
		const { status, headers, text } = await update(test.sandbox, BODY);
		expect([status, text]).toEqual([502, '<h1>Bad']);
		expect([headers.get('content-type'), headers.get('x-extra')]).toEqual(['text/html', '1']);
		expect(headers.get('x-periskope-trace-id')).not.toBeNull();
		expect(test.sandbox.requests[0]?.status).toBe(502);
		expect(labels()).toEqual([]);
	});

	it('with a status alone has an empty body', async () => {
		test.sandbox.faults = [{ status: 503 }];
		expect(await update(test.sandbox, BODY)).toMatchObject({ status: 503, text: '' });
		expect(labels()).toEqual([]);
	});

	it('with a broken body alone is a success that cannot be read', async () => {
		test.sandbox.faults = [{ body: '[{"email":' }];
		const { status, text, headers } = await update(test.sandbox, BODY);
		expect([status, text]).toEqual([200, '[{"email":']);
		expect(headers.get('content-type')).toContain('application/json');
		expect(labels()).toEqual([]);
	});

	it('can make the change and say otherwise', async () => {
		test.sandbox.faults = [{ status: 500, applied: true }];
		expect((await update(test.sandbox, BODY)).status).toBe(500);
		expect(labels()).toEqual(['VIP']);
	});

	it('can replace the headers of every answer', async () => {
		test.sandbox.faults = [{ headers: { 'x-periskope-trace-id': 'trace-7', 'retry-after': '3' } }];
		const { status, headers } = await update(test.sandbox, BODY);
		expect(status).toBe(200);
		expect(headers.get('x-periskope-trace-id')).toBe('trace-7');
		expect(headers.get('retry-after')).toBe('3');
		expect(labels()).toEqual(['VIP']);
	});

	it('can delay the normal answer', async () => {
		test.sandbox.faults = [{ delayMs: 150 }];
		const start = performance.now();
		expect((await update(test.sandbox, BODY)).status).toBe(200);
		expect(performance.now() - start).toBeGreaterThanOrEqual(145);
		expect(labels()).toEqual(['VIP']);
	});

	it('can cut the connection without a byte of an answer', async () => {
		test.sandbox.faults = [{ cut: true }];
		expect(await raw(test.sandbox)).toBe('');
		expect(test.sandbox.requests[0]).not.toHaveProperty('status');
		expect(labels()).toEqual([]);
	});

	it('can cut it in the middle of an answer whose head promises the whole', async () => {
		test.sandbox.faults = [{ cut: 'midBody', applied: true }];
		const [head = '', body = ''] = (await raw(test.sandbox)).split('\r\n\r\n');
		const promised = Number(/content-length: (\d+)/.exec(head)?.[1]);
		expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
		expect(head).toContain('x-periskope-trace-id');
		expect(body).toHaveLength(Math.floor(promised / 2));
		expect(body).toMatch(/^\[\{"created_at"/);
		expect(test.sandbox.requests[0]?.status).toBe(200);
		expect(labels()).toEqual(['VIP']);
	});

	it('makes a client see the cut as a broken connection, not as an answer', async () => {
		test.sandbox.faults = [{ cut: true }, { cut: 'midBody' }];
		await expect(update(test.sandbox, BODY)).rejects.toThrow('fetch failed');
		await expect(update(test.sandbox, BODY)).rejects.toThrow('terminated');
		expect((await update(test.sandbox, BODY)).status).toBe(200);
	});

	it('can send blanks and never the answer', async () => {
		test.sandbox.faults = [{ trickleMs: 10, applied: true }];
		const response = await fetch(`${test.sandbox.baseUrl}/members/access`, {
			method: 'PATCH',
			headers: {
				authorization: `Bearer ${test.sandbox.apiKey}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify(BODY),
			signal: AbortSignal.timeout(200),
		});
		expect(response.status).toBe(200);
		await expect(response.text()).rejects.toThrow('timeout');
		expect(labels()).toEqual(['VIP']);
	});

	it('can send the normal answer compressed', async () => {
		test.sandbox.faults = [{ gzip: true }, { gzip: true }];
		const { headers, json } = await update(test.sandbox, BODY);
		expect(headers.get('content-encoding')).toBe('gzip');
		expect(json()).toMatchObject([{ email: ASHA }]);
		const [, body = ''] = (await raw(test.sandbox)).split('\r\n\r\n');
		expect(gunzipSync(Buffer.from(body, 'latin1')).toString()).toContain(ASHA);
	});

	it('are used in order, but a fault for one request comes first', async () => {
		test.sandbox.faults = [{ status: 500 }, { status: 503 }];
		test.sandbox.onRequest = ({ index, path, body }) =>
			index === 1 && path === '/members/access' && JSON.stringify(body) === JSON.stringify(BODY)
				? { status: 418 }
				: undefined;
		const statuses = [];
		for (let time = 0; time < 4; time++) statuses.push((await update(test.sandbox, BODY)).status);
		expect(statuses).toEqual([500, 418, 503, 200]);
	});

	it("doesn't hide that the request violates the contract", async () => {
		test.sandbox.faults = [{ status: 200, body: '[]' }];
		await update(test.sandbox, { emails: [] });
		expect(test.sandbox.violations).toHaveLength(1);
	});
});

describe('a fault on an invitation or a removal', () => {
	const test = withSandbox();
	const NEW = 'new.joiner@acme.example';
	const both = async () => {
		await invite(test.sandbox, { emails: [NEW] }).catch(() => 'cut');
		await remove(test.sandbox, ASHA).catch(() => 'cut');
	};
	const whoIsThere = () => [NEW, ASHA].filter((email) => test.sandbox.organization.member(email));

	it.each<[string, Fault]>([
		['a status', { status: 500 }],
		['a body', { body: '{"succ' }],
		['a cut', { cut: true }],
		['a cut in the middle', { cut: 'midBody' }],
	])('makes the change only when told to: %s', async (_, fault) => {
		test.sandbox.faults = [fault, fault];
		await both();
		expect(whoIsThere()).toEqual([ASHA]);
		expect(test.sandbox.organization.mails).toEqual([]);
		test.sandbox.onRequest = () => ({ ...fault, applied: true });
		await both();
		expect(whoIsThere()).toEqual([NEW]);
		expect(test.sandbox.organization.mails).toEqual([NEW]);
		expect(test.sandbox.requests).toHaveLength(4);
	});

	it('cuts an answer that has no body before it, as it has no middle', async () => {
		test.sandbox.unknowns.deleteAnswer = 'empty';
		test.sandbox.faults = [{ cut: 'midBody', applied: true }];
		await expect(remove(test.sandbox, ASHA)).rejects.toThrow('fetch failed');
		expect(test.sandbox.requests[0]).not.toHaveProperty('status');
		expect(whoIsThere()).toEqual([]);
	});

	it('compresses no body where there is none, and needs another status to give it one', async () => {
		test.sandbox.unknowns.deleteAnswer = 'empty';
		test.sandbox.faults = [{ gzip: true }];
		const { status, headers } = await remove(test.sandbox, ASHA);
		expect([status, headers.get('content-encoding')]).toEqual([204, null]);
		await invite(test.sandbox, { emails: [ASHA] });
		test.sandbox.faults = [{ body: '{"succ' }];
		expect(await remove(test.sandbox, ASHA)).toMatchObject({ status: 200, text: '{"succ' });
	});
});

describe('a client that disconnects before the response', () => {
	const test = withSandbox();

	it('has made its change, and is forgotten at once', async () => {
		test.sandbox.faults = [{ delayMs: 60_000 }];
		const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
		await expect(update(test.sandbox, BODY, { signal })).rejects.toThrow('timeout');
		expect(test.sandbox.organization.accessOf(ASHA)?.labels).toEqual(['VIP']);
		await wait(50);
		await phones(test.sandbox);
		expect(test.sandbox.mostInFlight).toBe(1);
		expect(test.sandbox.requests.map(({ status }) => status)).toEqual([undefined, 200]);
	});
});

describe('every answer', () => {
	const test = withSandbox({ latencyMs: 100 });

	it('takes as long as the latency says, on top of a delay', async () => {
		test.sandbox.faults = [{}, { delayMs: 100 }];
		const took = [];
		for (let time = 0; time < 2; time++) {
			const start = performance.now();
			await phones(test.sandbox);
			took.push(performance.now() - start);
		}
		expect(took[0]).toBeGreaterThanOrEqual(95);
		expect(took[1]).toBeGreaterThanOrEqual(195);
	});
});

describe('closing', () => {
	it('ends at once, with idle connections open and answers still to come', async () => {
		const sandbox = await startSandbox();
		const idle = socketTo(sandbox);
		const idleEnded = new Promise((resolve) => idle.once('close', resolve));
		await phones(sandbox);
		sandbox.onRequest = () => ({ delayMs: 60_000 });
		const pending = update(sandbox, BODY).catch((error: unknown) => String(error));
		while (sandbox.requests.length < 2) await wait(5);
		const start = performance.now();
		await sandbox.close();
		expect(performance.now() - start).toBeLessThan(500);
		expect(await pending).toContain('fetch failed');
		await idleEnded;
		await sandbox.close();
	});

	it('frees the port, which one that waits for it then gets', async () => {
		const first = await startSandbox();
		const port = Number(new URL(first.baseUrl).port);
		await expect(startSandbox({ port, portPatienceMs: 0 })).rejects.toThrow('EADDRINUSE');
		const second = startSandbox({ port });
		await wait(250);
		await first.close();
		expect((await second).baseUrl).toBe(first.baseUrl);
		expect((await phones(await second)).status).toBe(200);
		await (await second).close();
	});
});

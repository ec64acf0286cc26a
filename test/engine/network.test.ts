import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import { afterEach, describe, expect, it } from '@jest/globals';
import { version as coreVersion } from 'n8n-core/package.json';
import type { INodeParameters } from 'n8n-workflow';

import { API_KEY } from '../sandbox/seed';
import { Engine } from './engine';

const UPDATE = { emails: 'asha.rao@acme.example', labels: 'Sales' };
const INVITE = { ...UPDATE, operation: 'invite', orgPhones: ['918527184400'] };
const DELETE = { operation: 'delete', emails: UPDATE.emails };

interface TcpServer {
	url: string;
	/** requests that arrived whole */
	seen: number;
	close(): Promise<void>;
}

const servers: TcpServer[] = [];

/** A server that does with each request what no HTTP server would. */
async function tcpServer(onRequest: (socket: Socket) => void): Promise<TcpServer> {
	const sockets = new Set<Socket>();
	const listener = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
		socket.once('data', () => {
			server.seen += 1;
			onRequest(socket);
		});
	});
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const { port } = listener.address() as { port: number };
	const server: TcpServer = {
		url: `http://127.0.0.1:${port}`,
		seen: 0,
		close: () =>
			new Promise((resolve) => {
				for (const socket of sockets) socket.destroy();
				listener.close(() => {
					resolve();
				});
			}),
	};
	servers.push(server);
	return server;
}

afterEach(async () => {
	await Promise.all(servers.splice(0).map((server) => server.close()));
});

const runAgainst = async (
	baseUrl: string,
	parameters: INodeParameters,
	options: INodeParameters = { maxRetries: 0, timeout: 3 },
) =>
	await new Engine({ apiKey: API_KEY, baseUrl, phone: '' }).run({ ...parameters, options }, [{}], {
		settings: { onError: 'continueRegularOutput' },
	});

/** Some older n8n tell nothing of the request in their errors: then it may have left. */
const KEEPS_REQUEST = coreVersion.startsWith('2.41.');
const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const MAY_HAVE = /may still have been (?:applied|deleted|sent)/;

describe('a network that fails', () => {
	it.each([
		['a server without TLS', 'https'],
		['no server at all', 'http'],
	])('reports nothing as applied with %s', async (_, protocol) => {
		const { url } = await tcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		const baseUrl = protocol === 'https' ? url.replace('http', 'https') : 'http://127.0.0.1:1';
		for (const parameters of [UPDATE, INVITE, DELETE]) {
			const [item] = (await runAgainst(baseUrl, parameters)).json();
			expect(item?.message).not.toMatch(MAY_HAVE);
			expect(item?.message).toContain('Check the Base URL');
		}
	});

	it('is not asked again where the TLS connection fails', async () => {
		const server = await tcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		const started = Date.now();
		const result = await runAgainst(server.url.replace('http', 'https'), UPDATE, { maxRetries: 5 });
		expect(result.json()).toMatchObject([
			{
				error: expect.stringContaining('An encrypted connection') as unknown,
				details: { code: 'EPROTO' },
			},
		]);
		expect(server.seen).toBe(1);
		expect(Date.now() - started).toBeLessThan(5000);
	});

	it.each<[string, (socket: Socket) => void, string | RegExp]>([
		['is reset', (socket) => socket.resetAndDestroy(), 'ECONNRESET'],
		['is closed', (socket) => socket.end(), 'ECONNRESET'],
		['says no HTTP', (socket) => socket.end('hello\r\n\r\n'), /^HPE_/],
		[
			'is cut off within its length',
			(socket) => socket.end(`${OK}content-length: 100\r\n\r\n[{"em`),
			'ERR_BAD_RESPONSE',
		],
		[
			'is cut off within a chunk',
			(socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\n5\r\n[{`),
			'ERR_BAD_RESPONSE',
		],
		[
			'is no gzip',
			(socket) => socket.end(`${OK}content-encoding: gzip\r\ncontent-length: 5\r\n\r\nhello`),
			// Older n8n keeps the status alone, or its helper never ends and Timeout ends it.
			/^(?:Z_DATA_ERROR|ECONNABORTED|ERR_BAD_RESPONSE)$/,
		],
	])('has an unknown outcome and its own code where the response %s', async (_, answer, code) => {
		const { url } = await tcpServer(answer);
		for (const parameters of [UPDATE, INVITE, DELETE]) {
			const [item] = (await runAgainst(url, parameters)).json();
			expect(item?.message).toMatch(MAY_HAVE);
			const details = item?.details as { code: string };
			if (typeof code === 'string') expect(details.code).toBe(code);
			else expect(details.code).toMatch(code);
		}
	});

	it('is not said to have applied anything where the TLS handshake never ends', async () => {
		const { url } = await tcpServer(() => undefined);
		for (const parameters of [UPDATE, INVITE, DELETE]) {
			const options = { maxRetries: 0, timeout: 0.3 };
			const [item] = (await runAgainst(url.replace('http', 'https'), parameters, options)).json();
			expect(item?.error).toMatch(/in time/);
			// Where n8n tells nothing of the request, it may have left.
			if (KEEPS_REQUEST) expect(item?.message).not.toMatch(MAY_HAVE);
		}
	});

	it.each([['cut before its body', 'connection: close\r\n\r\n']])(
		'is not taken for a deletion where the response is %s',
		async (_, rest) => {
			const { url } = await tcpServer((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`));
			const [item] = (await runAgainst(url, DELETE)).json();
			expect(item?.message).toMatch(MAY_HAVE);
		},
	);

	it('rejects a truncated gzip body', async () => {
		const body = gzipSync(JSON.stringify([{ email: UPDATE.emails }]));
		const half = body.subarray(0, body.length - 12);
		const { url } = await tcpServer((socket) => {
			socket.write(`${OK}content-encoding: gzip\r\ncontent-length: ${half.length}\r\n\r\n`);
			socket.end(half);
		});
		const [item] = (await runAgainst(url, UPDATE)).json();
		expect(item?.message).toMatch(MAY_HAVE);
	});

	it.each<[string, (socket: Socket) => void]>([
		[
			'writes a blank again and again',
			(socket) => {
				socket.write(`${OK}transfer-encoding: chunked\r\n\r\n`);
				const timer = setInterval(() => socket.write('1\r\n \r\n'), 50);
				socket.on('close', () => {
					clearInterval(timer);
				});
			},
		],
		[
			'writes a header again and again',
			(socket) => {
				socket.write('HTTP/1.1 200 OK\r\n');
				const timer = setInterval(() => socket.write('x-a: b\r\n'), 50);
				socket.on('close', () => {
					clearInterval(timer);
				});
			},
		],
		[
			'switches protocols',
			(socket) =>
				socket.write(
					'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
				),
		],
		['says nothing', () => undefined],
		['says to go on, and nothing more', (socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n')],
	])('is left after Timeout where the server %s', async (_, answer) => {
		let isClosed = false;
		const { url } = await tcpServer((socket) => {
			socket.on('close', () => (isClosed = true));
			answer(socket);
		});
		const started = Date.now();
		const [item] = (await runAgainst(url, UPDATE, { maxRetries: 0, timeout: 0.4 })).json();
		expect(Date.now() - started).toBeLessThan(2000);
		expect(item).toMatchObject({
			error: expect.stringContaining("Periskope didn't respond in time") as unknown,
			message: expect.stringMatching(MAY_HAVE) as unknown,
			details: { code: 'ECONNABORTED' },
		});
		// The connection doesn't outlive the attempt either.
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(isClosed).toBe(true);
	});
});

import { gzipSync } from 'node:zlib';

import type { FastifyReply } from 'fastify';

/** What a request meets instead of the normal answer, or on its way. */
export interface Fault {
	status?: number;
	headers?: Record<string, string>;
	/** sent as it is */
	body?: string;
	delayMs?: number;
	/** the connection is destroyed: without an answer, or after half of its body */
	cut?: true | 'midBody';
	/** whether the change is made although the answer says otherwise */
	applied?: boolean;
	gzip?: boolean;
}

export interface PlainAnswer {
	status: number;
	body: string;
}

/** Whether a fault stands in for the normal answer, rather than slowing or dressing it. */
export const replacesAnswer = ({ status, body, cut }: Fault) =>
	status !== undefined || body !== undefined || cut !== undefined;

/** Sends an answer with a fault on it. */
export function sendWithFault(reply: FastifyReply, answer: PlainAnswer, fault: Fault): void {
	const { socket } = reply.raw;
	if (fault.cut === true) {
		reply.hijack();
		socket?.destroy();
		return;
	}
	const body = Buffer.from(fault.body ?? answer.body);
	const payload = fault.gzip ? gzipSync(body) : body;
	void reply.code(fault.status ?? answer.status).headers({
		...(fault.body === undefined && { 'content-type': 'application/json; charset=utf-8' }),
		...(fault.gzip && { 'content-encoding': 'gzip' }),
		...fault.headers,
	});
	if (fault.cut === 'midBody') {
		const headers = reply.getHeaders() as Record<string, string>;
		reply.hijack();
		reply.raw.writeHead(reply.statusCode, { ...headers, 'content-length': payload.length });
		reply.raw.write(payload.subarray(0, Math.floor(payload.length / 2)), () => socket?.destroy());
		return;
	}
	void reply.send(payload);
}

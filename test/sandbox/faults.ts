import { gzipSync } from 'node:zlib';

import type { FastifyReply } from 'fastify';

import type { PlainAnswer } from './answers';

/** The status that says that an answer has no body. */
const NO_CONTENT = 204;

/** What happens to a request instead of, or beside, the normal response. */
export interface Fault {
	/** without a body of its own, the answer is empty */
	status?: number;
	headers?: Record<string, string>;
	/** sent as it is, and as JSON unless the headers say otherwise */
	body?: string;
	delayMs?: number;
	/** the connection is destroyed: without an answer, or after half of its body where it has one */
	cut?: true | 'midBody';
	/** a blank is sent so often, and the answer never */
	trickleMs?: number;
	/** whether the change is made although the answer says otherwise */
	applied?: boolean;
	gzip?: boolean;
}

/** Whether a fault stands in for the normal answer, rather than slowing or dressing it. */
export const replacesAnswer = ({ status, body, cut, trickleMs }: Fault) =>
	status !== undefined || body !== undefined || cut !== undefined || trickleMs !== undefined;

/** Sends an answer with a fault on it. */
export function sendWithFault(reply: FastifyReply, answer: PlainAnswer, fault: Fault): void {
	// A refusal never holds the members that the normal answer would have held.
	const isOther = fault.status !== undefined && fault.status !== answer.status;
	const body = Buffer.from(fault.body ?? (isOther ? '' : answer.body));
	const status = fault.status ?? (fault.body === undefined ? answer.status : withBody(answer));
	const gzip = fault.gzip === true && status !== NO_CONTENT;
	const payload = gzip ? gzipSync(body) : body;
	if (fault.trickleMs !== undefined) {
		trickle(reply, fault.trickleMs);
		return;
	}
	// A head that promises nothing would be a whole answer.
	if (fault.cut === true || (fault.cut === 'midBody' && payload.length === 0)) {
		cut(reply);
		return;
	}
	void reply.code(status).headers({
		'content-type': 'application/json; charset=utf-8',
		...(gzip && { 'content-encoding': 'gzip' }),
		...fault.headers,
	});
	if (fault.cut === 'midBody') sendHalf(reply, payload);
	else void reply.send(payload);
}

/** A success that has no body becomes one that has. */
const withBody = ({ status }: PlainAnswer) => (status === NO_CONTENT ? 200 : status);

/** Ends the connection without a response. */
export function cut(reply: FastifyReply): void {
	reply.hijack();
	reply.raw.destroy();
}

/** Sends a head and blanks, until the client has had enough. */
function trickle(reply: FastifyReply, everyMs: number): void {
	reply.hijack();
	reply.raw.writeHead(200, { 'content-type': 'application/json' });
	const timer = setInterval(() => reply.raw.write(' '), everyMs);
	reply.raw.on('close', () => {
		clearInterval(timer);
	});
}

/** The head promises the whole, so that no client can take the half for an answer. */
function sendHalf(reply: FastifyReply, payload: Buffer): void {
	reply.hijack();
	for (const [name, value] of Object.entries(reply.getHeaders())) {
		if (value !== undefined) reply.raw.setHeader(name, value);
	}
	reply.raw.setHeader('content-length', payload.length).writeHead(reply.statusCode);
	// Destroyed only once the half is out, or it would be lost with the rest.
	reply.raw.write(payload.subarray(0, Math.floor(payload.length / 2)), () => reply.raw.destroy());
}

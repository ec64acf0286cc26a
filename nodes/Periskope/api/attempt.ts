import { z } from 'zod';

import { inOneLine } from '../text';
import { withoutApiKey } from './authorization';

/** What one attempt to send a request ended in. */
export type AttemptResult = HttpResponse | NetworkError;

export interface HttpResponse {
	kind: 'response';
	status: number;
	/** by lower-case name */
	headers: Record<string, string | string[] | undefined>;
	/** parsed where it was JSON, else its text */
	body: unknown;
}

export interface NetworkError {
	kind: 'networkError';
	/** of Node.js, axios or n8n, such as ECONNRESET; else the name of the error */
	code: string;
	/** what the system was doing, such as connect or read, where the error says so */
	syscall?: string;
	/** whether the request may have left: the connection was made, with TLS where it has to be */
	wasSent: boolean;
	/** the error's own words, in one line */
	message: string;
}

export function header({ headers }: HttpResponse, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

const responseSchema = z.object({
	statusCode: z.number(),
	headers: z.record(
		z.string(),
		z
			.union([z.string(), z.array(z.string())])
			.optional()
			.catch(undefined),
	),
	// zod 4 asks for the key, which an empty body may lack.
	body: z.unknown().optional(),
});

const MAX_DEPTH = 100;

/** Nested so deeply that n8n, which copies items recursively, would fail. */
function isTooDeep(body: unknown): boolean {
	let level: unknown[] = [body];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > MAX_DEPTH) return true;
		const next: unknown[] = [];
		for (const value of level) {
			if (typeof value !== 'object' || value === null) continue;
			for (const entry of Array.isArray(value) ? value : Object.values(value)) {
				if (typeof entry === 'object' && entry !== null) next.push(entry);
			}
		}
		level = next;
	}
	return false;
}

/** What n8n's HTTP helpers return for a whole response, without the API key should it be echoed. */
export function resultFromResponse(response: unknown, apiKey: string): HttpResponse {
	const { statusCode, headers, body: sent } = responseSchema.parse(response);
	const body = isTooDeep(sent) ? null : sent;
	return {
		kind: 'response',
		status: statusCode,
		headers: withoutApiKey(headers, apiKey),
		body: withoutApiKey(body, apiKey),
	};
}

/**
 * What is known of an error that n8n's HTTP helpers throw, without the error itself: it holds the
 * request with the key in it. It may come from another copy of n8n-workflow, so its class says
 * nothing; and n8n puts the status of a response that was cut off in place of the network's code.
 */
export function resultFromError(error: unknown, apiKey: string): NetworkError {
	const chain = causesOf(error);
	const codes = chain
		.flatMap((cause) => [textOf(cause, 'httpCode'), textOf(cause, 'code')])
		.flatMap((code) => inOneLine([withoutApiKey(code ?? '', apiKey)]) || []);
	const [syscall] = chain.flatMap((cause) => textOf(cause, 'syscall') ?? syscallIn(cause) ?? []);
	const found = codes.find((code) => !STATUS.test(code));
	const message = chain.flatMap((cause) => textOf(cause, 'message') ?? []).at(-1) ?? '';
	return {
		kind: 'networkError',
		// A status alone means that its response was cut off.
		code: found ?? (codes.length > 0 ? 'ERR_BAD_RESPONSE' : nameOf(error, apiKey)),
		...(syscall !== undefined && { syscall }),
		wasSent: mayHaveLeft(chain, codes.length > 0),
		message: inOneLine([withoutApiKey(message, apiKey)]),
	};
}

/** Timeout of a whole attempt. n8n's helpers restart theirs with each byte. */
export const TIMED_OUT: NetworkError = {
	kind: 'networkError',
	code: 'ECONNABORTED',
	wasSent: true,
	message: '',
};

const STATUS = /^\d+$/;
const MAX_CAUSES = 6;

/** The error, its cause and so on; of an error that stands for several, the first one. */
function causesOf(error: unknown): object[] {
	const chain: object[] = [];
	let next = error;
	while (typeof next === 'object' && next !== null && chain.length < MAX_CAUSES) {
		chain.push(next);
		const several: unknown = Reflect.get(next, 'errors');
		next = Reflect.get(next, 'cause') ?? (Array.isArray(several) ? several[0] : undefined);
	}
	return chain;
}

function textOf(error: object, name: string): string | undefined {
	const value: unknown = Reflect.get(error, name);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Older n8n keeps only the message of the network's error, such as `read EHOSTUNREACH`. */
function syscallIn(error: object): string | undefined {
	const messages: unknown = Reflect.get(error, 'messages');
	const texts: unknown[] = [textOf(error, 'message'), ...(Array.isArray(messages) ? messages : [])];
	return texts
		.map((text) =>
			typeof text === 'string' ? /^([a-z]+) E[A-Z\d_]+\b/.exec(text)?.[1] : undefined,
		)
		.find((syscall) => syscall !== undefined);
}

/**
 * A socket that is still connecting, or shaking hands, has carried no request. Some releases of n8n
 * keep the request from the error: then whatever has a code, or the status of a response, may have left, and only
 * an error without one, thrown before anything was sent, has not.
 */
function mayHaveLeft(chain: readonly object[], hasCode: boolean): boolean {
	const requests = chain
		.map((cause) => objectIn(cause, 'request'))
		.filter((request) => request !== undefined);
	if (requests.length === 0) return hasCode;
	return requests.some((request) => {
		const socket = objectIn(request, 'socket');
		return (
			!socket ||
			!['connecting', 'secureConnecting'].some((name) => Reflect.get(socket, name) === true)
		);
	});
}

function objectIn(holder: object, name: string): object | undefined {
	const value: unknown = Reflect.get(holder, name);
	return typeof value === 'object' && value !== null ? value : undefined;
}

function nameOf(error: unknown, apiKey: string): string {
	const name = error instanceof Error ? inOneLine([withoutApiKey(error.name, apiKey)]) : '';
	return name === '' || STATUS.test(name) ? 'UNKNOWN' : name;
}

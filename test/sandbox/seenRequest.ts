import type { FastifyRequest } from 'fastify';

import { NO_SUCH_CALL, type Contract, type Verdict } from './contract';

export const BASE_PATH = '/v1';

export interface SeenRequest {
	/** over all requests, from 0 */
	index: number;
	method: string;
	/** below /v1, as it was sent: still encoded; the whole path where it is not below it */
	path: string;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
	rawBody: string;
	/** milliseconds, by the clock of `performance.now()` */
	startedAt: number;
	/** none while no answer has left, or when the connection was cut before one */
	status?: number;
	/** what the OpenAPI document has against it */
	violation?: string;
}

export interface Arrival {
	seen: SeenRequest;
	verdict: Verdict;
}

/** What is noted down of a request, and what the contract says to it. */
export function arrivalFrom(
	{ method, originalUrl: url, headers, body }: FastifyRequest,
	index: number,
	startedAt: number,
	contract: Contract,
): Arrival {
	const rawBody = typeof body === 'string' ? body : '';
	const isBelow = url.startsWith(`${BASE_PATH}/`);
	const path = isBelow ? url.slice(BASE_PATH.length) : url;
	const verdict: Verdict = isBelow
		? contract.check({ method, path, headers, rawBody })
		: NO_SUCH_CALL;
	const complaint = complaintAbout(verdict);
	const seen: SeenRequest = {
		index,
		method,
		path,
		headers,
		body: parsed(rawBody),
		rawBody,
		startedAt,
		...(complaint !== undefined && { violation: `${method} ${path}: ${complaint}` }),
	};
	return { seen, verdict };
}

function complaintAbout({ operation, problems }: Verdict): string | undefined {
	if (operation === undefined) return 'the document knows no such call';
	return problems.length === 0 ? undefined : problems.map(({ message }) => message).join('; ');
}

/** @returns undefined for no body, its text where it is not JSON */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text === '' ? undefined : text;
	}
}

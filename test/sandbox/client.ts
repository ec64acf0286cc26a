import type { Sandbox } from './server';

export type Address = Pick<Sandbox, 'baseUrl' | 'apiKey'>;

export interface Received {
	status: number;
	headers: Headers;
	text: string;
	/** parsed from the text, when it is asked for */
	json: () => unknown;
}

export interface Sent {
	/** text is sent as it is */
	body?: unknown;
	headers?: Record<string, string>;
	signal?: AbortSignal;
}

/** One plain call, as any HTTP client would make it. */
export async function call(
	{ baseUrl, apiKey }: Address,
	method: string,
	path: string,
	{ body, headers, signal }: Sent = {},
): Promise<Received> {
	const response = await fetch(`${baseUrl}${path}`, {
		method,
		headers: {
			authorization: `Bearer ${apiKey}`,
			...(body !== undefined && { 'content-type': 'application/json' }),
			...headers,
		},
		...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		...(signal && { signal }),
	});
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		text,
		json: () => JSON.parse(text) as unknown,
	};
}

export const update = (sandbox: Address, body: unknown, more: Sent = {}) =>
	call(sandbox, 'PATCH', '/members/access', { ...more, body });

export const invite = (sandbox: Address, body: unknown, more: Sent = {}) =>
	call(sandbox, 'POST', '/members/invite', { ...more, body });

/** @param email as it is; encoded here */
export const remove = (sandbox: Address, email: string, more: Sent = {}) =>
	call(sandbox, 'DELETE', `/members/${encodeURIComponent(email)}`, more);

export const phones = (sandbox: Address, more: Sent = {}) =>
	call(sandbox, 'GET', '/phones/all', more);

import { z } from 'zod';

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
	/** of Node.js, axios or n8n, such as ECONNRESET; UNKNOWN where there was none */
	code: string;
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

/** What n8n's HTTP helpers return for a whole response, without the API key should it be echoed. */
export function resultFromResponse(response: unknown, apiKey: string): HttpResponse {
	const { statusCode, headers, body } = responseSchema.parse(response);
	return {
		kind: 'response',
		status: statusCode,
		headers: withoutApiKey(headers, apiKey),
		body: withoutApiKey(body, apiKey),
	};
}

const errorSchema = z.object({ httpCode: code(), code: code() });

/**
 * The code alone of an error that n8n's HTTP helpers throw. The error itself holds the request
 * with the key in it; and it may come from another copy of n8n-workflow, so its class says nothing.
 */
export function resultFromError(error: unknown): NetworkError {
	const known = errorSchema.safeParse(error);
	const found = known.success ? (known.data.httpCode ?? known.data.code) : undefined;
	return { kind: 'networkError', code: found ?? 'UNKNOWN' };
}

function code() {
	return z.string().min(1).optional().catch(undefined);
}

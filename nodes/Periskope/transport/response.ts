import { z } from 'zod';

import type { Exchange } from './exchange';
import { withoutApiKey } from './apiKey';

const responseSchema = z.object({
	statusCode: z.number(),
	headers: z.record(
		z.string(),
		z
			.union([z.string(), z.array(z.string())])
			.optional()
			.catch(undefined),
	),
	body: z.unknown(),
});

/** What n8n's HTTP helpers return for a whole response, without the API key should it be echoed. */
export function answerFrom(response: unknown, apiKey: string): Exchange {
	const { statusCode, headers, body } = responseSchema.parse(response);
	return {
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
export function faultFrom(error: unknown): Exchange {
	const known = errorSchema.safeParse(error);
	const fault = known.success ? (known.data.httpCode ?? known.data.code) : undefined;
	return { fault: fault ?? 'UNKNOWN' };
}

function code() {
	return z.string().min(1).optional().catch(undefined);
}

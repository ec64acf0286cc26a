import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';

export interface RateLimit {
	max: number;
	windowMs: number;
}

/**
 * Turns requests away beyond a limit.
 *
 * @param countFor names the count in use, so that another name starts a new one
 */
export async function limitRate(
	app: FastifyInstance,
	{ max, windowMs }: RateLimit,
	countFor: () => string,
): Promise<void> {
	await app.register(rateLimit, {
		max,
		timeWindow: windowMs,
		// After the request has been recorded: one that is rejected was sent too.
		hook: 'preHandler',
		keyGenerator: countFor,
		errorResponseBuilder: (_request, { after }) => ({
			statusCode: 429,
			code: 'RATE_LIMIT_EXCEEDED',
			message: `Too many requests; try again in ${after}`,
		}),
	});
}

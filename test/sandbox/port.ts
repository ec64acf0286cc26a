import { setTimeout as wait } from 'node:timers/promises';

import type { FastifyInstance } from 'fastify';

const LOOK_AGAIN_MS = 100;
/** Less than the five seconds that Jest gives a hook. */
const PATIENCE_MS = 4000;

/**
 * Listens on loopback. A fixed port is waited for: the vendor's client knows only 8080, and Jest
 * runs the files that need it side by side.
 *
 * @returns the origin, such as `http://127.0.0.1:8080`
 */
export async function listenPatiently(
	app: FastifyInstance,
	{ port = 0, portPatienceMs = PATIENCE_MS }: { port?: number; portPatienceMs?: number },
): Promise<string> {
	const until = performance.now() + portPatienceMs;
	for (;;) {
		try {
			return await app.listen({ port, host: '127.0.0.1' });
		} catch (error) {
			if (!isTaken(error) || performance.now() > until) throw error;
			await wait(LOOK_AGAIN_MS);
		}
	}
}

/** Jest runs tests in a realm of their own, where Node's errors are not instances of Error. */
export const isTaken = (error: unknown) =>
	typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';

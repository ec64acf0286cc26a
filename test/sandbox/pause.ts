import type { ServerResponse } from 'node:http';

/**
 * Waits before an answer. Ends with the connection too, since a timer that outlives its client
 * would hold the process open after the server has closed.
 */
export function pause(ms: number, response: ServerResponse): Promise<void> {
	if (ms <= 0) return Promise.resolve();
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			response.off('close', end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		response.once('close', end);
	});
}

import type { ServerResponse } from 'node:http';

/** Waits before answers, none of which outlives its client or the server. */
export class Pauses {
	private readonly ends = new Set<() => void>();

	wait(ms: number, response: ServerResponse): Promise<void> {
		if (ms <= 0) return Promise.resolve();
		return new Promise((resolve) => {
			const end = () => {
				clearTimeout(timer);
				this.ends.delete(end);
				response.off('close', end);
				resolve();
			};
			const timer = setTimeout(end, ms);
			this.ends.add(end);
			response.once('close', end);
		});
	}

	endAll(): void {
		for (const end of this.ends) end();
	}
}

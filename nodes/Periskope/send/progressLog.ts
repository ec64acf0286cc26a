import type { Clock } from './retryDelay';

const INTERVAL_MS = 5000;

/** How far a run is. */
export interface Progress {
	emails: number;
	emailsDone: number;
	/** attempts, retries among them */
	requestsSent: number;
	retries: number;
}

/** Logs every few seconds how far a long run is, so that a slow one isn't taken for a stuck one. */
export function progressLog(
	write: (line: string) => void,
	clock: Pick<Clock, 'now'>,
): (progress: Progress) => void {
	let next = clock.now() + INTERVAL_MS;
	return ({ emails, emailsDone, requestsSent, retries }) => {
		if (clock.now() < next) return;
		next = clock.now() + INTERVAL_MS;
		write(
			`Periskope: ${emailsDone} of ${emails} members done, ${requestsSent} requests sent, ${retries} of them retries`,
		);
	};
}

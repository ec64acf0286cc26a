import type { Clock } from './gate';
import type { Progress } from './sendRequests';

const EVERY_MS = 5000;

/** Says every few seconds how far a long run is, so that a slow one can be told from a dead one. */
export function progressLog(
	write: (line: string) => void,
	clock: Pick<Clock, 'now'>,
): (progress: Progress) => void {
	let next = clock.now() + EVERY_MS;
	return ({ emails, emailsDone, requestsSent, retries, waits }) => {
		if (clock.now() < next) return;
		next = clock.now() + EVERY_MS;
		write(
			`Periskope: ${emailsDone} of ${emails} members done, ${requestsSent} requests sent, ${retries} of them retries, ${waits} waits`,
		);
	};
}

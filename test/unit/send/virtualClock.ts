import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Clock } from '../../../nodes/Periskope/send/retryDelay';

/** Time that passes only when everything waits for it, so that tests of long waits end at once. */
export class VirtualClock implements Clock {
	private time = 1_700_000_000_000;
	private pauses: Array<{ until: number; end: () => void; isOver: () => boolean }> = [];

	now(): number {
		return this.time;
	}

	random(): number {
		return 0.5;
	}

	pause(ms: number, isOver: () => boolean = () => false): Promise<void> {
		return new Promise((end) => this.pauses.push({ until: this.time + ms, end, isOver }));
	}

	/** Lets time pass until the work is done. */
	async run<Result>(work: Promise<Result>): Promise<Result> {
		let isDone = false;
		const finished = work.finally(() => {
			isDone = true;
		});
		for (;;) {
			await nextTurn();
			if (isDone as boolean) return await finished;
			const over = this.pauses.filter(({ isOver }) => isOver());
			const due = over.length > 0 ? over : this.earliest();
			if (due.length === 0) throw new Error('Everything waits, and nothing will end it');
			this.pauses = this.pauses.filter((pause) => !due.includes(pause));
			if (over.length === 0) this.time = Math.max(this.time, due[0]?.until ?? 0);
			for (const { end } of due) end();
		}
	}

	private earliest() {
		const first = Math.min(...this.pauses.map(({ until }) => until));
		return this.pauses.filter(({ until }) => until === first);
	}
}

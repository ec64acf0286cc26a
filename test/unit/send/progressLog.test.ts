import { describe, expect, it } from '@jest/globals';

import { progressLog } from '../../../nodes/Periskope/send/progressLog';

describe('progressLog', () => {
	it('logs every five seconds how far the run is', () => {
		let now = 0;
		const lines: string[] = [];
		const log = progressLog((line) => lines.push(line), { now: () => now });
		for (now = 0; now <= 11_000; now += 100) {
			log({ emails: 10_000, emailsDone: now / 10, requestsSent: now / 100, retries: 3 });
		}
		expect(lines).toEqual([
			'Periskope: 500 of 10000 members done, 50 requests sent, 3 of them retries',
			'Periskope: 1000 of 10000 members done, 100 requests sent, 3 of them retries',
		]);
	});

	it('logs nothing of a run that is shorter', () => {
		let now = 60_000;
		const lines: string[] = [];
		const log = progressLog((line) => lines.push(line), { now: () => now });
		for (; now < 65_000; now += 100) {
			log({ emails: 10, emailsDone: 9, requestsSent: 9, retries: 0 });
		}
		expect(lines).toEqual([]);
	});

	it('waits five seconds after each line, however late that line was', () => {
		let now = 0;
		const lines: string[] = [];
		const log = progressLog((line) => lines.push(line), { now: () => now });
		for (now of [14_000, 15_000, 18_999, 19_000]) {
			log({ emails: 20, emailsDone: now / 1000, requestsSent: 1, retries: 0 });
		}
		expect(lines.map((line) => line.slice(0, 23))).toEqual([
			'Periskope: 14 of 20 mem',
			'Periskope: 19 of 20 mem',
		]);
	});
});

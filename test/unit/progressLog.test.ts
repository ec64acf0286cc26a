import { describe, expect, it } from '@jest/globals';

import { progressLog } from '../../nodes/Periskope/steps/3-send/progressLog';

describe('the log of a long run', () => {
	it('says every five seconds how far it is, and nothing of a short one', () => {
		let now = 0;
		const lines: string[] = [];
		const log = progressLog((line) => lines.push(line), { now: () => now });
		const progress = { emails: 10_000, emailsDone: 0, requestsSent: 0, retries: 0, waits: 0 };
		for (now = 0; now <= 11_000; now += 100) {
			log({ ...progress, emailsDone: now / 10, requestsSent: now / 100, retries: 3, waits: 2 });
		}
		expect(lines).toEqual([
			'Periskope: 500 of 10000 members done, 50 requests sent, 3 of them retries, 2 waits',
			'Periskope: 1000 of 10000 members done, 100 requests sent, 3 of them retries, 2 waits',
		]);
	});
});

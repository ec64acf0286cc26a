import { describe, expect, it } from '@jest/globals';

import { SEED_MEMBERS } from '../sandbox/seed';
import { sandboxed } from './sandboxed';

const FROM_SHEET = { emails: '={{ $json.email }}', labels: '={{ $json.labels }}' };
const CONTINUE = { settings: { onError: 'continueRegularOutput' as const } };
/** Every member with labels of its own, so that each is a request. */
const EACH = SEED_MEMBERS.map((email) => ({ email, labels: `Only ${email.split('@')[0] ?? ''}` }));

describe('sending over HTTP', () => {
	const test = sandboxed();

	it('updates every member despite broken connections, slow responses and 429s', async () => {
		test.sandbox.faults = [
			{ cut: true },
			{ status: 503 },
			{ status: 429, headers: { 'retry-after': '0.2' } },
			{ cut: 'midBody', applied: true },
			{ gzip: true },
			{ status: 500, applied: true },
		];
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { maxRetries: 10 } },
			EACH,
			CONTINUE,
		);
		expect(result.json().map(({ email }) => email)).toEqual(SEED_MEMBERS);
		for (const { email, labels } of EACH) {
			expect(test.sandbox.organization.accessOf(email)?.labels).toEqual([labels]);
		}
		const retries = test.sandbox.requests.length - EACH.length;
		expect(result.hints[0]?.message).toBe(
			`${EACH.length} members updated with ${test.sandbox.requests.length} requests, including ${retries} retries.`,
		);
	}, 30_000);

	it('ignores the late response of an attempt that timed out', async () => {
		test.sandbox.onRequest = ({ index }) => (index === 0 ? { delayMs: 600 } : undefined);
		const result = await test.engine.run({
			emails: SEED_MEMBERS[0] ?? '',
			labels: 'Sales',
			options: { timeout: 0.2 },
		});
		expect(result.json()).toMatchObject([{ email: SEED_MEMBERS[0] }]);
		expect(test.sandbox.requests).toHaveLength(2);
		expect(test.sandbox.requests[0]?.rawBody).toBe(test.sandbox.requests[1]?.rawBody);
	});

	it('ends every wait within 300 ms of a cancellation, and sends nothing more', async () => {
		test.sandbox.onRequest = () => ({ status: 429, headers: { 'retry-after': '60' } });
		let cancelledAt = 0;
		await test.engine.run(FROM_SHEET, EACH, {
			...CONTINUE,
			onStart: (execution) => {
				setTimeout(() => {
					cancelledAt = performance.now();
					execution.cancel();
				}, 700);
			},
		});
		expect(performance.now() - cancelledAt).toBeLessThan(300);
		const sent = test.sandbox.requests.length;
		expect(sent).toBeLessThanOrEqual(4);
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(test.sandbox.requests).toHaveLength(sent);
	});

	it('never fails good members with a bad one in their batch', async () => {
		test.sandbox.unknowns.unknownEmails = 'rejected';
		const rows = [...SEED_MEMBERS, 'typo@acme.example'].map((email) => ({
			email,
			labels: 'Sales',
		}));
		const result = await test.engine.run(FROM_SHEET, rows, CONTINUE);
		expect(
			result
				.json()
				.slice(0, -1)
				.map(({ email }) => email),
		).toEqual(SEED_MEMBERS);
		expect(result.json().at(-1)).toMatchObject({
			error: `Row ${rows.length}, typo@acme.example: Periskope rejected the request: typo@acme.example is not a member.`,
			details: { email: 'typo@acme.example', httpCode: '422' },
		});
		expect(test.sandbox.requests.length).toBeLessThanOrEqual(
			2 * Math.ceil(Math.log2(rows.length)) + 1,
		);
	});

	it('marks rows that were not sent as notSent', async () => {
		test.sandbox.onRequest = ({ index }) =>
			index === 0 ? { status: 401, body: '{"message":"Revoked"}' } : undefined;
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { concurrentRequests: 1 } },
			EACH.slice(0, 3),
			CONTINUE,
		);
		expect(
			result.json().map(({ error }) => (error as string).replace(/^Row \d+, [^:]+: /, '')),
		).toEqual([
			'Periskope rejected the API key: Revoked.',
			'Not sent: Periskope rejected the API key.',
			'Not sent: Periskope rejected the API key.',
		]);
		expect(test.sandbox.requests).toHaveLength(1);
	});

	it('ends the run after a web page with the status 404', async () => {
		const page = '<!DOCTYPE html><html><body><pre>Cannot PATCH /members/access</pre></body></html>';
		test.sandbox.onRequest = () => ({
			status: 404,
			body: page,
			headers: { 'content-type': 'text/html' },
		});
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { concurrentRequests: 1, batchSize: 2 } },
			EACH.slice(0, 4).map((row) => ({ ...row, labels: 'Sales' })),
			CONTINUE,
		);
		expect(
			result.json().map(({ error }) => (error as string).replace(/^Row \d+, [^:]+: /, '')),
		).toEqual([
			...Array<string>(2).fill("The Base URL isn't the Periskope API (HTTP status 404)."),
			...Array<string>(2).fill("Not sent: the Base URL isn't the Periskope API."),
		]);
		expect(result.json()[3]?.message).toContain('Check the Base URL in the credential.');
		expect(test.sandbox.requests).toHaveLength(1);
	});

	it('ends the run after one web page, whatever its status', async () => {
		test.sandbox.onRequest = () => ({
			status: 200,
			body: '<!DOCTYPE html><html><body>Log in to the guest network</body></html>',
			headers: { 'content-type': 'text/html' },
		});
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { concurrentRequests: 1, batchSize: 1 } },
			EACH.slice(0, 3),
			CONTINUE,
		);
		const [first, ...others] = result.json();
		expect(first?.message).toContain('may still have been applied');
		for (const { error } of others) expect(error).toContain("Not sent: the Base URL isn't");
		expect(test.sandbox.requests).toHaveLength(1);
	});

	it('ends the run after three unreadable responses in a row', async () => {
		test.sandbox.onRequest = () => ({ status: 200, body: '{"ok":true}' });
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { concurrentRequests: 1, batchSize: 1 } },
			EACH.slice(0, 5),
			CONTINUE,
		);
		const messages = result.json().map(({ message }) => message as string);
		expect(messages.map((text) => text.includes('may still have been applied'))).toEqual([
			...Array<boolean>(3).fill(true),
			...Array<boolean>(2).fill(false),
		]);
		expect(result.json()[4]?.error).toContain('Not sent: 3 requests in a row failed');
		expect(messages[4]).toContain('See the requests that failed.');
		expect(test.sandbox.requests).toHaveLength(3);
	});
});

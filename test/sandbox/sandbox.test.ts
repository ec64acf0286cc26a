import { describe, expect, it } from '@jest/globals';

import { call, invite, phones, remove, update } from './client';
import { withSandbox } from './withSandbox';

const ASHA = 'asha.rao@acme.example';
const ADMIN = 'arun.admin@acme.example';
const NEW = 'new.joiner@acme.example';
const PHONE = '918527184400';

describe('the server', () => {
	const test = withSandbox();

	it('lists phones of every state, one without a name and one without a number', async () => {
		const { json } = await phones(test.sandbox);
		expect(json()).toMatchObject([
			{ org_phone: '918527184400@c.us', wa_state: 'CONNECTED', is_ready: true },
			{ org_phone: '918527184401@c.us', wa_state: 'CONNECTED' },
			{ org_phone: '14155550123@c.us', wa_state: 'DISCONNECTED', is_ready: false },
			{ org_phone: '4915735983450@c.us', phone_name: null, wa_state: null },
			{ org_phone: null, phone_name: 'New phone' },
		]);
	});

	it.each([
		['a wrong key', { authorization: 'Bearer wrong' }],
		['an empty one', { authorization: '' }],
		['one without Bearer', { authorization: 'eyJhbGciOiJIUzI1NiIs' }],
	])('refuses %s', async (_, headers) => {
		const body = { emails: [ASHA], labels: ['VIP'] };
		const { status, json } = await update(test.sandbox, body, { headers });
		expect([status, json()]).toEqual([
			401,
			{ code: 'UNAUTHORIZED_ERROR', message: 'Invalid API key.' },
		]);
		expect(test.sandbox.organization.accessOf(ASHA)?.labels).toEqual([]);
	});

	it('names organization and trace on every answer, each trace being new', async () => {
		const answers = [
			await phones(test.sandbox),
			await phones(test.sandbox, { headers: { authorization: 'x' } }),
			await update(test.sandbox, {}),
			await call(test.sandbox, 'GET', '/nowhere'),
		];
		expect(answers.map(({ status }) => status)).toEqual([200, 401, 422, 404]);
		const traces = answers.map(({ headers }) => headers.get('x-periskope-trace-id'));
		expect(new Set(traces).size).toBe(4);
		expect(traces).not.toContain(null);
		const org = test.sandbox.organization.member(ASHA)?.org_id;
		for (const { headers } of answers) expect(headers.get('x-periskope-org-id')).toBe(org);
	});

	it('answers 404 in JSON, and notes it down, for calls that it does not know', async () => {
		const { apiKey, baseUrl } = test.sandbox;
		const unknown = [
			await call(test.sandbox, 'GET', '/nowhere'),
			await call(test.sandbox, 'PATCH', '/members/access/'),
			await call(test.sandbox, 'OPTIONS', '/phones/all'),
			await call({ apiKey, baseUrl: baseUrl.replace('/v1', '') }, 'GET', '/phones/all'),
			await call({ apiKey, baseUrl: baseUrl.replace('/v1', '/v2') }, 'GET', '/phones/all'),
		];
		for (const { status, json } of unknown) {
			expect([status, json()]).toMatchObject([404, { code: 'NOT_FOUND' }]);
		}
		expect(test.sandbox.violations).toHaveLength(5);
	});

	it('remembers each request with its bytes, and what it was answered', async () => {
		await phones(test.sandbox, { headers: { 'x-phone': PHONE } });
		const rawBody = `{ "emails": ["${ASHA}"],\n"labels": ["Ünï"] }`;
		await update(test.sandbox, rawBody);
		expect(test.sandbox.requests).toMatchObject([
			{ index: 0, method: 'GET', path: '/phones/all', headers: { 'x-phone': PHONE }, rawBody: '' },
			{ index: 1, method: 'PATCH', path: '/members/access', rawBody, status: 200 },
		]);
		expect(test.sandbox.requests[1]?.body).toEqual({ emails: [ASHA], labels: ['Ünï'] });
	});

	it('remembers an invitation and a removal too, with the path as it was sent', async () => {
		const rawBody = `{ "emails": ["${NEW}"],\n"role": "admin" }`;
		await invite(test.sandbox, rawBody, { headers: { 'x-phone': PHONE } });
		await remove(test.sandbox, NEW, { headers: { 'x-phone': PHONE } });
		const headers = { 'x-phone': PHONE };
		expect(test.sandbox.requests).toMatchObject([
			{ index: 0, method: 'POST', path: '/members/invite', headers, rawBody, status: 200 },
			{ index: 1, method: 'DELETE', path: '/members/new.joiner%40acme.example', headers },
		]);
		expect(test.sandbox.requests[0]?.body).toEqual({ emails: [NEW], role: 'admin' });
		expect(test.sandbox.requests[1]).toMatchObject({ rawBody: '', status: 200 });
		expect(test.sandbox.violations).toEqual([]);
	});

	it.each(['/members/%C3%28%40acme.example', '/members/50%off%40acme.example'])(
		'sees a path whose encoding is broken, and refuses it: %s',
		async (path) => {
			const { status, json } = await call(test.sandbox, 'DELETE', path);
			const message = 'path is not percent-encoded text';
			expect([status, json()]).toMatchObject([422, { fields: { path: { message } } }]);
			expect(test.sandbox.requests).toMatchObject([{ method: 'DELETE', path, status: 422 }]);
			expect(test.sandbox.violations).toEqual([`DELETE ${path}: ${message}`]);
		},
	);

	it('carries nothing out for a wrong key', async () => {
		const headers = { authorization: 'Bearer wrong' };
		const answers = [
			await invite(test.sandbox, { emails: [NEW] }, { headers }),
			await remove(test.sandbox, ASHA, { headers }),
		];
		expect(answers.map(({ status }) => status)).toEqual([401, 401]);
		const { organization } = test.sandbox;
		expect([organization.member(NEW), organization.mails]).toEqual([undefined, []]);
		expect(organization.member(ASHA)).toBeDefined();
	});

	it('is as new after a reset', async () => {
		const { sandbox } = test;
		sandbox.unknowns.admins = 'returned';
		await update(sandbox, { emails: [ASHA], labels: ['Brand New'] });
		await update(sandbox, {});
		sandbox.faults = [{ status: 500 }];
		sandbox.onRequest = () => ({ status: 500 });
		sandbox.organization.remove(ASHA);
		sandbox.reset();
		expect(sandbox).toMatchObject({ requests: [], violations: [], mostInFlight: 0 });
		expect(sandbox.organization.accessOf(ASHA)?.labels).toEqual([]);
		const { status, json } = await update(sandbox, { emails: [ASHA, ADMIN], orgPhones: [PHONE] });
		expect([status, json()]).toMatchObject([200, [{ email: ASHA, label_ids: [] }]]);
		expect(sandbox.requests[0]?.index).toBe(0);
	});

	it('counts the most requests that were under way at once', async () => {
		test.sandbox.onRequest = () => ({ delayMs: 50 });
		await Promise.all([1, 2, 3].map(() => phones(test.sandbox)));
		await phones(test.sandbox);
		expect(test.sandbox.mostInFlight).toBe(3);
	});
});

describe('a large organization', () => {
	const members = Array.from({ length: 10_000 }, (_, index) => `m${index}@big.example`);
	const test = withSandbox({ members });

	it('takes ten thousand emails in requests of a hundred, in far less than a second each', async () => {
		for (let from = 0; from < members.length; from += 100) {
			const emails = members.slice(from, from + 100);
			const { json } = await update(test.sandbox, { emails, labels: ['VIP'] });
			expect(json()).toHaveLength(100);
		}
		expect(test.sandbox.violations).toEqual([]);
		const [first, last] = [test.sandbox.requests[0], test.sandbox.requests.at(-1)];
		expect((last?.startedAt ?? Infinity) - (first?.startedAt ?? 0)).toBeLessThan(5000);
	}, 30_000);

	it('takes a body of more than a megabyte', async () => {
		const labels = Array.from({ length: 12_000 }, (_, index) => `${'x'.repeat(90)}${index}`);
		const { status } = await update(test.sandbox, { emails: [ASHA], labels });
		expect(test.sandbox.requests[0]?.rawBody.length).toBeGreaterThan(1_048_576);
		expect(status).toBe(200);
	}, 30_000);
});

describe('a rate limit', () => {
	const test = withSandbox({ rateLimit: { max: 2, windowMs: 60_000 } });

	it('counts down in the headers, and then turns requests away with the seconds to wait', async () => {
		const answers = [];
		for (let time = 0; time < 3; time++) answers.push(await phones(test.sandbox));
		expect(
			answers.map(({ status, headers }) => [
				status,
				headers.get('x-ratelimit-limit'),
				headers.get('x-ratelimit-remaining'),
				Number(headers.get('x-ratelimit-reset')) > 0,
				headers.get('retry-after') !== null,
			]),
		).toEqual([
			[200, '2', '1', true, false],
			[200, '2', '0', true, false],
			[429, '2', '0', true, true],
		]);
		expect(answers[2]?.json()).toEqual({
			code: 'RATE_LIMIT_EXCEEDED',
			message: expect.stringContaining('Too many requests') as unknown,
		});
		expect(answers[2]?.headers.get('x-periskope-trace-id')).not.toBeNull();
	});

	it('records a request that it rejected, changes nothing for it, and uses up no fault', async () => {
		const body = { emails: [ASHA], labels: ['VIP'] };
		await phones(test.sandbox);
		await phones(test.sandbox);
		test.sandbox.faults = [{ status: 500 }];
		expect((await update(test.sandbox, body)).status).toBe(429);
		expect(test.sandbox.requests[2]).toMatchObject({ status: 429, body });
		expect(test.sandbox.organization.accessOf(ASHA)?.labels).toEqual([]);
		expect(test.sandbox.faults).toHaveLength(1);
		expect((await invite(test.sandbox, { emails: [NEW] })).status).toBe(429);
		expect((await remove(test.sandbox, ASHA)).status).toBe(429);
		expect(test.sandbox.organization.mails).toEqual([]);
		expect(test.sandbox.organization.member(ASHA)).toBeDefined();
	});

	it('starts anew after a reset', async () => {
		await phones(test.sandbox);
		await phones(test.sandbox);
		test.sandbox.reset();
		expect((await phones(test.sandbox)).headers.get('x-ratelimit-remaining')).toBe('1');
	});
});

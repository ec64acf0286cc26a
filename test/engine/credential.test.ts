import { describe, expect, it } from '@jest/globals';
import { CredentialTestContext } from 'n8n-core';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { startSandbox } from '../sandbox/server';
import { Periskope, PeriskopeApi } from './built';
import { Engine } from './engine';
import { sandboxed } from './sandboxed';

const ASHA = 'asha.rao@acme.example';
const UPDATE = { emails: ASHA, labels: 'Sales' };
const NO_PLAN = {
	code: 'UNAUTHORIZED_ERROR',
	message: 'APIs available only for active pro and enterprise plans.',
};
const PAGE = {
	status: 200,
	body: '<!doctype html><title>Hello</title>',
	headers: { 'content-type': 'text/html' },
};

describe('the credential test', () => {
	const test = sandboxed();
	const check = (data: Record<string, string>) =>
		new Periskope().methods.credentialTest.periskopeApiTest.call(new CredentialTestContext(), {
			id: '1',
			name: 'Periskope',
			type: 'periskopeApi',
			data: { ...test.sandbox.credential, ...data },
		});

	it('succeeds by listing the phones', async () => {
		expect(await check({})).toEqual({ status: 'OK', message: 'Connection successful' });
		expect(test.sandbox.requests).toMatchObject([{ method: 'GET', path: '/phones/all' }]);
	});

	it("fails with Periskope's own words on a 401", async () => {
		test.sandbox.faults = [{ status: 401, body: JSON.stringify(NO_PLAN) }];
		expect(await check({})).toMatchObject({
			status: 'Error',
			message: expect.stringContaining(NO_PLAN.message) as unknown,
		});
		expect(await check({ apiKey: 'wrong-key' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('Invalid API key.') as unknown,
		});
	});

	it('does not follow a redirect, so that the key goes nowhere else', async () => {
		const other = await startSandbox();
		const location = `${other.baseUrl}/phones/all`;
		test.sandbox.faults = [{ status: 302, body: '', headers: { location } }];
		const result = await check({});
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('redirects to another address') as unknown,
		});
		expect(other.requests).toEqual([]);
		await other.close();
	});

	it('shows the key nowhere, though the server echoes it', async () => {
		const { apiKey } = test.sandbox;
		const message = `The key ${apiKey} has expired`;
		test.sandbox.faults = [{ status: 401, body: JSON.stringify({ message }) }];
		const result = await check({});
		expect(result.message).toContain('The key [API key] has expired');
		expect(JSON.stringify(result)).not.toContain(apiKey);
	});

	it('fails on a wrong host', async () => {
		const gone = await startSandbox();
		await gone.close();
		expect(await check({ baseUrl: gone.baseUrl })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('No server responds') as unknown,
		});
	});

	it('fails on a page that answers 200 with HTML, and on any other answer that is no list of phones', async () => {
		test.sandbox.faults = [PAGE, { status: 200, body: '{}' }, { status: 200, body: '' }];
		for (let time = 0; time < 3; time++) {
			expect(await check({})).toMatchObject({
				status: 'Error',
				message: expect.stringContaining("isn't the Periskope API") as unknown,
			});
		}
	});

	it('succeeds in an organization without phones', async () => {
		test.sandbox.faults = [{ status: 200, body: '[]' }];
		expect(await check({})).toMatchObject({ status: 'OK' });
	});

	it('refuses to send the key unencrypted to another machine', async () => {
		expect(await check({ baseUrl: 'http://api.periskope.app/v1' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining("doesn't start with https://") as unknown,
		});
	});
});

describe('the phone dropdown', () => {
	const test = sandboxed();

	it.each([
		'={{ $env.SECRET }}',
		'=918527184400@c.us',
		'123456@c.us',
		'1234567890123456@c.us',
		'918527184400@g.us',
		'phone-abc',
	])('does not offer what is no number: %s', async (orgPhone) => {
		const phones = [
			{ org_phone: orgPhone, phone_name: 'Bad', wa_state: null },
			{ org_phone: '918527184400@c.us', phone_name: 'Good', wa_state: 'CONNECTED' },
		];
		test.sandbox.faults = [{ body: JSON.stringify(phones) }];
		expect(await test.engine.loadOptions('getOrgPhones')).toEqual([
			{ name: 'Good (+918527184400, connected)', value: '918527184400' },
		]);
	});

	it('shows names in one short line, with nothing hidden and no markup in it', async () => {
		const phones = [
			{
				org_phone: '918527184400@c.us',
				phone_name: `A\u202eB\n<img src=x>${'x'.repeat(200)}`,
				wa_state: '<b>ON</b>',
			},
		];
		test.sandbox.faults = [{ body: JSON.stringify(phones) }];
		const [option] = await test.engine.loadOptions('getOrgPhones');
		expect(option?.name).toMatch(/^A B ‹img src=x›x+… \(\+918527184400, ‹b›on‹\/b›\)$/);
		expect(option?.name.length).toBeLessThan(110);
	});

	it('shows name, number and state, and leaves out a phone without a number', async () => {
		expect(await test.engine.loadOptions('getOrgPhones')).toEqual([
			{ name: '+4915735983450 (state unknown)', value: '4915735983450' },
			{ name: 'Sales (+918527184401, connected)', value: '918527184401' },
			{ name: 'Support (+918527184400, connected)', value: '918527184400' },
			{ name: 'US Desk (+14155550123, disconnected)', value: '14155550123' },
		]);
	});

	it.each([
		[
			'no phone has a number',
			{ status: 200, body: '[{"org_phone":null}]' },
			'no phone with a number yet',
		],
		['there are no phones', { status: 200, body: '[]' }, 'no phone with a number yet'],
		['the key is refused', { status: 401, body: JSON.stringify(NO_PLAN) }, NO_PLAN.message],
		['a web page answers', PAGE, "isn't the Periskope API"],
		['the connection breaks', { cut: true as const }, 'broke'],
	])('says so when %s', async (_, fault, message) => {
		test.sandbox.faults = [fault];
		await expect(test.engine.loadOptions('getOrgPhones')).rejects.toThrow(message);
	});
});

describe('the key', () => {
	const test = sandboxed();
	const continued = { settings: { onError: 'continueRegularOutput' as const } };
	const sign = async (request: Partial<IHttpRequestOptions>) => {
		const { authenticate } = new PeriskopeApi();
		if (typeof authenticate !== 'function') throw new Error('n8n signs requests by itself now');
		const headers = { Accept: '*/*' };
		return await authenticate({ apiKey: 'a-key' }, { headers, ...request } as IHttpRequestOptions);
	};

	it.each([
		['typographic quotes', '“KEY”'],
		['straight quotes', '"KEY"'],
		['quotes around Bearer', '"Bearer KEY"'],
		['an ellipsis', 'KEY…'],
		['a line separator', '\u2028KEY\u2028'],
		['a delete character', 'KEY\u007f'],
		['a line break inside', 'KE\r\nY'],
		['a zero-width blank inside', 'KE\u200bY'],
	])('is sent and redacted as the same text where it is stored with %s', async (_, stored) => {
		const { apiKey } = test.sandbox;
		const half = Math.floor(apiKey.length / 2);
		const [start, rest] = [apiKey.slice(0, half), apiKey.slice(half)];
		const written = stored.split(/(KE|Y)/).map((part) => ({ KE: start, Y: rest })[part] ?? part);
		const engine = new Engine({ ...test.sandbox.credential, apiKey: written.join('') });
		expect((await engine.run(UPDATE)).json()).toMatchObject([{ email: ASHA }]);
		test.sandbox.faults = [{ status: 422, body: JSON.stringify({ message: `Not ${apiKey}` }) }];
		const echoed = await engine.run(UPDATE, [{}], continued);
		expect(echoed.json()[0]?.error).toContain('Not [API key]');
		expect(JSON.stringify(echoed.run)).not.toContain(apiKey);
	});

	it('is not sent where it is empty', async () => {
		for (const apiKey of ['', ' ', '“”', '\u200b']) {
			const engine = new Engine({ ...test.sandbox.credential, apiKey });
			expect((await engine.run(UPDATE, [{}], continued)).json()).toMatchObject([
				{ error: `Row 1, ${ASHA}: The API key of the Periskope credential is empty.` },
			]);
		}
		expect(test.sandbox.requests).toEqual([]);
	});

	it('is sent as pasted, without blanks or hidden characters around it or the word Bearer', async () => {
		const engine = new Engine({
			...test.sandbox.credential,
			apiKey: `\u200b Bearer ${test.sandbox.apiKey}\u202c\n`,
			phone: '\u202a918527184400\u202c',
		});
		expect((await engine.run(UPDATE)).json()).toMatchObject([{ email: ASHA }]);
		expect(test.sandbox.requests[0]?.headers['x-phone']).toBe('918527184400');
	});

	it('takes the phone along only when it is filled in', async () => {
		await new Engine({ ...test.sandbox.credential, phone: ' 918527184400 ' }).run(UPDATE);
		await new Engine({ ...test.sandbox.credential, phone: '  ' }).run(UPDATE);
		expect(test.sandbox.requests.map(({ headers }) => headers['x-phone'])).toEqual([
			'918527184400',
			undefined,
		]);
	});

	it('never goes to a base URL without https, and the rows say so', async () => {
		const engine = new Engine({ ...test.sandbox.credential, baseUrl: 'http://example.com/v1' });
		expect((await engine.run(UPDATE)).error?.message).toContain("doesn't start with https://");
		expect((await engine.run(UPDATE, [{}], continued)).json()[0]?.error).toMatch(
			/doesn't start with https:\/\/.* sent unencrypted\.$/,
		);
	});

	it.each<[string, Partial<IHttpRequestOptions> & { uri?: string }]>([
		['an address with a query', { url: 'https://api.periskope.app/v1/chats?limit=5' }],
		[
			'the name that the HTTP Request node has for it',
			{ uri: 'https://api.periskope.app/v1/chats' },
		],
		['a path below a base', { baseURL: 'https://api.periskope.app/v1', url: '/chats' }],
		['this machine', { url: 'http://127.0.0.1:8080/v1' }],
	])('signs a request of another node to %s', async (_, request) => {
		const signed = await sign(request);
		expect(signed.headers).toEqual({ Accept: '*/*', Authorization: 'Bearer a-key' });
	});

	it.each<[string, Partial<IHttpRequestOptions> & { uri?: string }]>([
		['an address without https', { url: 'http://api.periskope.app/v1' }],
		['the same by its other name', { uri: 'http://api.periskope.app/v1' }],
		['a base without https', { baseURL: 'http://api.periskope.app/v1', url: '/chats' }],
		[
			'an address without https that its base does not touch',
			{ baseURL: 'https://api.periskope.app/v1', url: 'http://example.com/' },
		],
		['an address that is none', { url: '/chats' }],
		['no address', {}],
	])('signs no request of another node to %s', async (_, request) => {
		await expect(sign(request)).rejects.toThrow("The address doesn't start with https://");
	});

	it('works with a slash at the end of the base URL', async () => {
		const engine = new Engine({ ...test.sandbox.credential, baseUrl: `${test.sandbox.baseUrl}/` });
		expect((await engine.run(UPDATE)).json()).toMatchObject([{ email: ASHA }]);
	});

	it('is sent once when Periskope rejects it', async () => {
		const engine = new Engine({ ...test.sandbox.credential, apiKey: 'not-the-right-key' });
		const { error } = await engine.run(UPDATE);
		expect(error?.message).toBe('Periskope rejected the API key: Invalid API key.');
		expect(test.sandbox.requests).toHaveLength(1);
	});

	it('does not follow a redirect', async () => {
		test.sandbox.faults = [{ status: 302, body: '', headers: { location: '/v1/phones/all' } }];
		const result = await test.engine.run(UPDATE, [{}], continued);
		expect(result.json()[0]?.error).toContain('redirects to another address');
		expect(test.sandbox.requests).toHaveLength(1);
	});

	it('is taken out of every answer that echoes it', async () => {
		const { apiKey } = test.sandbox;
		test.sandbox.faults = [
			{
				status: 400,
				body: JSON.stringify({
					message: `Bad token ${apiKey}`,
					fields: { [apiKey]: { message: apiKey } },
				}),
			},
		];
		const { run, json } = await test.engine.run(UPDATE, [{}], continued);
		expect(json()[0]?.error).toContain('Bad token [API key]');
		expect(JSON.stringify(run)).not.toContain(apiKey);
	});
});

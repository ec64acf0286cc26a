import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PeriskopeApi } from '@periskope/periskope-client';

import { startSandbox, type Sandbox, type SeenRequest } from '../sandbox/server';
import { Engine } from './engine';

const ASHA = 'asha.rao@acme.example';
const BEN = 'ben.okafor@acme.example';
const PHONE = '918527184400';
/** Where the vendor's client goes with `env: 'local'`; another file's sandbox may be there before. */
const LOCAL = { port: 8080, portPatienceMs: 60_000 };

describe("compared with the vendor's own client", () => {
	let sandbox: Sandbox;
	let client: PeriskopeApi;

	beforeAll(async () => {
		sandbox = await startSandbox(LOCAL);
		client = new PeriskopeApi({ authToken: sandbox.apiKey, phone: PHONE, env: 'local' });
	}, 70_000);
	beforeEach(() => {
		sandbox.reset();
	});
	afterAll(async () => {
		client.disconnect();
		await sandbox.close();
	});

	// The client's types want both fields; its own page says that one is enough.
	type Access = { labels: string[] | null; orgPhones: string[] | null };
	const update = (by: PeriskopeApi, emails: string[], access: Partial<Access>) =>
		by.member.updateAccess({ emails, ...access } as Access & { emails: string[] });

	const comparable = ({ method, path, headers, rawBody, violation }: SeenRequest) => ({
		method,
		path,
		rawBody,
		violation,
		authorization: headers.authorization,
		phone: headers['x-phone'],
		type: String(headers['content-type']).split(';')[0],
	});

	it.each([
		[
			'labels and org phones',
			{ labels: ['Sales', 'VIP'], orgPhones: [PHONE] },
			{ labels: 'Sales, VIP', orgPhonesMode: 'set', orgPhones: `+${PHONE}` },
		],
		['labels alone', { labels: ['Sales'] }, { labels: 'Sales' }],
		[
			'org phones alone',
			{ orgPhones: [PHONE] },
			{ labelsMode: 'keep', orgPhonesMode: 'set', orgPhones: [PHONE] },
		],
		[
			'null for both',
			{ labels: null, orgPhones: null },
			{ labelsMode: 'clear', orgPhonesMode: 'clear' },
		],
	])('sends the same request and gets the same members: %s', async (_, access, parameters) => {
		const theirs = await update(client, [ASHA, BEN], access);
		const before = sandbox.requests.map(comparable);
		const members = structuredClone(theirs.data);
		sandbox.reset();
		const engine = new Engine({ ...sandbox.credential, phone: PHONE });
		const ours = await engine.run({ emails: `${ASHA}; ${BEN}`, ...parameters });
		expect(sandbox.changes.map(comparable)).toEqual(before);
		expect(before[0]?.violation).toBeUndefined();
		expect(ours.json()).toEqual(members);
		expect(members).toHaveLength(2);
	});

	it('sends the same invitation and gets the same members', async () => {
		const invitation = { emails: ['nina.new@acme.example'], labels: ['VIP'], orgPhones: null };
		await client.member.invite({ ...invitation, role: 'member' });
		const [theirs] = sandbox.requests.map(comparable);
		sandbox.reset();
		await new Engine({ ...sandbox.credential, phone: PHONE }).run({
			operation: 'invite',
			emails: 'nina.new@acme.example',
			labels: 'VIP',
			orgPhonesMode: 'all',
		});
		const [ours] = sandbox.requests.map(comparable);
		const bodyOf = (request = ours) => JSON.parse(request?.rawBody ?? '') as unknown;
		expect({ ...ours, rawBody: bodyOf(ours) }).toEqual({ ...theirs, rawBody: bodyOf(theirs) });
		expect(theirs?.violation).toBeUndefined();
	});

	it('deletes with the same request', async () => {
		await client.member.delete({ id: ASHA });
		const theirs = sandbox.requests.map(({ method, path }) => [method, path]);
		sandbox.reset();
		await new Engine({ ...sandbox.credential, phone: PHONE }).run({
			operation: 'delete',
			emails: ASHA,
		});
		expect(sandbox.requests.map(({ method, path }) => [method, path])).toEqual(theirs);
	});

	it('is refused with the same words', async () => {
		const stranger = new PeriskopeApi({ authToken: 'wrong-key-1234', phone: PHONE, env: 'local' });
		const theirs = await update(stranger, [ASHA], { labels: ['Sales'] });
		const ours = await new Engine({ ...sandbox.credential, apiKey: 'wrong-key-1234' }).run({
			emails: ASHA,
			labels: 'Sales',
		});
		stranger.disconnect();
		expect(theirs.error?.message).toContain('Invalid API key.');
		expect(ours.error?.message).toContain('Invalid API key.');
	});
});

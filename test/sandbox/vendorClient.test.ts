import { setTimeout as wait } from 'node:timers/promises';

import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	describe,
	expect,
	it,
	jest,
} from '@jest/globals';
import { PeriskopeApi } from '@periskope/periskope-client';

import { invite, remove } from './client';
import { startSandbox, type Sandbox } from './server';

const ASHA = 'asha.rao@acme.example';
const BEN = 'ben.okafor@acme.example';
const NEW = 'new.joiner@acme.example';
const SLASHED = 'a/b+c@acme.example';
const PHONE = '918527184400';
/** Where the vendor's client goes with `env: 'local'`; another file's sandbox may be there before. */
const LOCAL = { port: 8080, portPatienceMs: 60_000, members: [SLASHED] };

// The client's types want both fields; its own page says that one is enough.
type FullAccess = Parameters<PeriskopeApi['member']['updateAccess']>[0];
type Invitation = Parameters<PeriskopeApi['member']['invite']>[0];
type Access = Pick<FullAccess, 'emails'> & Partial<FullAccess>;

describe("the vendor's own client", () => {
	let sandbox: Sandbox;
	let client: PeriskopeApi;
	const clientWith = (authToken: string, phone = PHONE) =>
		new PeriskopeApi({ authToken, phone, env: 'local' });
	const update = (access: Access, by = client) => by.member.updateAccess(access as FullAccess);

	beforeAll(async () => {
		sandbox = await startSandbox(LOCAL);
		client = clientWith(sandbox.apiKey);
	}, 70_000);
	beforeEach(() => {
		sandbox.reset();
	});
	afterEach(() => {
		client.disconnect();
	});
	afterAll(async () => {
		await sandbox.close();
	});

	it("sends what the vendor's curl example sends, and the sandbox has nothing against it", async () => {
		await update({ emails: ['test@example.com'], labels: ['Sales'], orgPhones: ['918824248940'] });
		expect(sandbox.requests).toMatchObject([
			{
				method: 'PATCH',
				path: '/members/access',
				headers: {
					authorization: `Bearer ${sandbox.apiKey}`,
					'content-type': 'application/json',
					'x-phone': PHONE,
				},
				rawBody: '{"emails":["test@example.com"],"labels":["Sales"],"orgPhones":["918824248940"]}',
				status: 200,
			},
		]);
		expect(sandbox.violations).toEqual([]);
	});

	it.each<[string, Omit<Access, 'emails'>, object, object]>([
		[
			'labels and org phones',
			{ labels: ['Sales', 'VIP'], orgPhones: [PHONE] },
			{ org_phones: [`${PHONE}@c.us`] },
			{ labels: ['Sales', 'VIP'], orgPhones: [PHONE] },
		],
		[
			'null for both',
			{ labels: null, orgPhones: null },
			{ label_ids: null, org_phones: null },
			{ labels: null, orgPhones: null },
		],
		['labels alone', { labels: ['VIP'] }, { org_phones: [] }, { labels: ['VIP'], orgPhones: [] }],
		[
			'org phones alone',
			{ orgPhones: [PHONE] },
			{ label_ids: [], org_phones: [`${PHONE}@c.us`] },
			{ labels: [], orgPhones: [PHONE] },
		],
	])('gets the members that it changed: %s', async (_, access, row, named) => {
		const { data, error, status } = await update({ emails: [ASHA, BEN], ...access });
		expect({ error, status }).toEqual({ error: null, status: 200 });
		expect(data).toMatchObject([
			{ email: ASHA, role: 'member', is_active: true, ...row },
			{ email: BEN, ...row },
		]);
		expect(sandbox.organization.accessOf(ASHA)).toEqual(named);
		expect(sandbox.violations).toEqual([]);
	});

	it('sends an invitation as a plain client would, and reads who was added and who was not', async () => {
		const body: Invitation = {
			emails: [NEW, ASHA],
			role: 'member',
			labels: ['VIP'],
			orgPhones: null,
		};
		const { data, error, status } = await client.member.invite(body);
		expect({ error, status }).toEqual({ error: null, status: 200 });
		expect(data).toMatchObject({
			addedMembers: [{ email: NEW, role: 'member', org_phones: null }],
			errors: [{ email: ASHA, error: { message: `${ASHA} is already a member` } }],
		});
		expect(sandbox.organization.mails).toEqual([NEW, ASHA]);
		await invite(sandbox, body, { headers: { 'x-phone': PHONE } });
		expectSameRequests();
	});

	it.each([
		['body', 200],
		['empty', 204],
	] as const)('removes a member, answered with its %s', async (deleteAnswer, expected) => {
		sandbox.unknowns.deleteAnswer = deleteAnswer;
		const { error, status } = await client.member.delete({ id: SLASHED });
		expect({ error, status }).toEqual({ error: null, status: expected });
		expect(sandbox.organization.member(SLASHED)).toBeUndefined();
		await remove(sandbox, SLASHED, { headers: { 'x-phone': PHONE } });
		expectSameRequests();
	});

	it('reads that a member is not there', async () => {
		const { error } = await client.member.delete({ id: NEW });
		expect(error).toMatchObject({
			code: 'NOT_FOUND',
			message: `${NEW} is not a member of this organization`,
			statusCode: 404,
		});
	});

	/** The client's request first, the plain one after it. */
	function expectSameRequests(): void {
		const [theirs, ours] = sandbox.requests.map(({ method, path, rawBody, headers }) => ({
			...{ method, path, rawBody },
			headers: [headers.authorization, headers['x-phone']],
		}));
		expect(theirs).toEqual(ours);
		expect(sandbox.requests).toHaveLength(2);
		expect(sandbox.violations).toEqual([]);
	}

	it('lists the phones', async () => {
		const { data } = await client.phone.getAll();
		expect(data?.map(({ org_phone, wa_state }) => [org_phone, wa_state])).toContainEqual([
			'14155550123@c.us',
			'DISCONNECTED',
		]);
		expect(sandbox.violations).toEqual([]);
	});

	it('reads the refusal of a wrong key', async () => {
		const { data, error } = await update({ emails: [ASHA], labels: ['VIP'] }, clientWith('wrong'));
		expect(data).toBeUndefined();
		expect(error).toMatchObject({
			code: 'UNAUTHORIZED_ERROR',
			message: 'Invalid API key.',
			statusCode: 401,
		});
	});

	it('reads what is wrong with a request that neither side may send', async () => {
		const { error } = await update({ emails: [ASHA] });
		expect(error).toMatchObject({
			code: 'VALIDATION_ERROR',
			message: 'labels is missing; orgPhones is missing',
			statusCode: 422,
		});
		expect(sandbox.violations).toHaveLength(1);
	});

	it('sends an empty x-phone without a phone, which the node never does', async () => {
		await update({ emails: [ASHA], labels: ['VIP'] }, clientWith(sandbox.apiKey, ''));
		expect(sandbox.requests[0]?.headers['x-phone']).toBe('');
		expect(sandbox.violations).toEqual([expect.stringContaining('x-phone') as unknown]);
	});

	it('opens its socket only when asked to, and the sandbox turns it away and works on', async () => {
		await wait(100);
		expect(sandbox.requests).toEqual([]);
		const log = jest.spyOn(console, 'error');
		const refused = new Promise<void>((resolve) => {
			log.mockImplementation(() => {
				resolve();
			});
		});
		client.connect();
		await refused;
		client.disconnect();
		log.mockRestore();
		expect((await update({ emails: [ASHA], labels: ['VIP'] })).status).toBe(200);
		expect(sandbox.requests).toMatchObject([
			{ method: 'GET', path: expect.stringMatching(/^\/socket\.io\//) as unknown, status: 404 },
			{ path: '/members/access', status: 200 },
		]);
	});
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { call, invite, phones, remove, update, type Received } from './client';
import { Contract, DOCUMENT } from './contract';
import { SEED_ADMINS, SEED_MEMBERS } from './seed';
import { withSandbox } from './withSandbox';

const ASHA = 'asha.rao@acme.example';
const NEW = 'new.joiner@acme.example';
const PHONE = '918527184400';
const GOOD = { emails: [ASHA], labels: ['VIP'], orgPhones: [PHONE] };

describe('the OpenAPI document', () => {
	let folder = '';
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'sandbox-openapi-'));
	});
	afterAll(async () => {
		await rm(folder, { recursive: true });
	});

	it('is valid, and one that is not is refused', async () => {
		await expect(Contract.load()).resolves.toBeInstanceOf(Contract);
		const broken = join(folder, 'broken.yaml');
		const text = await readFile(DOCUMENT, 'utf8');
		await writeFile(broken, text.replace('operationId:', 'operationid:'));
		await expect(Contract.load(broken)).rejects.toThrow('not valid');
	});
});

const emails = (count: number) =>
	Array.from({ length: count }, (_, index) => `a${index}@b.example`);

describe('a request', () => {
	const test = withSandbox();

	it.each([
		['labels and org phones', GOOD],
		['labels alone', { emails: [ASHA], labels: ['VIP'] }],
		['org phones alone', { emails: [ASHA], orgPhones: [PHONE] }],
		['null for both', { emails: [ASHA], labels: null, orgPhones: null }],
		['a thousand emails', { ...GOOD, emails: emails(1000) }],
	])('passes with %s', async (_, body) => {
		expect((await update(test.sandbox, body)).status).toBe(200);
		expect(test.sandbox.violations).toEqual([]);
	});

	it.each([
		['the digits of a phone', 'x-phone', PHONE],
		['the id of a phone', 'x-phone', 'phone-abc'],
		['a charset', 'content-type', 'application/json; charset=utf-8'],
	])('passes with %s in %s', async (_, name, value) => {
		const { status } = await update(test.sandbox, GOOD, { headers: { [name]: value } });
		expect(status).toBe(200);
		expect(test.sandbox.violations).toEqual([]);
	});

	it.each<[string, unknown, string]>([
		['no emails', { labels: ['VIP'] }, 'emails'],
		['an empty list of emails', { ...GOOD, emails: [] }, 'emails'],
		['more than a thousand', { ...GOOD, emails: emails(1001) }, 'emails'],
		['an email twice', { ...GOOD, emails: [ASHA, ASHA] }, 'emails'],
		['an email that is none', { ...GOOD, emails: ['asha'] }, 'emails'],
		['a number for an email', { ...GOOD, emails: [7] }, 'emails'],
		['text for emails', { ...GOOD, emails: ASHA }, 'emails'],
		['neither labels nor org phones', { emails: [ASHA] }, 'labels'],
		['an empty list of labels', { ...GOOD, labels: [] }, 'labels'],
		['a blank label', { ...GOOD, labels: [' '] }, 'labels'],
		['a label twice', { ...GOOD, labels: ['VIP', 'VIP'] }, 'labels'],
		['null among labels', { ...GOOD, labels: [null] }, 'labels'],
		['text for labels', { ...GOOD, labels: 'VIP' }, 'labels'],
		['an empty list of org phones', { ...GOOD, orgPhones: [] }, 'orgPhones'],
		['a chat id for an org phone', { ...GOOD, orgPhones: [`${PHONE}@c.us`] }, 'orgPhones'],
		['a plus before the digits', { ...GOOD, orgPhones: [`+${PHONE}`] }, 'orgPhones'],
		['a number for an org phone', { ...GOOD, orgPhones: [918527184400] }, 'orgPhones'],
		['a field that is not known', { ...GOOD, role: 'admin' }, 'role'],
		['a list for a body', [GOOD], 'body'],
		['null for a body', 'null', 'body'],
		['JSON in JSON', JSON.stringify(JSON.stringify(GOOD)), 'body'],
		['a broken body', '{"emails":', 'body'],
		['no body', undefined, 'body'],
	])('is refused with %s', async (_, body, field) => {
		expectRefused(await update(test.sandbox, body), field);
	});

	it.each([
		['content-type', 'text/plain'],
		['content-type', 'application/x-www-form-urlencoded'],
		['x-phone', ''],
		['x-phone', '+91 85271'],
	])('is refused with a %s of "%s"', async (name, value) => {
		expectRefused(await update(test.sandbox, GOOD, { headers: { [name]: value } }), name);
	});

	function expectRefused(
		{ status, json }: Received,
		field: string,
		refused = 'PATCH /members/access',
	): void {
		expect([status, json()]).toMatchObject([
			422,
			{
				code: 'VALIDATION_ERROR',
				name: 'Validation Error',
				status: 422,
				fields: { [field]: { message: expect.stringContaining(field) as unknown } },
			},
		]);
		expect(test.sandbox.violations).toEqual([expect.stringContaining(`${refused}: `) as unknown]);
		expect(test.sandbox.organization.accessOf(ASHA)).toEqual({ labels: [], orgPhones: [] });
	}

	it.each([
		['emails alone', { emails: [NEW] }],
		['a role', { emails: [NEW], role: 'admin' }],
		['null for both', { emails: [NEW], labels: null, orgPhones: null }],
		['everything', { ...GOOD, emails: [NEW], role: 'member' }],
		['a thousand emails', { emails: emails(1000) }],
	])('to invite passes with %s', async (_, body) => {
		expect((await invite(test.sandbox, body)).status).toBe(200);
		expect(test.sandbox.violations).toEqual([]);
	});

	it.each<[string, unknown, string]>([
		['no emails', { role: 'member' }, 'emails'],
		['an empty list of emails', { emails: [] }, 'emails'],
		['more than a thousand', { emails: emails(1001) }, 'emails'],
		['an email twice', { emails: [NEW, NEW] }, 'emails'],
		['an email that is none', { emails: ['asha'] }, 'emails'],
		['a role that is none', { emails: [NEW], role: 'owner' }, 'role'],
		['null for a role', { emails: [NEW], role: null }, 'role'],
		['an empty list of labels', { emails: [NEW], labels: [] }, 'labels'],
		['a blank label', { emails: [NEW], labels: [' '] }, 'labels'],
		['an empty list of org phones', { emails: [NEW], orgPhones: [] }, 'orgPhones'],
		['a chat id for an org phone', { emails: [NEW], orgPhones: [`${PHONE}@c.us`] }, 'orgPhones'],
		['a field that is not known', { emails: [NEW], name: 'New' }, 'name'],
		['no body', undefined, 'body'],
	])('to invite is refused with %s', async (_, body, field) => {
		expectRefused(await invite(test.sandbox, body), field, 'POST /members/invite');
		expect(test.sandbox.organization.member(NEW)).toBeUndefined();
		expect(test.sandbox.organization.mails).toEqual([]);
	});

	it.each([
		['an email that is none', '/members/access', {}, 'email'],
		['a query', `/members/${ASHA}?force=true`, {}, 'force'],
		['a body', `/members/${ASHA}`, { body: { emails: [ASHA] } }, 'body'],
		['an empty x-phone', `/members/${ASHA}`, { headers: { 'x-phone': '' } }, 'x-phone'],
	])('to remove is refused with %s', async (_, path, sent, field) => {
		expectRefused(await call(test.sandbox, 'DELETE', path, sent), field, `DELETE ${path}`);
		expect(test.sandbox.organization.member(ASHA)).toBeDefined();
	});

	it('says of a missing field what Periskope would', async () => {
		const { json } = await update(test.sandbox, { emails: [ASHA] });
		expect(json()).toMatchObject({
			message: 'labels is missing; orgPhones is missing',
			fields: { labels: { message: 'labels is missing' } },
		});
	});

	it('for phones is refused with a query or an empty x-phone', async () => {
		const refused = [
			await call(test.sandbox, 'GET', '/phones/all?page=2'),
			await phones(test.sandbox, { headers: { 'x-phone': '' } }),
		];
		expect(refused.map(({ status }) => status)).toEqual([422, 422]);
		expect(test.sandbox.violations).toHaveLength(2);
	});
});

describe("the sandbox's own answers", () => {
	const test = withSandbox();
	const limited = withSandbox({ rateLimit: { max: 1, windowMs: 60_000 } });

	it('keep to the document, whatever the status', async () => {
		const contract = await Contract.load();
		const { sandbox } = test;
		sandbox.unknowns.admins = 'returned';
		const everyone = { emails: [...SEED_MEMBERS, ...SEED_ADMINS] };
		const all = await update(sandbox, { ...everyone, labels: ['VIP'], orgPhones: [PHONE] });
		const nulls = await update(sandbox, { ...everyone, labels: null, orgPhones: null });
		const malformed = await update(sandbox, { emails: [] });
		const unauthorized = await update(sandbox, GOOD, { headers: { authorization: 'x' } });
		sandbox.unknowns.unknownEmails = 'rejected';
		const rejected = await update(sandbox, { ...GOOD, emails: ['nobody@acme.example'] });
		await update(limited.sandbox, GOOD);
		const tooMany = await update(limited.sandbox, GOOD);
		const updates = [all, nulls, malformed, unauthorized, rejected, tooMany];

		expect(updates.map(({ status }) => status)).toEqual([200, 200, 422, 401, 422, 429]);
		for (const { status, json } of updates) {
			expect(contract.checkAnswer('updateAccess', status, json())).toEqual([]);
		}
		expect(all.json()).toHaveLength(43);
		const listed = await phones(sandbox);
		expect(contract.checkAnswer('listPhones', listed.status, listed.json())).toEqual([]);
	});

	it('keep to it for an invitation and a removal as well', async () => {
		const contract = await Contract.load();
		const { sandbox } = test;
		const headers = { authorization: 'x' };
		const access = { labels: ['VIP'], orgPhones: [PHONE] };
		const invited = [
			await invite(sandbox, { emails: [NEW, ASHA], ...access }),
			await invite(sandbox, { emails: ['boss@acme.example'], role: 'admin' }),
			await invite(sandbox, { emails: [] }),
			await invite(sandbox, { emails: [NEW] }, { headers }),
		];
		const removed = [
			await remove(sandbox, NEW),
			await remove(sandbox, NEW),
			await remove(sandbox, 'nobody'),
			await remove(sandbox, ASHA, { headers }),
		];
		expect(invited.map(({ status }) => status)).toEqual([200, 200, 422, 401]);
		expect(removed.map(({ status }) => status)).toEqual([200, 404, 422, 401]);
		for (const { status, json } of invited) {
			expect(contract.checkAnswer('inviteMembers', status, json())).toEqual([]);
		}
		for (const { status, json } of removed) {
			expect(contract.checkAnswer('deleteMember', status, json())).toEqual([]);
		}
	});

	it('would not, with a part of theirs that is missing or made up', async () => {
		const contract = await Contract.load();
		const errors = [{ email: ASHA, error: 'is already a member' }];
		for (const wrong of [{ addedMembers: [] }, { addedMembers: [{}], errors: [] }]) {
			expect(contract.checkAnswer('inviteMembers', 200, wrong)).not.toEqual([]);
		}
		expect(contract.checkAnswer('inviteMembers', 200, { addedMembers: [], errors })).not.toEqual(
			[],
		);
		expect(contract.checkAnswer('deleteMember', 200, { success: true })).not.toEqual([]);
		expect(contract.checkAnswer('deleteMember', 404, { message: 'gone' })).not.toEqual([]);
	});

	it('would not, with a field that is missing, made up or of another kind', async () => {
		const contract = await Contract.load();
		const row = structuredClone(test.sandbox.organization.member(ASHA));
		for (const wrong of [{ ...row, role: 'owner' }, { ...row, extra: 1 }, { email: ASHA }]) {
			expect(contract.checkAnswer('updateAccess', 200, [wrong])).not.toEqual([]);
		}
	});
});

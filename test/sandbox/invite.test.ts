import { describe, expect, it } from '@jest/globals';

import { invite, update } from './client';
import { memberRow, SEED_ADMINS, SEED_MEMBERS } from './seed';
import { withSandbox } from './withSandbox';

const ASHA = 'asha.rao@acme.example';
const ADMIN = 'arun.admin@acme.example';
const MIXED = 'Mixed.Case@Acme.example';
const NEW = 'new.joiner@acme.example';
const EARLIER = 'a.earlier@acme.example';
const PHONE = '918527184400';

const alreadyThere = (email: string) => ({
	email,
	error: { message: `${email} is already a member` },
});

describe('an invitation', () => {
	const test = withSandbox({ members: [MIXED] });
	const accessOf = (email: string) => test.sandbox.organization.accessOf(email);
	const mails = () => test.sandbox.organization.mails;

	it.each([
		['leaves out', {}],
		['has null for', { labels: null, orgPhones: null }],
	])('gives a new member access to all that it %s', async (_, access) => {
		const { status, json } = await invite(test.sandbox, { emails: [NEW], ...access });
		const row = { email: NEW, role: 'member', label_ids: null, org_phones: null };
		expect(status).toBe(200);
		expect(json()).toEqual({ addedMembers: [expect.objectContaining(row)], errors: [] });
		expect(accessOf(NEW)).toEqual({ labels: null, orgPhones: null });
	});

	it('adds someone who has not signed in yet', async () => {
		await invite(test.sandbox, { emails: [NEW] });
		expect(test.sandbox.organization.member(NEW)).toMatchObject({
			is_active: false,
			user_id: null,
		});
	});

	it('gives only the labels and org phones that it names', async () => {
		const both = { labels: ['VIP', 'vip', 'Sales'], orgPhones: [PHONE] };
		const { json } = await invite(test.sandbox, { emails: [NEW], role: 'member', ...both });
		await invite(test.sandbox, { emails: [EARLIER], labels: ['Support'] });
		const id = expect.stringMatching(/^label-[0-9a-f]{16}$/) as unknown;
		expect(json()).toMatchObject({
			addedMembers: [{ email: NEW, label_ids: [id, id], org_phones: [`${PHONE}@c.us`] }],
		});
		expect(accessOf(NEW)).toEqual({ labels: ['VIP', 'Sales'], orgPhones: [PHONE] });
		expect(accessOf(EARLIER)).toEqual({ labels: ['Support'], orgPhones: null });
	});

	it('gives an admin access to all, whatever it names', async () => {
		test.sandbox.unknowns.unknownLabels = 'rejected';
		const access = { labels: ['Salse'], orgPhones: [PHONE] };
		const { status, json } = await invite(test.sandbox, {
			emails: [NEW],
			role: 'admin',
			...access,
		});
		const row = { email: NEW, role: 'admin', label_ids: null, org_phones: null };
		expect([status, json()]).toMatchObject([200, { addedMembers: [row], errors: [] }]);
		expect(test.sandbox.organization.member(NEW)).toMatchObject(row);
	});

	it('never changes who is a member or an admin already, and says so of each', async () => {
		const before = [ASHA, ADMIN].map((email) => test.sandbox.organization.member(email));
		const { status, json } = await invite(test.sandbox, {
			emails: [ASHA, ADMIN],
			role: 'admin',
			orgPhones: [PHONE],
		});
		expect(status).toBe(200);
		expect(json()).toEqual({ addedMembers: [], errors: [ADMIN, ASHA].map(alreadyThere) });
		expect([ASHA, ADMIN].map((email) => test.sandbox.organization.member(email))).toEqual(before);
		expect(before).toEqual([memberRow(ASHA, 'member'), memberRow(ADMIN, 'admin')]);
	});

	it('still adds the others, each once and in an order of its own', async () => {
		const { json } = await invite(test.sandbox, {
			emails: [NEW, ASHA, NEW.toUpperCase(), EARLIER],
		});
		expect(json()).toMatchObject({
			addedMembers: [{ email: EARLIER }, { email: expect.stringMatching(/^new/i) as unknown }],
			errors: [alreadyThere(ASHA)],
		});
		const { members } = test.sandbox.organization;
		expect(members.size).toBe(SEED_MEMBERS.length + SEED_ADMINS.length + [MIXED].length + 2);
	});

	it('mails everyone in it once, members too, so that a repeated invitation is seen', async () => {
		const body = { emails: [NEW.toUpperCase(), ASHA, NEW] };
		await invite(test.sandbox, body);
		expect(mails()).toEqual([NEW, ASHA]);
		await invite(test.sandbox, body);
		expect(mails()).toEqual([NEW, ASHA, NEW, ASHA]);
	});

	it('mails nobody anymore after a reset, and an update of access never does', async () => {
		await invite(test.sandbox, { emails: [NEW] });
		test.sandbox.reset();
		await update(test.sandbox, { emails: [ASHA], labels: ['VIP'] });
		expect(mails()).toEqual([]);
	});

	it('makes a member whose access can be updated', async () => {
		await invite(test.sandbox, { emails: [NEW] });
		await update(test.sandbox, { emails: [NEW], labels: ['VIP'] });
		expect(accessOf(NEW)).toEqual({ labels: ['VIP'], orgPhones: null });
	});

	it('creates unknown labels, which are then there', async () => {
		await invite(test.sandbox, { emails: [NEW], labels: ['Brand New'] });
		test.sandbox.unknowns.unknownLabels = 'rejected';
		const { status } = await invite(test.sandbox, { emails: [EARLIER], labels: ['brand new'] });
		expect(status).toBe(200);
		expect(accessOf(EARLIER)?.labels).toEqual(['Brand New']);
	});

	it('is rejected for one by name, if told to, and then adds and mails nobody', async () => {
		test.sandbox.unknowns.unknownLabels = 'rejected';
		const { status, json } = await invite(test.sandbox, { emails: [NEW], labels: ['Salse'] });
		expect([status, json()]).toMatchObject([
			422,
			{ fields: { labels: { message: 'There is no label Salse', value: 'Salse' } } },
		]);
		expect(test.sandbox.organization.member(NEW)).toBeUndefined();
		expect(mails()).toEqual([]);
		expect(test.sandbox.violations).toEqual([]);
	});

	it('drops unknown labels and phones, if told to, and adds the member', async () => {
		test.sandbox.unknowns.unknownLabels = 'dropped';
		test.sandbox.unknowns.unknownPhones = 'dropped';
		const access = { labels: ['Salse', 'VIP'], orgPhones: [PHONE, '4915111111111'] };
		await invite(test.sandbox, { emails: [NEW], ...access });
		expect(accessOf(NEW)).toEqual({ labels: ['VIP'], orgPhones: [PHONE] });
	});

	it('ignores the switches for lists and null', async () => {
		Object.assign(test.sandbox.unknowns, { lists: 'add', nulls: 'emptied' });
		await invite(test.sandbox, { emails: [NEW], labels: null, orgPhones: [PHONE] });
		expect(accessOf(NEW)).toEqual({ labels: null, orgPhones: [PHONE] });
	});

	it.each([
		['kept', 'New.Joiner@acme.example', MIXED],
		['lowered', NEW, MIXED.toLowerCase()],
	] as const)('answers emails with their case %s', async (emailCase, added, known) => {
		test.sandbox.unknowns.emailCase = emailCase;
		const { json } = await invite(test.sandbox, {
			emails: ['New.Joiner@acme.example', MIXED.toUpperCase()],
		});
		expect(json()).toMatchObject({
			addedMembers: [{ email: added }],
			errors: [alreadyThere(known)],
		});
		expect(test.sandbox.organization.member(NEW)?.email).toBe('New.Joiner@acme.example');
	});
});

import { describe, expect, it } from '@jest/globals';

import { update } from './client';
import { SEED_ADMINS, SEED_MEMBERS } from './seed';
import { withSandbox } from './withSandbox';

const ASHA = 'asha.rao@acme.example';
const BEN = 'ben.okafor@acme.example';
const ADMIN = 'arun.admin@acme.example';
const MIXED = 'Mixed.Case@Acme.example';
const NOBODY = 'nobody@acme.example';
const PHONE = '918527184400';
const STRANGE = '4915111111111';

describe('an update of access', () => {
	const test = withSandbox();
	const accessOf = (email: string) => test.sandbox.organization.accessOf(email);

	it('replaces what a member had, and returns ids of labels and chat ids of phones', async () => {
		await update(test.sandbox, { emails: [ASHA], labels: ['Sales', 'VIP'], orgPhones: [PHONE] });
		const { json } = await update(test.sandbox, {
			emails: [ASHA],
			labels: ['Support'],
			orgPhones: ['14155550123'],
		});
		expect(json()).toMatchObject([
			{
				email: ASHA,
				role: 'member',
				label_ids: [expect.stringMatching(/^label-[0-9a-f]{16}$/)],
				org_phones: ['14155550123@c.us'],
			},
		]);
		expect(accessOf(ASHA)).toEqual({ labels: ['Support'], orgPhones: ['14155550123'] });
	});

	it('leaves a field that is left out as it is', async () => {
		await update(test.sandbox, { emails: [ASHA], labels: ['Sales'], orgPhones: [PHONE] });
		await update(test.sandbox, { emails: [ASHA], labels: ['VIP'] });
		expect(accessOf(ASHA)).toEqual({ labels: ['VIP'], orgPhones: [PHONE] });
		await update(test.sandbox, { emails: [ASHA], orgPhones: ['14155550123'] });
		expect(accessOf(ASHA)).toEqual({ labels: ['VIP'], orgPhones: ['14155550123'] });
	});

	it('stores null as null, and returns it', async () => {
		const { json } = await update(test.sandbox, { emails: [ASHA], labels: null, orgPhones: null });
		expect(json()).toMatchObject([{ label_ids: null, org_phones: null }]);
		expect(accessOf(ASHA)).toEqual({ labels: null, orgPhones: null });
	});

	it('finds emails whatever their case, and returns the stored spelling', async () => {
		const { json } = await update(test.sandbox, { emails: [ASHA.toUpperCase()], labels: ['VIP'] });
		expect(json()).toMatchObject([{ email: ASHA }]);
		expect(accessOf(ASHA.toUpperCase())?.labels).toEqual(['VIP']);
	});

	it('returns each member once and in an order of its own', async () => {
		const emails = [BEN, ASHA.toUpperCase(), ASHA];
		const { json } = await update(test.sandbox, { emails, labels: ['VIP'] });
		expect(json()).toMatchObject([{ email: ASHA }, { email: BEN }]);
	});

	it('takes a label whatever its case for the one that is there', async () => {
		const rows = [['vip'], ['VIP']].map((labels) =>
			update(test.sandbox, { emails: [ASHA], labels }).then(({ json }) => json()),
		);
		const [lower, upper] = await Promise.all(rows);
		expect(lower).toEqual(upper);
		expect(accessOf(ASHA)?.labels).toEqual(['VIP']);
	});

	it('touches nobody else', async () => {
		await update(test.sandbox, { emails: [ASHA], labels: ['Sales'] });
		const others = [...SEED_MEMBERS, ...SEED_ADMINS].filter((email) => email !== ASHA);
		for (const email of others) expect(accessOf(email)).toEqual({ labels: [], orgPhones: [] });
	});
});

describe("what Periskope's pages leave open", () => {
	const test = withSandbox({ members: [MIXED] });
	const accessOf = (email: string) => test.sandbox.organization.accessOf(email);

	it('leaves unknown emails out of the answer', async () => {
		const { status, json } = await update(test.sandbox, {
			emails: [NOBODY, ASHA],
			labels: ['VIP'],
		});
		expect([status, json()]).toMatchObject([200, [{ email: ASHA }]]);
	});

	it('rejects a request that holds one as a whole, and names it, if told to', async () => {
		test.sandbox.unknowns.unknownEmails = 'rejected';
		const { status, json } = await update(test.sandbox, {
			emails: [ASHA, NOBODY],
			labels: ['VIP'],
		});
		expect(status).toBe(422);
		expect(json()).toEqual({
			code: 'VALIDATION_ERROR',
			name: 'Validation Error',
			status: 422,
			message: `${NOBODY} is not a member`,
			fields: { emails: { message: `${NOBODY} is not a member`, value: NOBODY } },
		});
		expect(accessOf(ASHA)?.labels).toEqual([]);
		expect(test.sandbox.violations).toEqual([]);
	});

	it.each([['leftOut'], ['returned']] as const)('never changes an admin: %s', async (admins) => {
		test.sandbox.unknowns.admins = admins;
		const { json } = await update(test.sandbox, { emails: [ADMIN, ASHA], labels: ['VIP'] });
		expect(json()).toMatchObject(
			admins === 'returned'
				? [{ email: ADMIN, role: 'admin', label_ids: [] }, { email: ASHA }]
				: [{ email: ASHA }],
		);
		expect(accessOf(ADMIN)?.labels).toEqual([]);
	});

	it('creates unknown labels, which are then there', async () => {
		await update(test.sandbox, { emails: [ASHA], labels: ['Brand New'] });
		test.sandbox.unknowns.unknownLabels = 'rejected';
		const { status } = await update(test.sandbox, { emails: [BEN], labels: ['brand new'] });
		expect(status).toBe(200);
		expect(accessOf(BEN)?.labels).toEqual(['Brand New']);
	});

	it('rejects them by name, if told to', async () => {
		test.sandbox.unknowns.unknownLabels = 'rejected';
		const { status, json } = await update(test.sandbox, {
			emails: [ASHA],
			labels: ['VIP', 'Salse'],
		});
		expect(status).toBe(422);
		expect(json()).toMatchObject({
			fields: { labels: { message: 'There is no label Salse', value: 'Salse' } },
		});
		expect(accessOf(ASHA)?.labels).toEqual([]);
	});

	it('drops them and creates none, if told to', async () => {
		test.sandbox.unknowns.unknownLabels = 'dropped';
		const { json } = await update(test.sandbox, { emails: [ASHA], labels: ['VIP', 'Salse'] });
		expect(json()).toMatchObject([{ label_ids: [expect.any(String)] }]);
		expect(accessOf(ASHA)?.labels).toEqual(['VIP']);
	});

	it.each([
		['stored', [STRANGE, PHONE]],
		['dropped', [PHONE]],
		['rejected', []],
	] as const)('has phones of nobody %s', async (unknownPhones, stored) => {
		test.sandbox.unknowns.unknownPhones = unknownPhones;
		const { status, json } = await update(test.sandbox, {
			emails: [ASHA],
			orgPhones: [STRANGE, PHONE],
		});
		expect(status).toBe(unknownPhones === 'rejected' ? 422 : 200);
		if (unknownPhones === 'rejected') {
			expect(json()).toMatchObject({ fields: { orgPhones: { value: STRANGE } } });
		}
		expect(accessOf(ASHA)?.orgPhones).toEqual(stored);
	});

	it('adds a list to what the member has, or replaces it', async () => {
		const both = { labels: ['Sales'], orgPhones: [PHONE] };
		await update(test.sandbox, { emails: [ASHA], ...both });
		test.sandbox.unknowns.lists = 'add';
		await update(test.sandbox, { emails: [ASHA], labels: ['VIP', 'sales'] });
		expect(accessOf(ASHA)).toEqual({ labels: ['Sales', 'VIP'], orgPhones: [PHONE] });
		test.sandbox.unknowns.lists = 'replace';
		await update(test.sandbox, { emails: [ASHA], labels: ['VIP'] });
		expect(accessOf(ASHA)?.labels).toEqual(['VIP']);
	});

	it.each([
		['stored', null],
		['kept', ['Sales']],
		['emptied', []],
	] as const)('has what was null %s', async (nulls, labels) => {
		await update(test.sandbox, { emails: [ASHA], labels: ['Sales'] });
		test.sandbox.unknowns.nulls = nulls;
		await update(test.sandbox, { emails: [ASHA], labels: null });
		expect(accessOf(ASHA)?.labels).toEqual(labels);
	});

	it.each([
		['kept', [PHONE]],
		['cleared', null],
	] as const)('has a field that is left out %s', async (omittedFields, orgPhones) => {
		await update(test.sandbox, { emails: [ASHA], orgPhones: [PHONE] });
		test.sandbox.unknowns.omittedFields = omittedFields;
		await update(test.sandbox, { emails: [ASHA], labels: ['VIP'] });
		expect(accessOf(ASHA)).toEqual({ labels: ['VIP'], orgPhones });
	});

	it.each([
		['asStored', { label_ids: [expect.any(String)], org_phones: [`${PHONE}@c.us`] }],
		['asNull', { label_ids: null, org_phones: null }],
		['leftOut', {}],
	] as const)('shows lists %s, whatever it holds', async (listsComeBack, shown) => {
		test.sandbox.unknowns.listsComeBack = listsComeBack;
		const { json } = await update(test.sandbox, {
			emails: [ASHA],
			labels: ['VIP'],
			orgPhones: [PHONE],
		});
		const [{ label_ids, org_phones } = {}] = json() as [Record<string, unknown>?];
		expect({ label_ids, org_phones }).toEqual({
			label_ids: undefined,
			org_phones: undefined,
			...shown,
		});
		expect(accessOf(ASHA)).toEqual({ labels: ['VIP'], orgPhones: [PHONE] });
	});

	it('can be otherwise for each member', async () => {
		await update(test.sandbox, { emails: [ASHA, BEN], labels: ['Sales'] });
		test.sandbox.unknownsOf = (email) => (email === BEN ? { lists: 'add' } : {});
		await update(test.sandbox, {
			emails: [ASHA.toUpperCase(), BEN.toUpperCase()],
			labels: ['VIP'],
		});
		expect(accessOf(ASHA)?.labels).toEqual(['VIP']);
		expect(accessOf(BEN)?.labels).toEqual(['Sales', 'VIP']);
		test.sandbox.unknownsOf = (email) => (email === BEN ? { unknownLabels: 'rejected' } : {});
		const { status } = await update(test.sandbox, { emails: [ASHA, BEN], labels: ['Salse'] });
		expect(status).toBe(422);
		expect(accessOf(ASHA)?.labels).toEqual(['VIP']);
	});

	it('answers in lower case what is stored otherwise', async () => {
		const kept = await update(test.sandbox, { emails: [MIXED], labels: ['VIP'] });
		test.sandbox.unknowns.emailCase = 'lowered';
		const lowered = await update(test.sandbox, { emails: [MIXED], labels: ['VIP'] });
		expect(kept.json()).toMatchObject([{ email: MIXED }]);
		expect(lowered.json()).toMatchObject([{ email: MIXED.toLowerCase() }]);
		expect(test.sandbox.organization.member(MIXED)?.email).toBe(MIXED);
	});
});

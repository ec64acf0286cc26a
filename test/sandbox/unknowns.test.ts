import { describe, expect, it } from '@jest/globals';

import { invite, phones, update } from './client';
import { Contract } from './contract';
import type { Unknowns } from './unknowns';
import { withSandbox } from './withSandbox';

const ASHA = 'asha.rao@acme.example';
const BEN = 'ben.okafor@acme.example';
const ADMIN = 'arun.admin@acme.example';
const NEW = 'new.joiner@acme.example';
const EARLIER = 'a.earlier@acme.example';
const NOBODY = 'nobody@acme.example';
const PHONE = '918527184400';
const STRANGE = '447700900123';

describe('what is unknown, by member', () => {
	const test = withSandbox();
	const accessOf = (email: string) => test.sandbox.organization.accessOf(email);

	it('overrides the setting of the run, which applies to the others', async () => {
		Object.assign(test.sandbox.unknowns, { unknownPhones: 'dropped', listsComeBack: 'leftOut' });
		test.sandbox.unknownsOf = (email) => (email === BEN ? { unknownPhones: 'stored' } : {});
		const { json } = await update(test.sandbox, { emails: [ASHA, BEN], orgPhones: [STRANGE] });
		expect([accessOf(ASHA)?.orgPhones, accessOf(BEN)?.orgPhones]).toEqual([[], [STRANGE]]);
		for (const row of json() as object[]) expect(row).not.toHaveProperty('org_phones');
	});

	it('holds in an invitation too, whatever the case of the email', async () => {
		test.sandbox.unknownsOf = (email) =>
			email === NEW ? { emailCase: 'lowered', listsComeBack: 'asNull' } : {};
		const emails = [NEW.toUpperCase(), EARLIER.toUpperCase()];
		const { json } = await invite(test.sandbox, { emails, orgPhones: [PHONE] });
		expect(json()).toMatchObject({
			addedMembers: [
				{ email: EARLIER.toUpperCase(), org_phones: [`${PHONE}@c.us`] },
				{ email: NEW, org_phones: null },
			],
		});
		expect(accessOf(NEW)?.orgPhones).toEqual([PHONE]);
	});

	it.each<[Partial<Unknowns>, string, string]>([
		[{ unknownEmails: 'rejected' }, NOBODY, `${NOBODY} is not a member`],
		[{ unknownLabels: 'rejected' }, BEN, 'There is no label Brand New'],
		[{ unknownPhones: 'rejected' }, BEN, `There is no org phone ${STRANGE}`],
	])('rejects the whole request for one member: %j', async (unknowns, email, message) => {
		const body = { emails: [ASHA, email], labels: ['Brand New'], orgPhones: [STRANGE] };
		test.sandbox.unknownsOf = (one) => (one === email ? unknowns : {});
		const { status, json } = await update(test.sandbox, body);
		expect([status, json()]).toMatchObject([422, { message }]);
		expect(accessOf(ASHA)).toEqual({ labels: [], orgPhones: [] });
		expect((await update(test.sandbox, { ...body, emails: [ASHA] })).status).toBe(200);
	});

	it('rejects an invitation for one of its emails, and then adds and mails nobody', async () => {
		test.sandbox.unknownsOf = (email) => (email === NEW ? { unknownPhones: 'rejected' } : {});
		const { status } = await invite(test.sandbox, { emails: [EARLIER, NEW], orgPhones: [STRANGE] });
		expect(status).toBe(422);
		expect([accessOf(EARLIER), accessOf(NEW)]).toEqual([undefined, undefined]);
		expect(test.sandbox.organization.mails).toEqual([]);
	});

	it('lets one admin be returned and another one not', async () => {
		test.sandbox.unknownsOf = (email) => (email === ADMIN ? { admins: 'returned' } : {});
		const emails = [ADMIN, 'ada.admin@acme.example'];
		const { json } = await update(test.sandbox, { emails, labels: ['VIP'] });
		expect(json()).toMatchObject([{ email: ADMIN }]);
	});

	it('is gone after a reset', async () => {
		test.sandbox.unknownsOf = () => ({ unknownEmails: 'rejected' });
		test.sandbox.reset();
		expect((await update(test.sandbox, { emails: [NOBODY], labels: ['VIP'] })).status).toBe(200);
	});
});

describe('the phones of the organization', () => {
	const odd = { org_phone: `${STRANGE}@c.us`, phone_name: ' "Sales, EU"; <b>', wa_state: null };
	const test = withSandbox({
		phones: [odd, { org_phone: null, phone_name: null, wa_state: 'CONNECTED' }],
		unknowns: { unknownPhones: 'dropped' },
	});

	it('can be others than the seed has, with names of any kind', async () => {
		const contract = await Contract.load();
		const { status, json } = await phones(test.sandbox);
		expect(json()).toMatchObject([odd, { org_phone: null, is_ready: true }]);
		expect(json()).toHaveLength(2);
		expect(contract.checkAnswer('listPhones', status, json())).toEqual([]);
	});

	it('are then the ones that are known', async () => {
		await update(test.sandbox, { emails: [ASHA], orgPhones: [PHONE, STRANGE] });
		expect(test.sandbox.organization.accessOf(ASHA)?.orgPhones).toEqual([STRANGE]);
	});
});

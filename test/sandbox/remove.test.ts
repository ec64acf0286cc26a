import { describe, expect, it } from '@jest/globals';

import { call, invite, remove, update } from './client';
import { SEED_ADMINS, SEED_MEMBERS } from './seed';
import { withSandbox } from './withSandbox';

const ASHA = 'asha.rao@acme.example';
const ADMIN = 'arun.admin@acme.example';
const NOBODY = 'nobody@acme.example';
/** Each a member, and each of them means something else where it is not encoded. */
const HOSTILE = [
	'a/b@acme.example',
	'a%2Fb@acme.example',
	'a%252Fb@acme.example',
	'fifty%@acme.example',
	'a+b@acme.example',
	'what?page=1@acme.example',
	'part#1@acme.example',
	"o'neil&co@acme.example",
];

describe('a removal', () => {
	const test = withSandbox({ members: HOSTILE });
	const memberOf = (email: string) => test.sandbox.organization.member(email);
	const count = SEED_MEMBERS.length + SEED_ADMINS.length + HOSTILE.length;

	it.each([
		['a member', ASHA],
		['an admin', ADMIN],
		['one in another case', ASHA.toUpperCase()],
	])('takes %s out, and nobody else', async (_, email) => {
		const { status, json } = await remove(test.sandbox, email);
		expect([status, json()]).toEqual([200, { success: true, message: 'Member removed' }]);
		expect(memberOf(email)).toBeUndefined();
		expect(test.sandbox.organization.members.size).toBe(count - 1);
		expect(test.sandbox.organization.mails).toEqual([]);
	});

	it('is answered with no body, if told to', async () => {
		test.sandbox.unknowns.deleteAnswer = 'empty';
		const { status, text, headers } = await remove(test.sandbox, ASHA);
		expect([status, text]).toEqual([204, '']);
		expect(headers.get('content-type')).toBeNull();
		expect(headers.get('x-periskope-trace-id')).not.toBeNull();
		expect(memberOf(ASHA)).toBeUndefined();
		expect(test.sandbox.requests).toMatchObject([{ status: 204 }]);
	});

	it.each(['body', 'empty'] as const)('says who is not there: %s', async (deleteAnswer) => {
		test.sandbox.unknowns.deleteAnswer = deleteAnswer;
		await remove(test.sandbox, ASHA);
		const [again, never] = [await remove(test.sandbox, ASHA), await remove(test.sandbox, NOBODY)];
		expect([again.status, never.status]).toEqual([404, 404]);
		expect(again.json()).toEqual({
			code: 'NOT_FOUND',
			message: `${ASHA} is not a member of this organization`,
		});
		expect(test.sandbox.violations).toEqual([]);
		expect(test.sandbox.organization.members.size).toBe(count - 1);
	});

	it('leaves nothing behind that an update or a new invitation would find', async () => {
		await update(test.sandbox, { emails: [ASHA], labels: ['VIP'] });
		await remove(test.sandbox, ASHA);
		const updated = await update(test.sandbox, { emails: [ASHA], labels: ['VIP'] });
		expect(updated.json()).toEqual([]);
		const invited = await invite(test.sandbox, { emails: [ASHA] });
		expect(invited.json()).toMatchObject({ addedMembers: [{ email: ASHA, label_ids: null }] });
	});

	it.each(HOSTILE)('decodes the path exactly once: %s', async (email) => {
		expect((await remove(test.sandbox, email)).status).toBe(200);
		expect(HOSTILE.filter((one) => !memberOf(one))).toEqual([email]);
		expect(test.sandbox.violations).toEqual([]);
		expect(test.sandbox.requests).toMatchObject([
			{ method: 'DELETE', path: `/members/${encodeURIComponent(email)}`, rawBody: '' },
		]);
		expect(test.sandbox.requests[0]?.body).toBeUndefined();
	});

	it('takes an at sign that is not encoded, as paths may hold one', async () => {
		expect((await call(test.sandbox, 'DELETE', `/members/${ASHA}`)).status).toBe(200);
	});

	it.each([
		['GET', '/phones%2Fall'],
		['PATCH', '/members%2Faccess'],
		['PATCH', '/members/x%2F..%2Faccess'],
		['POST', '/members%2Finvite'],
		['POST', '/members/invite%2F'],
		['DELETE', '/members%2Fasha.rao%40acme.example'],
		['DELETE', '/members/a/b%40acme.example'],
	])('an encoded slash reaches no other call: %s %s', async (method, path) => {
		const body = { emails: [ASHA], labels: ['VIP'] };
		const { status } = await call(test.sandbox, method, path, method === 'GET' ? {} : { body });
		expect(status).toBe(404);
		expect(test.sandbox.violations).toEqual([`${method} ${path}: the document knows no such call`]);
		expect(test.sandbox.organization.accessOf(ASHA)?.labels).toEqual([]);
		expect(test.sandbox.organization.members.size).toBe(count);
		expect(test.sandbox.organization.mails).toEqual([]);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../sandbox/server';
import { sandboxed } from './sandboxed';

const NEW = 'nina.new@acme.example';
const OTHER = 'otto.new@acme.example';
const ASHA = 'asha.rao@acme.example';
const INVITE = {
	operation: 'invite',
	emails: '={{ $json.email }}',
	role: '={{ $json.role || "member" }}',
	labelsMode: '={{ $json.labelsMode || "set" }}',
	labels: '={{ $json.labels }}',
	orgPhonesMode: '={{ $json.phonesMode || "set" }}',
	orgPhones: '={{ $json.phones }}',
};
const row = (email: string, more: IDataObject = {}) => ({
	email,
	labels: 'Sales',
	phones: '+91 85271-84400',
	...more,
});
const CONTINUE = { settings: { onError: 'continueRegularOutput' as const } };

describe('inviting', () => {
	const test = sandboxed();
	const bodies = () => test.sandbox.changes.map(({ body }) => body);

	it('sends what the vendor documents, and gives an item for each added member on its row', async () => {
		const result = await test.engine.run(INVITE, [row(NEW), row(OTHER)]);
		expect(test.sandbox.changes[0]).toMatchObject({ method: 'POST', path: '/members/invite' });
		expect(bodies()).toEqual([
			{ emails: [NEW, OTHER], role: 'member', labels: ['Sales'], orgPhones: ['918527184400'] },
		]);
		expect(result.items()).toMatchObject([
			{ json: { email: NEW, role: 'member' }, pairedItem: { item: 0 } },
			{ json: { email: OTHER, role: 'member' }, pairedItem: { item: 1 } },
		]);
		expect(result.hints[0]?.message).toBe('2 members invited with 1 request.');
		expect(test.sandbox.organization.accessOf(NEW)).toEqual({
			labels: ['Sales'],
			orgPhones: ['918527184400'],
		});
	});

	it('sends null only for "all", and rejects a blank list', async () => {
		await test.engine.run(INVITE, [row(NEW, { labelsMode: 'all' })]);
		expect(bodies()).toEqual([
			{ emails: [NEW], role: 'member', labels: null, orgPhones: ['918527184400'] },
		]);
		test.sandbox.reset();
		const { error } = await test.engine.run(INVITE, [
			row(NEW, { phones: '' }),
			row(OTHER, { labels: ' , ' }),
		]);
		expect(error?.description).toContain(
			"Row 1: 'Org Phones' is empty.<br />Row 2: 'Labels' is empty.",
		);
		expect(bodies()).toEqual([]);
	});

	it('ignores an option left over from another operation', async () => {
		const { error } = await test.engine.run({ ...INVITE, options: { emptyLists: 'keep' } }, [
			row(NEW, { labels: '' }),
		]);
		expect(error?.message).toBe("Row 1: 'Labels' is empty. Nothing was sent.");
	});

	it('sends neither labels nor org phones for an admin, and does not read them', async () => {
		await test.engine.run(INVITE, [row(NEW, { role: 'admin', labels: '', phones: 'x' })]);
		expect(bodies()).toEqual([{ emails: [NEW], role: 'admin' }]);
	});

	it.each([
		[{ role: 'owner' }, `'Role' must be member or admin, not "owner"`],
		[{ labelsMode: 'keep' }, `'Label Access' must be set or all, not "keep"`],
		[{ phonesMode: 'clear' }, `'Org Phone Access' must be set or all, not "clear"`],
	])('refuses %j before anything is sent', async (cells, problem) => {
		const { error } = await test.engine.run(INVITE, [row(NEW, cells)]);
		expect(error?.message).toBe(`Row 1: ${problem}. Nothing was sent.`);
		expect(bodies()).toEqual([]);
	});

	it("fails the row of each email that Periskope rejects, with Periskope's words, and no other", async () => {
		const result = await test.engine.run(INVITE, [row(ASHA), row(NEW)], CONTINUE);
		expect(result.json()).toMatchObject([
			{
				error: expect.stringMatching(
					`^Row 1, ${ASHA}: Periskope rejected the invitation: .*already a member\\.$`,
				) as unknown,
				message: expect.stringContaining('use Update Access') as unknown,
				details: { email: ASHA, traceId: expect.any(String) as unknown },
			},
			{ email: NEW },
		]);
		expect(test.sandbox.organization.accessOf(ASHA)?.labels).toEqual([]);
	});

	it('fails an email that Periskope returns and rejects at once, and says both', async () => {
		test.sandbox.changeFaults = [
			{
				body: JSON.stringify({
					addedMembers: [{ email: NEW }],
					errors: [{ email: NEW.toUpperCase(), error: { message: 'Mail bounced.' } }],
				}),
			},
		];
		const result = await test.engine.run(INVITE, [row(NEW)], CONTINUE);
		expect(result.json()).toEqual([
			{
				error: `Row 1, ${NEW}: Periskope returned this member, but rejected it too. Periskope rejected the invitation: Mail bounced.`,
				message: expect.stringContaining('The invitation may still have been sent') as unknown,
				details: {
					email: NEW,
					reason: 'rejected',
					applied: 'unknown',
					traceId: expect.any(String) as unknown,
				},
			},
		]);
	});

	it('says of a rejection after a lost response that the invitation may have been sent', async () => {
		test.sandbox.changeFaults = [
			{ status: 503, headers: { 'retry-after': '0.05' }, applied: true },
		];
		const result = await test.engine.run(INVITE, [row(NEW)], CONTINUE);
		expect(result.json()[0]?.error).toContain('already a member');
		test.sandbox.reset();
		test.sandbox.changeFaults = [{ status: 503, headers: { 'retry-after': '' }, applied: true }];
		const again = await test.engine.run(INVITE, [row(NEW)], CONTINUE);
		expect(again.json()[0]?.message).toContain('The invitation may still have been sent');
		expect(test.sandbox.organization.mails).toEqual([NEW]);
	});

	it('sends nothing with Retry On Fail, with which n8n would send it again', async () => {
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const stopped = await test.engine.run(INVITE, [row(NEW)], { settings });
		expect(stopped.error?.message).toContain("'Retry On Fail' is on");
		expect(stopped.error?.description).toContain("Turn off 'Retry On Fail'");
		const continued = await test.engine.run(INVITE, [row(NEW)], {
			settings: { ...settings, onError: 'continueRegularOutput' },
		});
		expect(continued.json()[0]?.error).toContain("'Retry On Fail' is on");
		expect(bodies()).toEqual([]);
		const dryRun = await test.engine.run({ ...INVITE, options: { dryRun: true } }, [row(NEW)], {
			settings,
		});
		expect(dryRun.json()).toMatchObject([{ email: NEW, dryRun: true }]);
	});

	it.each([null, undefined, '', 7, 'stranger@acme.example'])(
		'tells an error without an email of the request to those without a result: %j',
		async (email) => {
			test.sandbox.changeFaults = [
				{
					body: JSON.stringify({
						addedMembers: [{ email: NEW }],
						errors: [{ email, error: { message: 'Seats are used up.' } }],
					}),
				},
			];
			const result = await test.engine.run(INVITE, [row(NEW), row(OTHER)], CONTINUE);
			expect(result.json()).toMatchObject([
				{ email: NEW },
				{ error: expect.stringMatching(/Periskope's message: .*Seats are used up\.$/) as unknown },
			]);
			expect(result.hints[0]?.message).toMatch(/Periskope's message: .*Seats are used up\./);
		},
	);

	it('says that an invitation is not confirmed when the email is neither added nor rejected', async () => {
		test.sandbox.changeFaults = [{ body: '{"addedMembers":[],"errors":[]}' }];
		const result = await test.engine.run(INVITE, [row(NEW)], CONTINUE);
		expect(result.json()[0]?.error).toContain("so the invitation isn't confirmed");
		test.sandbox.changeFaults = [{ body: '{"addedMembers":[],"errors":[]}' }];
		const reported = await test.engine.run({ ...INVITE, options: { missingMembers: 'report' } }, [
			row(NEW),
		]);
		expect(reported.json()).toEqual([
			{
				email: NEW,
				invited: false,
				reason: expect.any(String) as unknown,
				role: 'member',
				labelsMode: 'set',
				labels: ['Sales'],
				orgPhonesMode: 'set',
				orgPhones: ['918527184400'],
			},
		]);
	});

	it('makes one invitation of rows that agree, and rejects rows that differ in the role', async () => {
		const agreeing = await test.engine.run(INVITE, [row(NEW), row(NEW.toUpperCase())]);
		expect(agreeing.items().map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
		expect(test.sandbox.organization.mails).toEqual([NEW]);
		test.sandbox.reset();
		for (const duplicateEmails of ['fail', 'merge']) {
			const { error } = await test.engine.run({ ...INVITE, options: { duplicateEmails } }, [
				row(NEW),
				row(NEW, { role: 'admin' }),
			]);
			expect(error?.description).toContain('is on Row 1 and Row 2, which differ in Role');
		}
		await test.engine.run({ ...INVITE, options: { duplicateEmails: 'lastRow' } }, [
			row(NEW),
			row(NEW, { role: 'admin' }),
		]);
		expect(bodies()).toEqual([{ emails: [NEW], role: 'admin' }]);
	});

	it('plans without inviting anybody in a dry run', async () => {
		const result = await test.engine.run({ ...INVITE, options: { dryRun: true } }, [
			row(NEW),
			row(OTHER, { role: 'admin' }),
		]);
		expect(result.json()).toEqual([
			{
				email: NEW,
				role: 'member',
				labelsMode: 'set',
				labels: ['Sales'],
				orgPhonesMode: 'set',
				orgPhones: ['918527184400'],
				request: 1,
				dryRun: true,
			},
			{ email: OTHER, role: 'admin', request: 2, dryRun: true },
		]);
		expect(bodies()).toEqual([]);
	});
});

describe('an invitation with unknown outcome', () => {
	const test = sandboxed();
	const inviteOnce = async (fault: Fault, settings = CONTINUE) => {
		test.sandbox.changeFaults = [fault];
		return await test.engine.run(
			{ ...INVITE, options: { timeout: 0.3 } },
			[row(NEW), row(OTHER)],
			settings,
		);
	};

	it.each<[string, Fault]>([
		['a timeout', { delayMs: 600 }],
		['a cut connection', { cut: true, applied: true }],
		['half an answer', { cut: 'midBody', applied: true }],
		['a 500', { status: 500, applied: true }],
		['a 502', { status: 502, applied: true }],
		['a 504', { status: 504 }],
		['a 503 that names no time', { status: 503 }],
		['a success that cannot be read', { status: 200, body: '{"ok":true}', applied: true }],
	])('is not repeated after %s, and the rows say that it may have been sent', async (_, fault) => {
		const result = await inviteOnce(fault);
		expect(test.sandbox.changes).toHaveLength(1);
		expect(result.json()).toHaveLength(2);
		for (const { message } of result.json()) {
			expect(message).toContain('The invitation may still have been sent');
		}
	});

	it('stops the node and says that the outcome is unknown', async () => {
		test.sandbox.changeFaults = [{ status: 502, applied: true }];
		const { error } = await test.engine.run(INVITE, [row(NEW)]);
		expect(error?.description).toContain('The invitation may still have been sent');
		expect(error?.description).toContain(
			'0 of 1 email invited, 1 with unknown outcome. Before you run again, check in Periskope',
		);
	});

	it('counts an invitation with unknown outcome when the error shows another request', async () => {
		test.sandbox.onRequest = ({ body }) =>
			JSON.stringify(body).includes(NEW) ? { status: 422 } : { delayMs: 600, applied: true };
		const { error } = await test.engine.run(
			{ ...INVITE, options: { timeout: 0.3, batchSize: 1 } },
			[row(NEW), row(OTHER)],
		);
		expect(error?.message).toContain('Periskope rejected the request');
		expect(error?.description).toContain('0 of 2 emails invited, 1 with unknown outcome.');
		expect(test.sandbox.organization.mails).toEqual([OTHER]);
	});

	it.each<[string, Fault]>([
		['a 429', { status: 429, headers: { 'retry-after': '0.1' } }],
		['a 503 that says when to come back', { status: 503, headers: { 'retry-after': '0.1' } }],
	])('is repeated after %s', async (_, fault) => {
		const result = await inviteOnce(fault);
		expect(test.sandbox.changes).toHaveLength(2);
		expect(result.json().map(({ email }) => email)).toEqual([NEW, OTHER]);
		expect(test.sandbox.organization.mails).toEqual([NEW, OTHER]);
	});

	it('never sends an invitation twice, and reports what happened, with random faults', async () => {
		const people = Array.from({ length: 12 }, (_, index) => `new${index}@acme.example`);
		const fault: fc.Arbitrary<Fault> = fc.oneof(
			fc.constant({}),
			fc.record({ status: fc.constantFrom(500, 502, 503, 504), applied: fc.boolean() }),
			fc.record({ cut: fc.constantFrom(true as const, 'midBody' as const), applied: fc.boolean() }),
			fc.constant({ status: 429, headers: { 'retry-after': '0.01' } }),
			fc.constant({ status: 503, headers: { 'retry-after': '0.01' } }),
			fc.constantFrom(400, 422).map((status) => ({ status, body: '{"message":"No"}' })),
			fc.record({
				status: fc.constant(200),
				body: fc.constantFrom('', '[]'),
				applied: fc.boolean(),
			}),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(fault, { minLength: 12, maxLength: 12 }),
				fc.constantFrom(1, 3, 12),
				async (faults, batchSize) => {
					test.sandbox.reset();
					test.sandbox.changeFaults = faults;
					const result = await test.engine.run(
						{ ...INVITE, options: { batchSize } },
						people.map((email) => row(email)),
						CONTINUE,
					);
					const { mails } = test.sandbox.organization;
					expect(mails).toHaveLength(new Set(mails).size);
					expect(result.json()).toHaveLength(people.length);
					for (const [index, { email, error, message }] of result.json().entries()) {
						const person = people[index] ?? '';
						const isInDoubt =
							(message as string | undefined)?.includes('may still have been sent') ?? false;
						if (error === undefined)
							expect([email, mails.includes(person)]).toEqual([person, true]);
						else if (!isInDoubt) expect(mails).not.toContain(person);
					}
				},
			),
			{ numRuns: 40 },
		);
	}, 60_000);
});

import { describe, expect, it } from '@jest/globals';

import { SEED_MEMBERS } from '../sandbox/seed';
import type { Fault } from '../sandbox/server';
import { sandboxed } from './sandboxed';

const ASHA = 'asha.rao@acme.example';
const BEN = 'ben.okafor@acme.example';
const NOBODY = 'nobody@acme.example';
const DELETE = { operation: 'delete', emails: '={{ $json.email }}' };
const CONTINUE = { settings: { onError: 'continueRegularOutput' as const } };

describe('deleting', () => {
	const test = sandboxed();
	const paths = () => test.sandbox.requests.map(({ method, path }) => `${method} ${path}`);
	const isThere = (email: string) => test.sandbox.organization.member(email) !== undefined;

	it.each(['body', 'empty'] as const)(
		'returns an item for each deleted member, whether the response has a body or none: %s',
		async (deleteAnswer) => {
			test.sandbox.unknowns.deleteAnswer = deleteAnswer;
			const result = await test.engine.run(DELETE, [
				{ email: ASHA },
				{ email: `${BEN}, mei.chen@acme.example` },
			]);
			expect(result.items()).toEqual([
				{ json: { deleted: true, email: ASHA }, pairedItem: { item: 0 } },
				{ json: { deleted: true, email: BEN }, pairedItem: { item: 1 } },
				{ json: { deleted: true, email: 'mei.chen@acme.example' }, pairedItem: { item: 1 } },
			]);
			expect(result.hints[0]?.message).toBe('3 members deleted with 3 requests.');
			expect([ASHA, BEN].some(isThere)).toBe(false);
		},
	);

	it('deletes an email once that several rows name, and returns an item for each of them', async () => {
		const result = await test.engine.run(DELETE, [{ email: ASHA }, { email: ASHA.toUpperCase() }]);
		expect(paths()).toHaveLength(1);
		expect(result.json()).toMatchObject([{ deleted: true }, { deleted: true }]);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('sends nothing where it would be more than Max Deletions, and says how many and what to raise', async () => {
		const rows = SEED_MEMBERS.slice(0, 11).map((email) => ({ email }));
		const { error } = await test.engine.run(DELETE, [...rows, { email: ASHA.toUpperCase() }]);
		expect(error?.message).toBe("The run has 11 members, and 'Max Deletions' allows 10.");
		expect(error?.description).toBe(
			"Nothing was sent. Check the rows. If they are right, raise 'Max Deletions'.",
		);
		const withBad = await test.engine.run(DELETE, [{ email: 'oops' }, ...rows]);
		expect(withBad.error?.message).toContain('Row 1: Emails: "oops" isn\'t an email address.');
		expect(withBad.error?.description).toContain('The run has 11 members');
		const continued = await test.engine.run(DELETE, rows, CONTINUE);
		expect(continued.json()).toHaveLength(11);
		for (const { error: said } of continued.json()) expect(said).toContain('Max Deletions');
		expect(paths()).toEqual([]);
	});

	it('deletes as many as Max Deletions allows, and no row without an email counts', async () => {
		const rows = SEED_MEMBERS.slice(0, 11).map((email) => ({ email }));
		const options = { maxDeletions: 11 };
		const result = await test.engine.run(
			{ ...DELETE, options },
			[...rows, { email: '' }],
			CONTINUE,
		);
		expect(result.json().filter(({ deleted }) => deleted === true)).toHaveLength(11);
		expect(result.json().at(-1)?.error).toBe("Row 12: 'Emails' is empty.");
	});

	it('shows all of them in a dry run, and deletes none', async () => {
		const rows = SEED_MEMBERS.slice(0, 12).map((email) => ({ email }));
		const result = await test.engine.run({ ...DELETE, options: { dryRun: true } }, rows);
		expect(result.json()).toEqual(
			rows.map(({ email }, index) => ({ email, request: index + 1, dryRun: true })),
		);
		expect(paths()).toEqual([]);
	});

	it("fails the row of a member that isn't there, with Periskope's words, unless the option says otherwise", async () => {
		const failed = await test.engine.run(DELETE, [{ email: NOBODY }, { email: ASHA }], CONTINUE);
		expect(failed.json()).toMatchObject([
			{ error: expect.stringContaining(`${NOBODY} is not a member`) as unknown },
			{ deleted: true, email: ASHA },
		]);
		const run = async (missingMembers: string) =>
			await test.engine.run({ ...DELETE, options: { missingMembers } }, [{ email: NOBODY }]);
		expect((await run('report')).json()).toEqual([
			{ email: NOBODY, deleted: false, reason: expect.stringContaining('not a member') as unknown },
		]);
	});

	it('has no option that lets the row of a missing member vanish', async () => {
		const options = { missingMembers: 'ignore' };
		const { error } = await test.engine.run({ ...DELETE, options }, [{ email: NOBODY }]);
		expect(error?.message).toBe(
			`Row 1: 'When a Member Isn't Returned' must be fail or report, not "ignore". Nothing was sent.`,
		);
		expect(paths()).toEqual([]);
	});

	it.each<[string, Fault, string]>([
		['a login page', { body: '<!doctype html><h1>Log in</h1>' }, "isn't the Periskope API"],
		['no success', { body: '{"success":false,"message":"Last owner."}' }, 'Last owner'],
		['a success with an error', { body: '{"success":true,"error":"Later"}' }, 'Later'],
		['an error', { body: '{"error":{"message":"No."}}' }, 'No'],
		['a code', { body: '{"code":"PLAN_EXPIRED","message":"Renew."}' }, 'Renew'],
		['a list', { body: '[]' }, 'HTTP status 200'],
		['null', { body: 'null' }, 'for this call'],
		['a success of nothing', { body: '{"success":true,"deleted":false}' }, 'for this call'],
		['a success with a code', { body: '{"success":true,"code":"NOT_FOUND"}' }, 'for this call'],
		['the success of another', { body: '{"success":true,"email":"x@y.zz"}' }, 'for this call'],
		['deep nesting', { body: `${'['.repeat(6000)}${']'.repeat(6000)}` }, 'for this call'],
		['success as text', { body: '{"success":"true"}' }, 'for this call'],
		['a promise', { status: 202, body: '{"success":true}' }, 'HTTP status 202'],
		['nothing yet', { status: 202, body: '' }, 'HTTP status 202'],
		['several results', { status: 207, body: '{"success":true}' }, 'HTTP status 207'],
		['a redirect to a result', { status: 303, headers: { location: '/' } }, 'redirects'],
	])('is not done where Periskope responds with %s', async (_, fault, words) => {
		const headers = {
			'content-type': fault.body?.startsWith('<') ? 'text/html' : 'application/json',
		};
		test.sandbox.faults = [{ headers, ...fault }];
		const result = await test.engine.run(DELETE, [{ email: ASHA }], CONTINUE);
		expect(result.json()).toMatchObject([
			{
				error: expect.stringContaining(words) as unknown,
				message: expect.stringContaining('The member may still have been deleted') as unknown,
			},
		]);
	});

	it.each([
		[
			'text of a load balancer',
			{ status: 404, body: 'default backend - 404', headers: { 'content-type': 'text/plain' } },
		],
		['nothing', { status: 404, body: '' }],
		[
			'a page that begins with its title',
			{ status: 404, body: '<title>Not found</title>', headers: { 'content-type': 'text/html' } },
		],
	])(
		"doesn't take another server's 404 for a missing member, even after a success: %s",
		async (_, fault) => {
			test.sandbox.onRequest = ({ index }) => (index === 0 ? undefined : fault);
			const options = { missingMembers: 'report', concurrentRequests: 1 };
			const result = await test.engine.run(
				{ ...DELETE, options },
				[{ email: ASHA }, { email: BEN }],
				CONTINUE,
			);
			expect(result.json()).toMatchObject([
				{ deleted: true, email: ASHA },
				{ error: expect.stringContaining("isn't the Periskope API") as unknown },
			]);
			expect(isThere(BEN)).toBe(true);
		},
	);

	it('says what is wrong with the key where that is why the Base URL cannot be confirmed', async () => {
		test.sandbox.onRequest = ({ path }) =>
			path === '/phones/all'
				? { status: 401, body: '{"message":"Invalid key"}' }
				: { status: 404, body: '{"message":"Not found"}' };
		const options = { concurrentRequests: 1 };
		const result = await test.engine.run(
			{ ...DELETE, options },
			[{ email: ASHA }, { email: BEN }],
			CONTINUE,
		);
		expect(result.json()[0]).toMatchObject({
			error: expect.stringContaining('Invalid key') as unknown,
			message: expect.stringContaining('Check the API key') as unknown,
		});
		expect(result.json()[1]?.error).toContain('Not sent: Periskope rejected the API key');
	});

	describe('from a server that has no such path', () => {
		const noPath = {
			status: 404,
			body: '{"message":"Cannot DELETE /members/x","error":"Not Found"}',
			headers: { 'content-type': 'application/json' },
		};
		const rows = SEED_MEMBERS.slice(0, 8).map((email) => ({ email }));

		it.each(['fail', 'report'])(
			'says so and ends the run after one request and one check: %s',
			async (missingMembers) => {
				test.sandbox.onRequest = () => noPath;
				const options = { missingMembers, concurrentRequests: 1 };
				const result = await test.engine.run({ ...DELETE, options }, rows, CONTINUE);
				expect(paths()).toEqual([
					`DELETE /members/${encodeURIComponent(rows[0]?.email ?? '')}`,
					'GET /phones/all',
				]);
				const [first, ...others] = result.json();
				expect(first?.error).toContain("the Base URL couldn't be confirmed");
				expect(first?.message).toContain('Check the Base URL');
				for (const { error } of others) expect(error).toContain('Not sent: ');
			},
		);

		it('is asked once in a run, however many members are missing', async () => {
			const missing = SEED_MEMBERS.slice(0, 8).map((email) => ({ email: `x${email}` }));
			const options = { missingMembers: 'report' };
			const result = await test.engine.run({ ...DELETE, options }, missing);
			expect(result.json().map(({ deleted }) => deleted)).toEqual(missing.map(() => false));
			expect(paths().filter((path) => path === 'GET /phones/all')).toHaveLength(1);
		});

		it('is asked again after a temporary error', async () => {
			let asked = 0;
			test.sandbox.onRequest = ({ path }) =>
				path === '/phones/all' && ++asked < 3 ? { status: 503 } : undefined;
			const options = { missingMembers: 'report' };
			const result = await test.engine.run({ ...DELETE, options }, [{ email: NOBODY }]);
			expect(result.json()).toMatchObject([{ email: NOBODY, deleted: false }]);
			expect(asked).toBe(3);
		});
	});

	it('does not take a web page with 404 for a member that is missing', async () => {
		test.sandbox.faults = [
			{
				status: 404,
				body: '<!doctype html><h1>Not found</h1>',
				headers: { 'content-type': 'text/html' },
			},
		];
		const { error } = await test.engine.run({ ...DELETE, options: { missingMembers: 'report' } }, [
			{ email: ASHA },
		]);
		expect(error?.description).toContain('Base URL in the credential');
	});

	it.each<[string, Fault]>([
		['a cut connection', { cut: true, applied: true }],
		['a 500', { status: 500, applied: true }],
	])('says that the outcome is unknown if "not found" follows %s', async (_, fault) => {
		// The member whose deletion may have been applied looks like one who is misspelled.
		for (const email of [ASHA, NOBODY]) {
			test.sandbox.reset();
			test.sandbox.faults = [{ ...fault, applied: email === ASHA }];
			const result = await test.engine.run(DELETE, [{ email }], CONTINUE);
			expect(result.json()).toEqual([
				expect.objectContaining({
					error: expect.stringContaining('found no member') as unknown,
					details: expect.objectContaining({
						reason: 'notReturned',
						applied: 'unknown',
					}) as unknown,
				}),
			]);
			const path = `DELETE /members/${encodeURIComponent(email)}`;
			expect(paths()).toEqual([path, path, 'GET /phones/all']);
		}
	});

	it("says that nothing was applied after a 429, which can't have been applied", async () => {
		test.sandbox.faults = [{ status: 429, headers: { 'retry-after': '0.1' } }];
		const result = await test.engine.run(DELETE, [{ email: NOBODY }], CONTINUE);
		expect(result.json()[0]?.error).toContain('is not a member');
	});

	it.each([
		'../phones/all@acme.example',
		'..%2Fphones%2Fall',
		'a/../../phones/all',
		'.',
		'..',
		'asha.rao@acme.example/../ben.okafor@acme.example',
		'asha.rao@acme.example?x=1',
		'asha.rao@acme.example#',
	])('never leads to another path with %j', async (email) => {
		const result = await test.engine.run(DELETE, [{ email }], CONTINUE);
		expect(result.json()[0]?.error).toContain("isn't an email address");
		expect(paths()).toEqual([]);
	});

	it.each([
		'a/b@acme.example',
		'a?b=1@acme.example',
		'a#b@acme.example',
		'a%2Fb@acme.example',
		"o'neil+x&y@acme.example",
	])('encodes what an email may hold, once: %s', async (email) => {
		const result = await test.engine.run(DELETE, [{ email }], CONTINUE);
		expect(paths()).toEqual([`DELETE /members/${encodeURIComponent(email)}`, 'GET /phones/all']);
		expect(result.json()[0]?.error).toContain(`${email} is not a member`);
	});
});

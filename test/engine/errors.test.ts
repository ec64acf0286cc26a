import { describe, expect, it } from '@jest/globals';
import type { INode, INodeExecutionData } from 'n8n-workflow';

import { NODE, node } from './engine';
import { sandboxed } from './sandboxed';

const ASHA = 'asha.rao@acme.example';
const BEN = 'ben.okafor@acme.example';
const NOBODY = 'nobody@acme.example';
const FROM_SHEET = { emails: '={{ $json.email }}', labels: '={{ $json.labels }}' };

const errorsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.error);

describe('rows that need correction', () => {
	const test = sandboxed();
	const sheet = Array.from({ length: 50 }, (_, index) => ({
		email: `row${index}@acme.example`,
		labels: 'Sales',
	}));

	it('name both bad rows of fifty, and send nothing', async () => {
		const rows = sheet
			.with(11, { email: 'not an email', labels: 'Sales' })
			.with(40, { email: ASHA, labels: ' ' });
		const { error, items } = await test.engine.run(FROM_SHEET, rows);
		expect(error?.name).toBe('NodeOperationError');
		expect(error?.message).toBe('2 rows need correction. Nothing was sent.');
		// A line each, in the editor's way.
		expect(error?.description).toContain(
			"Row 12: Emails: \"not an email\" isn't an email address.<br />Row 41: 'Labels' is empty.<br />",
		);
		expect(error?.description).toMatch(/Correct these rows and run again\.$/);
		expect(error?.context.itemIndex).toBe(11);
		expect(items()).toEqual([]);
		expect(test.sandbox.requests).toEqual([]);
	});

	it('keep brackets readable where the editor shows HTML, and are not repeated below themselves', async () => {
		const alone = await test.engine.run(FROM_SHEET, [{ email: 'Ben <b>x</b>', labels: 'a' }]);
		expect(alone.error?.message).toContain('Ben ‹b›x‹/b›');
		expect(alone.error?.description).toBe(
			'Nothing was sent for this row. Correct it and run it again.',
		);
		const two = await test.engine.run(FROM_SHEET, [
			{ email: 'Ben <b>x</b>', labels: 'a' },
			{ email: ASHA, labels: '' },
		]);
		expect(two.error?.description).toContain('"Ben ‹b›x‹/b›" isn\'t an email address.');
	});

	it('name the first twenty rows and count the rest', async () => {
		const { error } = await test.engine.run(
			FROM_SHEET,
			Array.from({ length: 25 }, () => ({ email: '', labels: 'a' })),
		);
		expect(error?.description).toContain("Row 20: 'Emails' is empty.");
		expect(error?.description).not.toContain('Row 21');
		expect(error?.description).toContain('… and 5 more.');
	});

	it('become error items when errors are continued, and the others are sent', async () => {
		const result = await test.engine.run(
			FROM_SHEET,
			[
				{ email: 'x', labels: 'Sales' },
				{ email: ASHA, labels: 'Sales' },
			],
			{
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(result.items()[0]).toEqual({
			json: {
				error: 'Row 1: Emails: "x" isn\'t an email address.',
				message: 'Nothing was sent for this row. Correct it and run it again.',
				details: { email: 'x', reason: 'invalidRow', applied: 'no' },
			},
			pairedItem: { item: 0 },
		});
		expect(result.json()[1]).toMatchObject({ email: ASHA });
	});

	it.each([
		[
			'a mode that is none',
			{ labelsMode: 'Cleared' },
			`'Label Access' must be set, keep or clear, not "Cleared"`,
		],
		[
			'an empty mode',
			{ orgPhonesMode: '={{ "" }}' },
			"'Org Phone Access' is empty. It must be set, keep or clear",
		],
		['both kept', { labelsMode: 'keep' }, 'Nothing to update'],
		['an object for labels', { labels: '={{ ({a: 1}) }}' }, "'Labels' contains an object"],
		[
			'a rounded phone',
			{ orgPhonesMode: 'set', orgPhones: '=9.18825E+11' },
			'the sheet has rounded',
		],
		[
			'an expression that fails',
			{ labels: "={{ $('Nowhere').item.json.labels }}" },
			"'Labels': the expression can't be evaluated: ",
		],
		[
			'a batch size of text',
			{ options: { batchSize: '={{ "many" }}' } },
			`'Batch Size' must be a whole number from 1 to 1000, not "many"`,
		],
		[
			'a dry run that is blank',
			{ options: { dryRun: '={{ "" }}' } },
			"'Dry Run' is empty. It must be true or false",
		],
	])('refuse %s', async (_, parameters, problem) => {
		const { error } = await test.engine.run({ emails: ASHA, labels: 'Sales', ...parameters }, [
			{ labels: 'x' },
		]);
		expect(error?.message).toContain(problem);
		expect(test.sandbox.requests).toEqual([]);
	});

	it('never turn a blank cell into null or an empty list', async () => {
		const blanks = ['', ' ', null, [], ['', null], '\u200b', '[]', ' , ;\n'];
		const result = await test.engine.run(
			FROM_SHEET,
			blanks.map((labels) => ({ email: ASHA, labels })),
			{ settings: { onError: 'continueRegularOutput' } },
		);
		expect(result.json().map(({ error }) => error)).toEqual(
			blanks.map((_, index) => `Row ${index + 1}, ${ASHA}: 'Labels' is empty.`),
		);
		expect(test.sandbox.requests).toEqual([]);
	});
});

describe('requests that fail', () => {
	const test = sandboxed();
	const refused = {
		status: 422,
		body: '{"code":"VALIDATION_ERROR","message":"Nope.","fields":{"labels":{"message":"labels is odd"}}}',
	};

	it("stop the node with the first row, Periskope's words, the trace id and what had been updated", async () => {
		test.sandbox.onRequest = ({ body }) =>
			JSON.stringify(body).includes('VIP')
				? { ...refused, headers: { 'x-periskope-trace-id': 'trace-7' } }
				: undefined;
		const { error } = await test.engine.run({ ...FROM_SHEET, options: { concurrentRequests: 1 } }, [
			{ email: ASHA, labels: 'Sales' },
			{ email: BEN, labels: 'VIP' },
			{ email: 'mei.chen@acme.example', labels: 'North' },
		]);
		expect(error?.name).toBe('NodeApiError');
		expect(error?.message).toBe('Periskope rejected the request: Nope; labels is odd.');
		expect(error?.description).toContain('Row 2 is the first row of the request');
		expect(error?.description).toContain('1 of 3 emails updated. Running again is safe');
		expect(error?.description).toContain('trace-7');
		expect(error?.context.itemIndex).toBe(1);
		expect(error).toMatchObject({ httpCode: '422' });
		expect(test.sandbox.requests).toHaveLength(2);
	});

	it('keep their words even where an email contains the name of a system error', async () => {
		const { error } = await test.engine.run({ emails: 'theaccess@acme.example', labels: 'Sales' });
		expect(error?.message).toContain('theaccess@acme.example');
	});

	it('give each of their rows an item with exactly error, message and details', async () => {
		test.sandbox.faults = [{ ...refused, headers: { 'x-periskope-trace-id': 'trace-8' } }];
		const result = await test.engine.run(FROM_SHEET, [{ email: ASHA, labels: 'Sales' }], {
			settings: { onError: 'continueRegularOutput' },
		});
		expect(result.items()).toEqual([
			{
				json: {
					error: `Row 1, ${ASHA}: Periskope rejected the request: Nope; labels is odd.`,
					message: 'Correct the value that Periskope names.',
					details: {
						email: ASHA,
						reason: 'rejected',
						applied: 'no',
						httpCode: '422',
						code: 'VALIDATION_ERROR',
						fields: { labels: { message: 'labels is odd' } },
						traceId: 'trace-8',
					},
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each([
		['no list', '{"ok":true}', "The response isn't what Periskope documents for this call"],
		['a list without emails', '[{"id":1}]', "isn't what Periskope documents"],
		['a web page', '<!doctype html><p>hello</p>', "isn't the Periskope API"],
		['nothing', '', "isn't what Periskope documents"],
		['words', '{"code":"PLAN_EXPIRED","message":"Renew."}', 'for this call: Renew.'],
	])('include a success that holds %s', async (_, body, words) => {
		test.sandbox.faults = [
			{
				status: 200,
				body,
				headers: { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json' },
			},
		];
		const result = await test.engine.run(FROM_SHEET, [{ email: ASHA, labels: 'Sales' }], {
			settings: { onError: 'continueRegularOutput' },
		});
		expect(errorsOf(result.items())[0]).toContain(words);
		expect(result.json()[0]?.message).toContain('The change may still have been applied.');
	});

	it('say that Periskope did not respond in time, and that the change may still have been applied', async () => {
		test.sandbox.faults = [{ delayMs: 1000 }];
		const result = await test.engine.run(
			{ ...FROM_SHEET, options: { timeout: 0.2, maxRetries: 0 } },
			[{ email: ASHA, labels: 'Sales' }],
			{
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(result.json()[0]).toMatchObject({
			error: `Row 1, ${ASHA}: Periskope didn't respond in time.`,
			details: { code: 'ECONNABORTED' },
		});
		expect(result.json()[0]?.message).toContain('may still have been applied');
	});

	it('say that the connection broke', async () => {
		test.sandbox.faults = [{ cut: true }];
		const once = { ...FROM_SHEET, options: { maxRetries: 0 } };
		const { error } = await test.engine.run(once, [{ email: ASHA, labels: 'Sales' }]);
		expect(error?.message).toBe('The connection to Periskope broke before the response arrived.');
		expect(error?.description).toContain('The change may still have been applied.');
	});
});

describe('the error branch', () => {
	const test = sandboxed();
	const rows = [
		{ email: ASHA, labels: 'Sales', team: 'north' },
		{ email: NOBODY, labels: 'Sales', team: 'south' },
		{ email: 'oops', labels: 'Sales', team: 'east' },
		{ email: BEN, labels: 'VIP', team: 'west' },
	];
	const look = { value: "={{ $('Source').item.json.team }}" };
	const branches = {
		nodes: [node('After', 'look', look), node('Failed', 'look', look)],
		connections: {
			[NODE]: {
				main: [
					[{ node: 'After', type: 'main' as const, index: 0 }],
					[{ node: 'Failed', type: 'main' as const, index: 0 }],
				],
			},
		},
	};

	it('holds the failed rows merged with their source, and both branches can look back', async () => {
		const result = await test.engine.run(FROM_SHEET, rows, {
			settings: { onError: 'continueErrorOutput' },
			more: branches,
		});
		expect(result.json().map(({ email }) => email)).toEqual([ASHA, BEN]);
		expect(result.json(NODE, 1)).toMatchObject([
			{ email: NOBODY, team: 'south', details: { email: NOBODY } },
			{
				email: 'oops',
				team: 'east',
				error: 'Row 3: Emails: "oops" isn\'t an email address.',
			},
		]);
		expect(result.json('After')).toEqual([{ value: 'north' }, { value: 'west' }]);
		expect(result.json('Failed')).toEqual([{ value: 'south' }, { value: 'east' }]);
	});
});

describe('a run that cannot begin', () => {
	const test = sandboxed();
	const rows = [
		{ email: ASHA, labels: 'Sales' },
		{ email: BEN, labels: 'VIP' },
	];
	const NO_CREDENTIAL = { credentials: {} };
	const runs: Array<[string, Record<string, string>, Partial<INode>, string, string]> = [
		[
			'n8n cannot read the credential',
			{},
			NO_CREDENTIAL,
			"n8n couldn't read the Periskope credential: ",
			'Check that the node has a credential, and that n8n can open it.',
		],
		[
			'the node has no such operation',
			{ operation: 'listAccess' },
			{},
			'This version of the Periskope node has no operation "listAccess" for "member"',
			'Choose an operation from the list, or update the node.',
		],
	];

	it.each(runs)(
		'fails every row, and sends none on as a success, where %s',
		async (_, parameters, settings, what, advice) => {
			for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
				const result = await test.engine.run({ ...FROM_SHEET, ...parameters }, rows, {
					settings: { ...settings, onError },
				});
				const output = onError === 'continueErrorOutput' ? 1 : 0;
				expect(result.error).toBeUndefined();
				expect(result.items(NODE, 1 - output)).toEqual([]);
				const failed = result.items(NODE, output);
				expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
				for (const { json } of failed) {
					expect(json.error).toContain(what);
					expect(json.message).toContain(advice);
				}
			}
			expect(test.sandbox.requests).toEqual([]);
		},
	);

	it.each(runs)(
		'stops the node where errors are not continued: %s',
		async (...[, parameters, settings, what]) => {
			const { error, items } = await test.engine.run({ ...FROM_SHEET, ...parameters }, rows, {
				settings,
			});
			expect(error?.message).toContain(what);
			expect(items()).toEqual([]);
			expect(test.sandbox.requests).toEqual([]);
		},
	);

	it('needs no credential for a dry run', async () => {
		const result = await test.engine.run({ ...FROM_SHEET, options: { dryRun: true } }, rows, {
			settings: NO_CREDENTIAL,
		});
		expect(result.json()).toMatchObject([{ dryRun: true }, { dryRun: true }]);
	});

	it('keeps its message where no node stands before it', async () => {
		const result = await test.engine.execute(
			[
				{
					...node(NODE, 'periskope', {
						resource: 'member',
						operation: 'updateAccess',
						emails: 'asha',
						labels: 'Sales',
					}),
					onError: 'continueErrorOutput',
				},
			],
			{},
			{},
		);
		// Some releases of n8n leave no more than that of such an item.
		expect(result.json(NODE, 1)).toMatchObject([
			{ error: 'Row 1: Emails: "asha" isn\'t an email address.' },
		]);
	});
});

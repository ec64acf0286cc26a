import { describe, expect, it } from '@jest/globals';

import { sandboxed } from './sandboxed';

const ASHA = 'asha.rao@acme.example';
const BEN = 'ben.okafor@acme.example';
const NEW = 'new@acme.example';
const CONTINUE = { settings: { onError: 'continueRegularOutput' as const } };
const FROM_SHEET = { emails: '={{ $json.email }}', labels: '={{ $json.labels }}' };

describe('an email that a row names which cannot be read', () => {
	const test = sandboxed();
	const sentEmails = () =>
		test.sandbox.changes.flatMap(({ body }) => (body as { emails: string[] }).emails);

	it.each([
		['before it', ['#N/A', 'Sales, VIP'], [0, 1]],
		['after it', ['Sales, VIP', '#N/A'], [1, 0]],
	])('is held back on its other rows, %s', async (_, labels, [bad, other]) => {
		const rows = [
			...labels.map((label) => ({ email: ASHA, labels: label })),
			{ email: BEN, labels: 'VIP' },
		];
		const result = await test.engine.run(FROM_SHEET, rows, CONTINUE);
		const failed = result.json();
		expect(failed[bad ?? 0]?.error).toContain("isn't a label name");
		expect(failed[other ?? 0]).toEqual({
			error: `Row ${(other ?? 0) + 1}: ${ASHA} is also on Row ${(bad ?? 0) + 1}, which needs correction.`,
			message: `Nothing was sent for this email. Correct Row ${(bad ?? 0) + 1} and run both rows again.`,
			details: { email: ASHA, reason: 'notSent', applied: 'no' },
		});
		expect(failed[2]).toMatchObject({ email: BEN });
		expect(sentEmails()).toEqual([BEN]);
	});

	it('is held back in any spelling, while other emails of the row are sent', async () => {
		const rows = [
			{ email: `${ASHA}, ${BEN}`, labels: 'Sales' },
			{ email: ASHA.toUpperCase(), labels: '' },
		];
		const result = await test.engine.run(FROM_SHEET, rows, CONTINUE);
		expect(result.json()).toMatchObject([
			{ error: expect.anything() },
			{ email: BEN },
			{ error: expect.anything() },
		]);
		expect(sentEmails()).toEqual([BEN]);
	});

	it.each(['fail', 'merge', 'lastRow'])(
		"is held back with 'When an Email Repeats' on %s",
		async (duplicateEmails) => {
			const rows = [
				{ email: NEW, role: 'admin' },
				{ email: NEW, role: 'boss' },
			];
			const result = await test.engine.run(
				{
					...FROM_SHEET,
					operation: 'invite',
					role: '={{ $json.role }}',
					labels: 'Sales',
					orgPhonesMode: 'all',
					options: { duplicateEmails },
				},
				rows,
				CONTINUE,
			);
			expect(result.json().map(({ error }) => error)).toEqual([
				`Row 1: ${NEW} is also on Row 2, which needs correction.`,
				`Row 2, ${NEW}: 'Role' must be member or admin, not "boss".`,
			]);
			expect(test.sandbox.requests).toEqual([]);
		},
	);

	it('is held back where another expression of its row cannot be evaluated', async () => {
		const rows = [
			{ email: ASHA, labels: 'Sales' },
			{ email: ASHA, labels: null },
		];
		const result = await test.engine.run(
			{
				...FROM_SHEET,
				labels: "={{ $json.labels ?? $('Nowhere').item.json.labels }}",
			},
			rows,
			CONTINUE,
		);
		expect(result.json().map(({ error }) => error)).toEqual([
			`Row 1: ${ASHA} is also on Row 2, which needs correction.`,
			expect.stringContaining(`Row 2, ${ASHA}: 'Labels': the expression can't be evaluated: `),
		]);
		expect(test.sandbox.requests).toEqual([]);
	});

	it('is not held back by a row that keeps everything as it is', async () => {
		for (const duplicateEmails of ['fail', 'merge', 'lastRow']) {
			const result = await test.engine.run(
				{ ...FROM_SHEET, options: { duplicateEmails, emptyLists: 'keep' } },
				[
					{ email: ASHA, labels: 'Sales' },
					{ email: ASHA, labels: '' },
				],
				CONTINUE,
			);
			expect(result.json()).toMatchObject([
				{ email: ASHA },
				{ error: expect.stringContaining('Nothing to update') as unknown },
			]);
		}
	});

	it.each([`${ASHA} (left)`, `"${ASHA}"`, `['${ASHA}', '${BEN}']`, `{${ASHA},${BEN}}`])(
		'is found within a text that is no email: %s',
		async (email) => {
			const rows = [
				{ email: ASHA, labels: 'Sales' },
				{ email, labels: 'VIP' },
			];
			const result = await test.engine.run(FROM_SHEET, rows, CONTINUE);
			expect(result.json()[0]?.error).toContain('is also on Row 2, which needs correction');
			expect(test.sandbox.requests).toEqual([]);
		},
	);

	it('is not deleted either', async () => {
		const rows = [{ email: ASHA }, { email: `${ASHA}, oops` }, { email: BEN }];
		const result = await test.engine.run(
			{ operation: 'delete', emails: '={{ $json.email }}' },
			rows,
			CONTINUE,
		);
		expect(result.json().filter(({ deleted }) => deleted === true)).toEqual([
			{ deleted: true, email: BEN },
		]);
		expect(test.sandbox.organization.member(ASHA)).toBeDefined();
	});

	it('counts as no row to correct where errors stop the workflow', async () => {
		const rows = [
			{ email: ASHA, labels: 'Sales' },
			{ email: ASHA, labels: '#N/A' },
		];
		const { error } = await test.engine.run(FROM_SHEET, rows);
		expect(error?.message).toBe(
			'Row 2: Labels: "#N/A" isn\'t a label name. It looks like an empty or error value. Nothing was sent.',
		);
		expect(test.sandbox.requests).toEqual([]);
	});
});

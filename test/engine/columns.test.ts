import { describe, expect, it } from '@jest/globals';

import { compareColumns } from './columns';
import { sandboxed } from './sandboxed';

it('a column has the value that n8n evaluates, whatever the rows hold', async () => {
	const { compared, fromRow } = await compareColumns(400);
	expect(compared).toBeGreaterThan(1500);
	expect(fromRow).toBeGreaterThan(compared / 4);
});

describe('a column that a row lacks', () => {
	const test = sandboxed();

	it('is named in the message, with those that the row has', async () => {
		const parameters = {
			emails: '={{ $json.email }}',
			labelsMode: '={{ $json.mode }}',
			labels: '={{ $json["Team labels"] }}',
			options: { batchSize: '={{ $json.size }}' },
		};
		const { error } = await test.engine.run(parameters, [{ Email: 'a@b.co', 'Team label': 'VIP' }]);
		const lacks = (column: string) =>
			`This row has no column '${column}'. It has: 'Email', 'Team label'`;
		expect(error?.message).toBe(
			`Row 1: 'Batch Size' is empty. ${lacks('size')}. 'Emails' is empty. ${lacks('email')}. Use {{ $json.Email }}. 'Label Access' is empty. ${lacks('mode')}. Nothing was sent.`,
		);
		expect(test.sandbox.requests).toEqual([]);
	});

	it('is an empty list where an empty list keeps access unchanged and other rows have it', async () => {
		const parameters = {
			emails: '={{ $json.email }}',
			labels: '={{ $json.labels }}',
			orgPhonesMode: 'set',
			orgPhones: '918527184400',
			options: { emptyLists: 'keep' },
		};
		const rows = [
			{ email: 'asha.rao@acme.example' },
			{ email: 'ben.okafor@acme.example', labels: 'VIP' },
		];
		await test.engine.run(parameters, rows);
		expect(test.sandbox.requests.map(({ body }) => body)).toContainEqual({
			emails: ['asha.rao@acme.example'],
			orgPhones: ['918527184400'],
		});
	});

	it.each([
		['no row has it', { email: 'a@b.co', team: 'VIP' }],
		['the row has a similar one', { email: 'a@b.co', Labels: 'VIP' }],
		['the row has it within another one', { email: 'a@b.co', fields: { labels: 'VIP' } }],
		['a byte order mark is in its name', { email: 'a@b.co', '\ufefflabels': 'VIP' }],
	])('is a mistake with that option too where %s', async (_, row) => {
		const parameters = {
			emails: '={{ $json.email }}',
			labels: '={{ $json.labels }}',
			orgPhonesMode: 'set',
			orgPhones: '918527184400',
			options: { emptyLists: 'keep' },
		};
		const { error } = await test.engine.run(parameters, [row, row]);
		expect(error?.description).toContain("This row has no column 'labels'");
		expect(test.sandbox.changes).toEqual([]);
	});

	it.each([';', '\t'])(
		'is all columns in one where the delimiter is another: %j',
		async (delimiter) => {
			const name = `email${delimiter}manager`;
			const row = { [name]: `a@b.co${delimiter}c@d.co` };
			const dragged = await test.engine.run(
				{ operation: 'delete', emails: `={{ $json["${name}"] }}` },
				[row],
			);
			expect(dragged.error?.message).toContain(
				"'Emails': the column contains several columns. Set 'Delimiter' in Extract from File to the character that separates the columns.",
			);
			const typed = await test.engine.run({ emails: '={{ $json.email }}', labels: 'VIP' }, [row]);
			expect(typed.error?.message).toContain("Set 'Delimiter' in Extract from File");
			expect(test.sandbox.requests).toEqual([]);
		},
	);
});

describe('columns with Execute Once', () => {
	const test = sandboxed();

	it('are read from the first row alone', async () => {
		const rows = [
			{ email: 'asha.rao@acme.example', labels: 'Sales' },
			{ email: 'ben.okafor@acme.example', labels: 'VIP' },
		];
		const result = await test.engine.run(
			{ emails: '={{ $json.email }}', labels: '={{ $json.labels }}' },
			rows,
			{ settings: { executeOnce: true } },
		);
		expect(result.json().map(({ email }) => email)).toEqual(['asha.rao@acme.example']);
	});
});

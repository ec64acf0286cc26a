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
			`this row has no column '${column}'. It has: 'Email', 'Team label'`;
		expect(error?.message).toBe(
			`Row 1: Batch Size: ${lacks('size')}. Emails: ${lacks('email')}. Use {{ $json.Email }}. Labels Mode: ${lacks('mode')}. Nothing was sent.`,
		);
		expect(test.sandbox.requests).toEqual([]);
	});

	it('is an empty list where an empty list keeps access unchanged', async () => {
		const parameters = {
			emails: '={{ $json.email }}',
			labels: '={{ $json.labels }}',
			orgPhonesMode: 'set',
			orgPhones: '918527184400',
			options: { emptyLists: 'keep' },
		};
		await test.engine.run(parameters, [{ email: 'asha.rao@acme.example' }]);
		expect(test.sandbox.requests.map(({ body }) => body)).toEqual([
			{ emails: ['asha.rao@acme.example'], orgPhones: ['918527184400'] },
		]);
	});
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

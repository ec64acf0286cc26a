import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { SEED_PHONES } from '../sandbox/seed';
import { sandboxed } from './sandboxed';

const GET_MANY = { resource: 'orgPhone', operation: 'getAll' };
const CONTINUE = { settings: { onError: 'continueRegularOutput' as const } };
const SIMPLIFIED = SEED_PHONES.map(({ org_phone, phone_name, wa_state }) => ({
	orgPhone: org_phone?.replace('@c.us', '') ?? null,
	phone_name,
	wa_state,
	labels: [],
}));

describe('Get Many of org phones', () => {
	const test = sandboxed();

	it('gives an item for each phone as Periskope lists it', async () => {
		const result = await test.engine.run(GET_MANY);
		expect(result.json()).toHaveLength(SEED_PHONES.length);
		expect(result.json()).toMatchObject(SEED_PHONES);
		expect(result.json()[0]).toHaveProperty('phone_id');
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual(
			SEED_PHONES.map(() => ({ item: 0 })),
		);
	});

	it.each<[string, INodeParameters, number]>([
		['up to the limit', { limit: 2 }, 2],
		['all, with Return All', { returnAll: true, limit: 2 }, 5],
		['as many as there are', { limit: 50 }, 5],
		['as many as an expression says', { limit: '={{ "3" }}' }, 3],
		['all, with text from an expression', { returnAll: '={{ "TRUE" }}', limit: 1 }, 5],
	])('gives %s', async (_, parameters, number) => {
		const result = await test.engine.run({
			...GET_MANY,
			...parameters,
			options: { simplify: true },
		});
		expect(result.json()).toEqual(SIMPLIFIED.slice(0, number));
	});

	it('lists once, and gives items for each row of its own', async () => {
		const parameters = { ...GET_MANY, limit: '={{ $json.limit }}', options: { simplify: true } };
		const result = await test.engine.run(parameters, [{ limit: 1 }, { limit: 2 }]);
		expect(result.items().map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[SIMPLIFIED[0], { item: 0 }],
			[SIMPLIFIED[0], { item: 1 }],
			[SIMPLIFIED[1], { item: 1 }],
		]);
		expect(test.sandbox.requests.map(({ method }) => method)).toEqual(['GET']);
		const [first, second] = result.json();
		expect(first?.labels).not.toBe(second?.labels);
	});

	it('fails only the row with an invalid limit', async () => {
		const parameters = { ...GET_MANY, limit: '={{ $json.limit }}' };
		const rows: IDataObject[] = [{ limit: 'many' }, { limit: 1 }, { row_number: 7, limit: 0 }];
		const result = await test.engine.run(parameters, rows, CONTINUE);
		expect(result.json()).toMatchObject([
			{
				error: `Row 1: 'Limit' must be a whole number from 1 to 100000, not "many".`,
				details: { reason: 'invalidRow', applied: 'no' },
			},
			SEED_PHONES[0] ?? {},
			{
				error: `Row 7: 'Limit' must be a whole number from 1 to 100000, not "0".`,
				details: { row_number: 7 },
			},
		]);
		const stopped = await test.engine.run(parameters, rows);
		expect(stopped.error?.message).toContain("Row 1: 'Limit' must be");
	});

	it.each([
		['rejects the key', { status: 401, body: '{"message":"No"}' }, /rejected the API key/],
		['answers with a web page', { body: '<html>' }, /isn't the Periskope API/],
	])('says why it has no phones where Periskope %s', async (_, fault, message) => {
		test.sandbox.faults = [fault];
		const { error } = await test.engine.run(GET_MANY);
		expect(error?.message).toMatch(message);
		test.sandbox.faults = [fault];
		const continued = await test.engine.run(GET_MANY, [{}, {}], {
			settings: { onError: 'continueErrorOutput' },
		});
		expect(continued.json(undefined, 0)).toEqual([]);
		expect(continued.json(undefined, 1)).toHaveLength(2);
		expect(continued.json(undefined, 1)[1]?.error).toMatch(message);
	});

	it('retries transient errors', async () => {
		test.sandbox.faults = [{ status: 429, headers: { 'retry-after': '0.05' } }, { cut: true }];
		const result = await test.engine.run(GET_MANY);
		expect(result.json()).toHaveLength(SEED_PHONES.length);
		expect(test.sandbox.requests).toHaveLength(3);
	});
});

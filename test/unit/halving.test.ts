import { describe, expect, it } from '@jest/globals';

import type { Failure } from '../../nodes/Periskope/steps/3-send/failure';
import { halve, isWorthHalving } from '../../nodes/Periskope/steps/3-send/halving';

const request = (emails: number) => {
	const rows = Array.from({ length: emails }, (_, row) => row);
	return { emails: rows.map((row) => `m${row}@x.co`), rows, access: { labels: ['Sales'] } };
};
const refusal = (what: string, more: Partial<Failure> = {}): Failure => ({
	what,
	advice: 'Wait.',
	applied: 'no',
	httpCode: '422',
	...more,
});

describe('a refused batch is halved', () => {
	it.each([
		'Validation failed',
		'The email m1@x.co is unknown, so its labels were not set',
		'emails are unknown, so no org phone was set',
		'EMAIL m1@x.co has no labels',
		'label@acme.com is not a member',
		'labels-eu@acme.com is not a member',
		'org_phone.two@acme.com is not a member',
		'asha.label@acme.com is not a member',
		'asha@labels.acme.com is not a member',
		'relabelled members are unknown',
	])('where the emails may be at fault: %s', (what) => {
		expect(isWorthHalving(request(2), refusal(what))).toBe(true);
	});

	it.each([
		'label Salse is unknown',
		'There are no such Labels',
		'orgPhones[0] is unknown',
		'org_phone is unknown',
		'The org phones are unknown',
		'email@x.co has no label',
	])('but not where labels or org phones are: %s', (what) => {
		expect(isWorthHalving(request(2), refusal(what))).toBe(false);
	});

	it.each([
		[{ emails: {} }, true],
		[{ 'emails.1': {} }, true],
		[{ email: {}, labels: {} }, true],
		[{ labels: {} }, false],
		[{ orgPhones: {}, labels: {} }, false],
	])('where the fields that are refused name emails: %j', (fields, isHalved) => {
		for (const what of ['Validation failed', 'An email is wrong', 'A label is wrong']) {
			expect(isWorthHalving(request(2), refusal(what, { fields }))).toBe(isHalved);
		}
	});

	it('but not where something else than Periskope answered', () => {
		const notFound = refusal('Not found', { httpCode: '404' });
		expect(isWorthHalving(request(2), notFound)).toBe(true);
		expect(isWorthHalving(request(2), { ...notFound, isElsewhere: true })).toBe(false);
	});

	it('as its message says where no field is named', () => {
		expect(isWorthHalving(request(2), refusal('A label is wrong', { fields: {} }))).toBe(false);
		expect(isWorthHalving(request(2), refusal('It is wrong', { fields: {} }))).toBe(true);
	});

	it('but not one email alone, nor after anything but a refusal of what was sent', () => {
		expect(isWorthHalving(request(1), refusal('It is wrong'))).toBe(false);
		for (const httpCode of ['401', '403', '408', '429', '500', '503']) {
			expect(isWorthHalving(request(2), refusal('It is wrong', { httpCode }))).toBe(false);
		}
		expect(isWorthHalving(request(2), { what: 'Lost', advice: 'Wait.', applied: 'maybe' })).toBe(
			false,
		);
	});

	it('into two parts, the first of them the larger, with the rows of their emails', () => {
		const access = { labels: ['Sales'] };
		expect(halve(request(5))).toEqual([
			{ emails: ['m0@x.co', 'm1@x.co', 'm2@x.co'], rows: [0, 1, 2], access },
			{ emails: ['m3@x.co', 'm4@x.co'], rows: [3, 4], access },
		]);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Failure } from '../../../nodes/Periskope/rowFailure';
import type { MemberRequest } from '../../../nodes/Periskope/model';
import {
	bisect,
	isRejectionOfContent,
	isWorthBisecting,
} from '../../../nodes/Periskope/send/bisect';

const request = (emails: number): MemberRequest => {
	const rows = Array.from({ length: emails }, (_, row) => row);
	return { emails: rows.map((row) => `m${row}@x.co`), rows, access: { labels: ['Sales'] } };
};
const rejection = (what: string, details: Failure['details'] = {}): Failure => ({
	what,
	advice: 'Wait.',
	reason: 'rejected',
	applied: 'no',
	details: { httpCode: '422', ...details },
});

describe('isWorthBisecting', () => {
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
	])('is true where single emails may be at fault: %s', (what) => {
		expect(isWorthBisecting(request(2), rejection(what))).toBe(true);
	});

	it.each([
		'label Salse is unknown',
		'There are no such Labels',
		'orgPhones[0] is unknown',
		'org_phone is unknown',
		'The org phones are unknown',
		'email@x.co has no label',
		'body.labels is not known',
		'"body.labels" must be an array',
		'body.labels[0] is not known',
		'body.orgPhones is not known',
		'Body.org_phones must be an array',
	])('is false where labels or org phones are at fault: %s', (what) => {
		expect(isWorthBisecting(request(2), rejection(what))).toBe(false);
	});

	it.each([
		[{ emails: {} }, true],
		[{ 'emails.1': {} }, true],
		[{ email: {}, labels: {} }, true],
		[{ labels: {} }, false],
		[{ orgPhones: {}, labels: {} }, false],
		[{ user_email: {} }, true],
		[{ user_email: {}, labels: {} }, true],
		[{ member: {} }, true],
		[{ role: {} }, true],
		[{ labelled: {} }, true],
		[{ 'labels@x.co': {} }, true],
		[{ label: {} }, false],
		[{ org_phones: {} }, false],
		[{ 'labels.0': {} }, false],
		[{ 'labels[0]': {} }, false],
		[{ 'orgPhones.0': {}, 'labels[1]': {} }, false],
		[{ 'body.labels': {} }, false],
		[{ 'body.labels': {}, 'body.emails': {} }, true],
		[{ 'body.members[0].labels': {} }, false],
		[{ 'body.emails[0]': {} }, true],
	])(
		'depends on the fields that are named, whatever the message says: %j, %s',
		(fields, isWorth) => {
			for (const what of ['Validation failed', 'An email is wrong', 'A label is wrong']) {
				expect(isWorthBisecting(request(2), rejection(what, { fields }))).toBe(isWorth);
			}
		},
	);

	it('depends on the message where no field is named', () => {
		expect(isWorthBisecting(request(2), rejection('A label is wrong', { fields: {} }))).toBe(false);
		expect(isWorthBisecting(request(2), rejection('It is wrong', { fields: {} }))).toBe(true);
	});

	it('is false where something other than Periskope responded', () => {
		const notFound = rejection('Not found', { httpCode: '404' });
		expect(isWorthBisecting(request(2), notFound)).toBe(true);
		expect(isWorthBisecting(request(2), { ...notFound, isNotPeriskope: true })).toBe(false);
	});

	it('is false for a single email', () => {
		expect(isWorthBisecting(request(1), rejection('It is wrong'))).toBe(false);
	});

	it.each(['401', '403', '408', '429', '500', '503'])(
		'is false for a status that is not about the content: %s',
		(httpCode) => {
			expect(isWorthBisecting(request(2), rejection('It is wrong', { httpCode }))).toBe(false);
		},
	);

	it('is false for a network error', () => {
		const lost: Failure = {
			what: 'Lost',
			advice: 'Wait.',
			reason: 'unavailable',
			applied: 'unknown',
			details: { code: 'ECONNRESET' },
		};
		expect(isWorthBisecting(request(2), lost)).toBe(false);
	});
});

describe('isRejectionOfContent', () => {
	it('is true for exactly the statuses with which a request is rejected for what it says', () => {
		const all = Array.from({ length: 500 }, (_, index) => String(100 + index));
		const found = all.filter((httpCode) => isRejectionOfContent(rejection('No', { httpCode })));
		expect(found).toEqual(['400', '404', '409', '413', '422']);
	});

	it('is false where something other than Periskope responded', () => {
		expect(isRejectionOfContent({ ...rejection('No'), isNotPeriskope: true })).toBe(false);
		expect(isRejectionOfContent({ ...rejection('No'), isNotPeriskope: false })).toBe(true);
	});
});

describe('bisect', () => {
	it('makes two parts with the rows of their emails, the first of them the larger', () => {
		const access = { labels: ['Sales'] };
		expect(bisect(request(5))).toEqual([
			{ emails: ['m0@x.co', 'm1@x.co', 'm2@x.co'], rows: [0, 1, 2], access },
			{ emails: ['m3@x.co', 'm4@x.co'], rows: [3, 4], access },
		]);
	});

	it('keeps every email and row once and in order, in parts of the same size or one more', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 1000 }), (emails) => {
				const whole = request(emails);
				const [first, second] = bisect(whole);
				expect([...first.emails, ...second.emails]).toEqual(whole.emails);
				expect([...first.rows, ...second.rows]).toEqual(whole.rows);
				expect([first.rows.length, second.rows.length]).toEqual([
					first.emails.length,
					second.emails.length,
				]);
				expect(first.emails.length - second.emails.length).toBe(emails % 2);
			}),
		);
	});
});

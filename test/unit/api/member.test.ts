import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	invitationsFrom,
	isDeleted,
	membersFrom,
	saysNo,
} from '../../../nodes/Periskope/api/member';

const ASHA = { email: 'asha@acme.com', role: 'member', new_field: { x: 1 } };

describe('membersFrom', () => {
	it('returns the body itself, with fields that are not documented', () => {
		const body = [ASHA, { email: 'ben@acme.com' }];
		expect(membersFrom(body)).toBe(body);
	});

	it.each([
		[undefined],
		[null],
		['text'],
		[{}],
		[ASHA],
		[{ members: [ASHA] }],
		[[ASHA, null]],
		[[ASHA, { email: '' }]],
		[[ASHA, { email: 7 }]],
		[[ASHA, {}]],
	])('returns undefined for anything but a list of members: %j', (body) => {
		expect(membersFrom(body)).toBeUndefined();
	});
});

describe('invitationsFrom', () => {
	it('returns the members as they were sent, and what Periskope says of the others', () => {
		const errors = [{ email: 'Ben@acme.com', error: { message: 'Already a member', code: 7 } }];
		expect(invitationsFrom({ addedMembers: [ASHA], errors, message: 'Done' })).toEqual({
			members: [ASHA],
			errors: [{ email: 'Ben@acme.com', message: 'Already a member' }],
		});
	});

	it('takes an error as text or as an object, and an email that may be missing', () => {
		const errors = [
			{ email: 'Ben@acme.com', error: 'No' },
			{ email: null, error: { message: 'Plan is full' } },
			{ error: 'As text' },
			{ email: '', error: { message: 'For nobody' } },
		];
		expect(invitationsFrom({ addedMembers: [ASHA], errors })).toStrictEqual({
			members: [ASHA],
			errors: [
				{ email: 'Ben@acme.com', message: 'No' },
				{ message: 'Plan is full' },
				{ message: 'As text' },
				{ message: 'For nobody' },
			],
		});
	});

	it.each<[unknown, { email?: string; message: string }]>([
		[null, { message: '' }],
		[7, { message: '' }],
		['text', { message: 'text' }],
		['', { message: '' }],
		[[], { message: '' }],
		[{}, { message: '' }],
		[{ email: 7, error: 'No' }, { message: 'No' }],
		[{ email: ' \n', error: 'No' }, { message: 'No' }],
		[
			{ email: ' cy@acme.com\n', error: 'No' },
			{ email: 'cy@acme.com', message: 'No' },
		],
		[
			{ email: 'cy@acme.com', message: 'No' },
			{ email: 'cy@acme.com', message: 'No' },
		],
		[
			{ email: 'cy@acme.com', error: { code: 7 }, message: { message: 'No' } },
			{ email: 'cy@acme.com', message: 'No' },
		],
		[
			{ email: 'cy@acme.com', error: 'No', message: 'Bad' },
			{ email: 'cy@acme.com', message: 'No' },
		],
		[{ email: 'cy@acme.com' }, { email: 'cy@acme.com', message: '' }],
		[
			{ email: 'cy@acme.com', error: null },
			{ email: 'cy@acme.com', message: '' },
		],
		[
			{ email: 'cy@acme.com', error: 7 },
			{ email: 'cy@acme.com', message: '' },
		],
		[
			{ email: 'cy@acme.com', error: { text: 'No' } },
			{ email: 'cy@acme.com', message: '' },
		],
		[
			{ email: 'cy@acme.com', error: { message: 7 } },
			{ email: 'cy@acme.com', message: '' },
		],
	])('keeps what is known of an odd error, and the others whole: %j', (odd, read) => {
		const before = { email: 'ben@acme.com', error: { message: 'Is there' } };
		const after = { email: 'dee@acme.com', error: 'No' };
		expect(invitationsFrom({ addedMembers: [ASHA], errors: [before, odd, after] })).toStrictEqual({
			members: [ASHA],
			errors: [
				{ email: 'ben@acme.com', message: 'Is there' },
				read,
				{ email: 'dee@acme.com', message: 'No' },
			],
		});
	});

	it.each([{}, { errors: null }, { errors: [] }])(
		'returns no errors where the response holds none: %j',
		(more) => {
			expect(invitationsFrom({ addedMembers: [ASHA], ...more })).toEqual({
				members: [ASHA],
				errors: [],
			});
		},
	);

	it.each([
		[undefined],
		[null],
		['text'],
		[[ASHA]],
		[{}],
		[{ errors: [] }],
		[{ addedMembers: null }],
		[{ addedMembers: {} }],
		[{ addedMembers: [{ email: '' }] }],
		[{ addedMembers: [ASHA], errors: {} }],
		[{ addedMembers: [ASHA], errors: 'No' }],
		[{ addedMembers: [ASHA], error: 'No' }],
		[{ addedMembers: [ASHA], code: 'PLAN_EXPIRED' }],
		[{ addedMembers: [], success: false }],
		[{ addedMembers: [], invited: false }],
		[{ addedMembers: [ASHA, {}], errors: [{ email: 'ben@acme.com', error: 'No' }] }],
	])('returns undefined for anything but the result of an invitation: %j', (body) => {
		expect(invitationsFrom(body)).toBeUndefined();
	});

	it('never throws, whatever the body holds', () => {
		const body = fc.oneof(
			fc.anything(),
			fc.record({ addedMembers: fc.anything(), errors: fc.anything() }, { requiredKeys: [] }),
		);
		fc.assert(
			fc.property(body, (given) => {
				const found = invitationsFrom(given);
				expect(found === undefined || Array.isArray(found.members)).toBe(true);
			}),
		);
	});

	it('gives one error for each entry, with text alone in it, whatever the entries hold', () => {
		const entry = fc.oneof(
			fc.anything(),
			fc.record({ email: fc.anything(), error: fc.anything() }, { requiredKeys: [] }),
			fc.record({ email: fc.emailAddress(), error: fc.string() }),
		);
		fc.assert(
			fc.property(fc.array(entry), (errors) => {
				const read = invitationsFrom({ addedMembers: [], errors })?.errors;
				expect(read).toHaveLength(errors.length);
				for (const { email, message } of read ?? []) {
					expect(typeof message).toBe('string');
					expect(email === undefined || (typeof email === 'string' && email !== '')).toBe(true);
				}
			}),
		);
	});
});

describe('isDeleted', () => {
	const EMAIL = 'asha@acme.com';

	it.each([
		[undefined],
		[''],
		[{ success: true }],
		[{ success: true, error: null }],
		[{ success: true, message: 'Member deleted', data: { email: 'asha@acme.com' } }],
		[{ success: true, email: EMAIL }],
		[{ success: true, error: '', code: '' }],
		[{ success: true, errors: [] }],
	])('is true for an empty body, and for one that says that it succeeded: %j', (body) => {
		expect(isDeleted(body, EMAIL)).toBe(true);
	});

	it.each([
		[null],
		[' \r\n\t'],
		[{}],
		[[]],
		[[{ success: true }]],
		[true],
		[0],
		['true'],
		['Deleted'],
		['<html></html>'],
		[{ success: false }],
		[{ success: 'true' }],
		[{ success: 1 }],
		[{ success: true, error: 'Not allowed' }],
		[{ success: true, error: { message: 'Not allowed' } }],
		[{ success: true, errors: { email: 'unknown' } }],
		[{ success: true, code: 'PLAN_EXPIRED' }],
		[{ success: true, ok: false }],
		[{ success: true, deleted: false }],
		[{ success: true, email: 'other@acme.com' }],
		[{ success: true, email: null }],
		[{ message: 'Member deleted' }],
		[{ code: 'PLAN_EXPIRED', message: 'Your plan has expired' }],
	])('is false for anything else: %j', (body) => {
		expect(isDeleted(body, EMAIL)).toBe(false);
	});

	it('takes no success from a "__proto__" property', () => {
		expect(isDeleted(JSON.parse('{"__proto__":{"success":true}}'), EMAIL)).toBe(false);
	});
});

describe('saysNo', () => {
	it.each([
		[{ error: 'No' }],
		[{ error: { message: 'No' } }],
		[{ error: true }],
		[{ errors: 'No' }],
		[{ errors: {} }],
		[{ code: 'PLAN_EXPIRED' }],
		[{ success: false }],
		[{ ok: false, email: 'a@b.co' }],
		[{ updated: false }],
		[{ invited: false }],
		[{ deleted: false }],
	])('is true for an error, and for a false in place of a success: %j', (object) => {
		expect(saysNo(object)).toBe(true);
	});

	it.each([
		[{}],
		[{ error: null, errors: undefined, code: '' }],
		[{ errors: [] }],
		[{ success: true, ok: true, updated: true, invited: true, deleted: true }],
		[{ success: null, is_active: false, message: 'Done' }],
	])('is false for anything else: %j', (object) => {
		expect(saysNo(object)).toBe(false);
	});
});

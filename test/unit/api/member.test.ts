import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { invitationsFrom, membersFrom } from '../../../nodes/Periskope/api/member';

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
		[{ addedMembers: [ASHA], errors: [{ email: 'ben@acme.com' }] }],
		[{ addedMembers: [ASHA], errors: [{ email: 'ben@acme.com', error: 'No' }] }],
		[{ addedMembers: [ASHA], errors: [{ error: { message: 'No' } }] }],
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
});

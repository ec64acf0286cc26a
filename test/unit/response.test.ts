import { describe, expect, it } from '@jest/globals';

import { orgPhonesFrom } from '../../nodes/Periskope/methods/orgPhones';
import { answerFrom, faultFrom } from '../../nodes/Periskope/transport/response';

describe("a response of n8n's helper", () => {
	it('becomes an answer', () => {
		expect(
			answerFrom(
				{ statusCode: 200, headers: { a: 'b', c: ['d'], e: 7 }, body: [] },
				'key-of-some-length',
			),
		).toEqual({
			status: 200,
			headers: { a: 'b', c: ['d'], e: undefined },
			body: [],
		});
	});

	it.each([
		[{ httpCode: 'ECONNRESET', config: { headers: { Authorization: 'x' } } }, 'ECONNRESET'],
		[{ httpCode: null, code: 'ETIMEDOUT' }, 'ETIMEDOUT'],
		[new Error('boom'), 'UNKNOWN'],
		['text', 'UNKNOWN'],
		[undefined, 'UNKNOWN'],
	])('that is an error keeps its code alone: %j', (error, fault) => {
		expect(faultFrom(error)).toEqual({ fault });
	});
});

describe('the list of org phones', () => {
	it('takes null in every field', () => {
		expect(
			orgPhonesFrom({
				status: 200,
				headers: {},
				body: [{}, { org_phone: '1@c.us', phone_name: null, wa_state: 7 }],
			}),
		).toEqual({
			phones: [
				{ org_phone: null, phone_name: null, wa_state: null },
				{ org_phone: '1@c.us', phone_name: null, wa_state: null },
			],
		});
	});
});

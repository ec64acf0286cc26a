import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { AttemptResult } from '../../../nodes/Periskope/api/attempt';
import type { Failure } from '../../../nodes/Periskope/rowFailure';
import { orgPhonesFrom } from '../../../nodes/Periskope/api/orgPhones';
import { confirmApi } from '../../../nodes/Periskope/send/confirmApi';

const response = (status: number, body: unknown = {}): AttemptResult => ({
	kind: 'response',
	status,
	headers: {},
	body,
});
const LOST: AttemptResult = {
	kind: 'networkError',
	code: 'ECONNRESET',
	wasSent: true,
	message: 'read ECONNRESET',
};
const confirmedBy = (result: AttemptResult) => confirmApi(orgPhonesFrom(result));

const COULD_NOT =
	"The response is 404, and the Base URL couldn't be confirmed as the Periskope API. ";
const BASE_URL =
	'Check the Base URL in the credential. Periskope documents https://api.periskope.app/v1.';

describe('confirmApi', () => {
	it.each<[string, unknown[]]>([
		['phones', [{ org_phone: '918527184400@c.us' }]],
		['no phone, where the organization has none', []],
	])('confirms the API where it lists %s', (_, phones) => {
		expect(confirmedBy(response(200, phones))).toBeUndefined();
	});

	it.each<[string, AttemptResult, string, Partial<Failure>]>([
		[
			'says 404 to that too',
			response(404, { message: 'No route.' }),
			"Periskope didn't find what the request names: No route",
			{ advice: BASE_URL, isNotPeriskope: true, details: { httpCode: '404' } },
		],
		[
			'responds with a web page',
			response(200, '<!DOCTYPE html><h1>Welcome</h1>'),
			"The Base URL isn't the Periskope API",
			{ advice: BASE_URL, isNotPeriskope: true, details: { httpCode: '200' } },
		],
		[
			'responds with another object',
			response(200, { phones: [] }),
			"The Base URL isn't the Periskope API",
			{ advice: BASE_URL, isNotPeriskope: true, details: { httpCode: '200' } },
		],
		[
			'lists other objects',
			response(200, [{ id: 1 }]),
			"The Base URL isn't the Periskope API",
			{ advice: BASE_URL, isNotPeriskope: true, details: { httpCode: '200' } },
		],
		[
			'redirects',
			response(302),
			'The Base URL redirects to another address (HTTP status 302)',
			{ advice: BASE_URL, isNotPeriskope: true, details: { httpCode: '302' } },
		],
		[
			'does not accept the key',
			response(401, { message: 'Invalid API key' }),
			'Periskope rejected the API key: Invalid API key',
			{
				advice:
					'Check the API key in the credential, and whether the plan of the organization includes the API.',
				reason: 'rejected',
				isNotPeriskope: false,
				details: { httpCode: '401' },
			},
		],
		[
			'may be busy',
			response(503, { message: 'Down' }),
			"Periskope couldn't process the request: Down",
			{ advice: '', isNotPeriskope: false, details: { httpCode: '503' } },
		],
	])('fails, and says why, where the server %s', (_, result, what, why) => {
		expect(confirmedBy(result)).toEqual({
			what: `${COULD_NOT}${what}`,
			reason: 'unavailable',
			applied: 'no',
			isUnconfirmed: true,
			...why,
		});
	});

	it('fails with the network error, where no response came', () => {
		expect(confirmedBy(LOST)).toMatchObject({
			what: `${COULD_NOT}The connection to Periskope broke before the response arrived`,
			reason: 'unavailable',
			isNotPeriskope: false,
			details: { code: 'ECONNRESET' },
		});
	});

	it('never has an unknown outcome, because a 404 changes nothing', () => {
		const result = fc.oneof(
			fc.constant(LOST),
			fc
				.tuple(fc.integer({ min: 100, max: 599 }), fc.jsonValue())
				.map(([status, body]) => response(status, body)),
		);
		fc.assert(
			fc.property(result, (given) => {
				const why = confirmedBy(given);
				if (why === undefined) return;
				expect(why).toMatchObject({ applied: 'no', isUnconfirmed: true });
				expect(why.what.startsWith(COULD_NOT)).toBe(true);
			}),
		);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { HttpResponse, NetworkError } from '../../../nodes/Periskope/api/attempt';
import type { Client } from '../../../nodes/Periskope/api/client';
import { inWords, listOrgPhones, orgPhonesFrom } from '../../../nodes/Periskope/api/orgPhones';

const response = (status: number, body: unknown): HttpResponse => ({
	kind: 'response',
	status,
	headers: {},
	body,
});

const networkError = (code: string): NetworkError => ({
	kind: 'networkError',
	code,
	wasSent: true,
	message: '',
});

const NOT_PERISKOPE = {
	kind: 'failed',
	failure: {
		what: "The Base URL isn't the Periskope API",
		advice:
			'Check the Base URL in the credential. Periskope documents https://api.periskope.app/v1.',
		reason: 'unavailable',
		applied: 'no',
		isNotPeriskope: true,
		details: { httpCode: '200' },
	},
};

describe('listOrgPhones', () => {
	it('asks for the phones once, for half a minute at most', async () => {
		const calls: unknown[] = [];
		const client: Client = {
			kind: 'ready',
			send: (call, timeoutSeconds) => {
				calls.push([call, timeoutSeconds]);
				return Promise.resolve({ kind: 'response', status: 200, headers: {}, body: [] });
			},
		};
		expect(await listOrgPhones(client)).toEqual({ kind: 'phones', phones: [] });
		expect(calls).toEqual([[{ method: 'GET', path: '/phones/all' }, 30]]);
	});

	it('says why the credential cannot be used', async () => {
		const unusable = { kind: 'unusable' as const, what: 'Not an address', advice: 'Correct it.' };
		expect(await listOrgPhones(unusable)).toEqual({
			kind: 'failed',
			failure: {
				what: 'Not an address',
				advice: 'Correct it.',
				reason: 'notSent',
				applied: 'no',
				details: {},
			},
		});
	});
});

describe('orgPhonesFrom', () => {
	it('returns null for a field that is missing, null or not text', () => {
		expect(
			orgPhonesFrom(
				response(200, [
					{ org_phone: null },
					{ org_phone: 7, phone_name: 'Sales' },
					{ org_phone: '1@c.us', phone_name: null, wa_state: 7 },
				]),
			),
		).toEqual({
			kind: 'phones',
			phones: [
				{ org_phone: null, phone_name: null, wa_state: null },
				{ org_phone: null, phone_name: 'Sales', wa_state: null },
				{ org_phone: '1@c.us', phone_name: null, wa_state: null },
			],
		});
	});

	it('returns all other fields of each phone as they are', () => {
		const phone = { org_phone: '1@c.us', phone_name: 'Sales', wa_state: 'CONNECTED' };
		const more = { phone_id: 'p1', labels: ['VIP'], is_ready: null, new_field: { a: 1 } };
		expect(orgPhonesFrom(response(200, [{ ...phone, ...more }]))).toEqual({
			kind: 'phones',
			phones: [{ ...phone, ...more }],
		});
	});

	it('returns an empty list where the organization has no phone', () => {
		expect(orgPhonesFrom(response(200, []))).toEqual({ kind: 'phones', phones: [] });
	});

	it.each([
		['<!DOCTYPE html><html></html>'],
		[''],
		[null],
		[{}],
		[{ phones: [] }],
		[['1@c.us']],
		[[{}]],
		[[null]],
		[[{ org_phone: '1@c.us' }, { id: 1 }]],
	])('reports a success with %j as not from Periskope', (body) => {
		expect(orgPhonesFrom(response(200, body))).toEqual(NOT_PERISKOPE);
	});

	it('reports a rejection in the words of Periskope', () => {
		expect(orgPhonesFrom(response(401, { message: 'Invalid API key' }))).toEqual({
			kind: 'failed',
			failure: {
				what: 'Periskope rejected the API key: Invalid API key',
				advice:
					'Check the API key in the credential, and whether the plan of the organization includes the API.',
				reason: 'rejected',
				applied: 'no',
				details: { httpCode: '401' },
			},
		});
	});

	it.each([199, 300, 302])('reports the status %i as a failure, whatever its body', (status) => {
		expect(orgPhonesFrom(response(status, []))).toMatchObject({ kind: 'failed' });
	});

	it.each([
		[
			'ECONNREFUSED',
			'No server responds at the Base URL',
			'Check the Base URL in the credential and the network of the n8n server.',
		],
		[
			'CERT_HAS_EXPIRED',
			'The certificate of the server at the Base URL is untrusted',
			'Check the Base URL in the credential and the network of the n8n server. A proxy that inspects encrypted connections has its own certificate.',
		],
	])('reports the network error %s with what to check', (code, what, advice) => {
		expect(orgPhonesFrom(networkError(code))).toEqual({
			kind: 'failed',
			failure: expect.objectContaining({
				what,
				advice,
				applied: 'no',
				details: { code },
			}) as unknown,
		});
	});

	it('advises to try again where there is no other advice', () => {
		expect(inWords({ what: 'It failed', advice: '' })).toBe('It failed. Try again later.');
		expect(inWords({ what: 'It failed', advice: 'Wait.' })).toBe('It failed. Wait.');
		for (const result of [networkError('ECONNRESET'), response(500, null)]) {
			const listed = orgPhonesFrom(result);
			expect(listed.kind === 'failed' && inWords(listed.failure)).toMatch(/ Try again later\.$/);
		}
	});

	it('returns phones or a full message, whatever the response holds', () => {
		fc.assert(
			fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), (status, body) => {
				const listed = orgPhonesFrom(response(status, body));
				if (listed.kind === 'phones') {
					expect(listed.phones).toHaveLength(Array.isArray(body) ? body.length : NaN);
				} else {
					expect(inWords(listed.failure)).toMatch(/^[A-Z].+\. [A-Z].+\.$/);
				}
			}),
		);
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { adviceOnRow } from '../../../nodes/Periskope/operationMessages';
import {
	failureFromNetworkError,
	isTransientCode,
} from '../../../nodes/Periskope/api/networkErrors';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';

describe('a network error', () => {
	it.each([
		['ECONNREFUSED', 'No server answers'],
		['ENOTFOUND', 'could not be found'],
		['EAI_AGAIN', 'could not be looked up'],
		['EHOSTUNREACH', 'cannot be reached'],
		['ENETUNREACH', 'does not reach the Base URL'],
	])('is not applied and transient where the request cannot have left: %s', (code, what) => {
		expect(failureFromNetworkError(code)).toMatchObject({ details: { code }, applied: 'no' });
		expect(failureFromNetworkError(code).what).toContain(what);
		expect(failureFromNetworkError(code).advice).toContain('Check the Base URL');
		expect(isTransientCode(code)).toBe(true);
	});

	it.each(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ETIMEDOUT'])(
		'has an unknown outcome and is transient where the response is missing: %s',
		(code) => {
			const failure = failureFromNetworkError(code);
			expect(failure).toMatchObject({ details: { code }, applied: 'unknown' });
			expect(adviceOnRow(failure, UPDATE_ACCESS.messages)).toContain('does no harm');
			expect(isTransientCode(code)).toBe(true);
		},
	);

	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'ERR_TLS_CERT_ALTNAME_INVALID',
	])('is not applied and permanent where the certificate is not trusted: %s', (code) => {
		expect(failureFromNetworkError(code)).toMatchObject({ details: { code }, applied: 'no' });
		expect(failureFromNetworkError(code).what).toContain('certificate is not trusted');
		expect(isTransientCode(code)).toBe(false);
	});

	it('says in full sentences that the connection broke, and what to do', () => {
		const failure = failureFromNetworkError('ECONNRESET');
		expect(failure.what).toBe('The connection to Periskope broke before its answer arrived');
		expect(adviceOnRow(failure, UPDATE_ACCESS.messages)).toBe(
			'The change may have been made all the same. Run again: sending the same access twice does no harm.',
		);
	});

	it.each(['ECONNABORTED', 'ETIMEDOUT'])(
		'names Timeout and Batch Size where no response came in time: %s',
		(code) => {
			expect(failureFromNetworkError(code).what).toBe('Periskope did not answer in time');
			expect(failureFromNetworkError(code).advice).toMatch(/raise Timeout or lower Batch Size/);
		},
	);

	it('is permanent, with unknown outcome, where the execution was cancelled', () => {
		expect(failureFromNetworkError('ERR_CANCELED')).toEqual({
			what: 'The execution was cancelled before Periskope answered',
			advice: '',
			applied: 'unknown',
			details: { code: 'ERR_CANCELED' },
		});
		expect(isTransientCode('ERR_CANCELED')).toBe(false);
	});

	it('counts as a broken connection where its code is not known, and keeps that code', () => {
		const unknown = fc
			.string({ unit: fc.constantFrom(...'ABCDEFGHIJ_0123456789'.split('')), minLength: 1 })
			.map((code) => `X_${code}`);
		fc.assert(
			fc.property(unknown, (code) => {
				expect(failureFromNetworkError(code)).toEqual({
					...failureFromNetworkError('ECONNRESET'),
					details: { code },
				});
				expect(isTransientCode(code)).toBe(true);
			}),
		);
	});

	it.each(['toString', 'constructor', '__proto__'])(
		'counts as a broken connection where its code is a name that every object has: %s',
		(code) => {
			expect(failureFromNetworkError(code).what).toBe(failureFromNetworkError('ECONNRESET').what);
			expect(isTransientCode(code)).toBe(true);
		},
	);
});

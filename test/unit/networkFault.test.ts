import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import { adviceOf } from '../../nodes/Periskope/steps/3-send/failure';
import { failureFromFault, isTransient } from '../../nodes/Periskope/steps/3-send/networkFault';

describe('a network fault', () => {
	it.each([
		['ECONNREFUSED', 'No server answers'],
		['ENOTFOUND', 'could not be found'],
		['EAI_AGAIN', 'could not be looked up'],
		['EHOSTUNREACH', 'cannot be reached'],
		['ENETUNREACH', 'does not reach the Base URL'],
	])('that kept the request from leaving has changed nothing: %s', (code, what) => {
		expect(failureFromFault(code)).toMatchObject({ code, applied: 'no' });
		expect(failureFromFault(code).what).toContain(what);
		expect(failureFromFault(code).advice).toContain('Check the Base URL');
		expect(isTransient(code)).toBe(true);
	});

	it.each(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ETIMEDOUT'])(
		'that kept the answer from arriving may have changed something: %s',
		(code) => {
			expect(failureFromFault(code)).toMatchObject({ code, applied: 'maybe' });
			expect(adviceOf(failureFromFault(code), UPDATE_ACCESS.words)).toContain('does no harm');
			expect(isTransient(code)).toBe(true);
		},
	);

	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'ERR_TLS_CERT_ALTNAME_INVALID',
	])('of the certificate stays as it is, and nothing has left: %s', (code) => {
		expect(failureFromFault(code)).toMatchObject({ code, applied: 'no' });
		expect(failureFromFault(code).what).toContain('certificate is not trusted');
		expect(isTransient(code)).toBe(false);
	});

	it('that broke the connection says so, in full sentences with what to do', () => {
		const failure = failureFromFault('ECONNRESET');
		expect(failure.what).toBe('The connection to Periskope broke before its answer arrived');
		expect(adviceOf(failure, UPDATE_ACCESS.words)).toBe(
			'The change may have been made all the same. Run again: sending the same access twice does no harm.',
		);
	});

	it('names Timeout and Batch Size where no answer came in time', () => {
		for (const code of ['ECONNABORTED', 'ETIMEDOUT']) {
			expect(failureFromFault(code).what).toBe('Periskope did not answer in time');
			expect(failureFromFault(code).advice).toMatch(/raise Timeout or lower Batch Size/);
		}
	});

	it('that is a cancelled execution is not tried again', () => {
		expect(failureFromFault('ERR_CANCELED')).toEqual({
			what: 'The execution was cancelled before Periskope answered',
			advice: '',
			applied: 'maybe',
			code: 'ERR_CANCELED',
		});
		expect(isTransient('ERR_CANCELED')).toBe(false);
	});

	it('that nobody has heard of counts as a broken connection, under its own code', () => {
		const unknown = fc
			.string({ unit: fc.constantFrom(...'ABCDEFGHIJ_0123456789'.split('')), minLength: 1 })
			.map((code) => `X_${code}`);
		fc.assert(
			fc.property(unknown, (code) => {
				expect(failureFromFault(code)).toEqual({ ...failureFromFault('ECONNRESET'), code });
				expect(isTransient(code)).toBe(true);
			}),
		);
	});
});

describe('a fault with the name of something that every object has', () => {
	it('is a broken connection too', () => {
		expect(failureFromFault('toString').what).toBe(failureFromFault('ECONNRESET').what);
		expect(isTransient('constructor')).toBe(true);
	});
});

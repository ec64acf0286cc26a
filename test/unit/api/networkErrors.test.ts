import { execFileSync } from 'node:child_process';
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';
import * as zlib from 'node:zlib';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { adviceOnRow } from '../../../nodes/Periskope/operationMessages';
import type { NetworkError } from '../../../nodes/Periskope/api/attempt';
import {
	failureFromNetworkError,
	isTransientError,
	isUnknownError,
} from '../../../nodes/Periskope/api/networkErrors';
import { UPDATE_ACCESS } from '../../../nodes/Periskope/resources/member/updateAccess';

/** Not in the types of Node.js. */
const { codes: ZLIB_CODES } = zlib as unknown as { codes: Record<string, unknown> };

const networkError = (code: string, more: Partial<NetworkError> = {}): NetworkError => ({
	kind: 'networkError',
	code,
	wasSent: true,
	message: '',
	...more,
});

/** All that decides what happens next. */
function ruleOf(error: NetworkError) {
	const { applied, isRetryable = false } = failureFromNetworkError(error);
	return {
		applied,
		isRetryable,
		isTransient: isTransientError(error),
		isUnknownError: isUnknownError(error),
	};
}
const rule = (applied: 'no' | 'unknown', isTransient: boolean) => ({
	applied,
	isRetryable: isTransient,
	isTransient,
	isUnknownError: false,
});
const NEVER_LEFT = rule('no', true);
const PERMANENT = rule('no', false);
const MAY_HAVE_ARRIVED = rule('unknown', true);

const CHECK_HOST = 'Check the Base URL in the credential and the network of the n8n server.';

describe('a network error', () => {
	it.each([
		['ECONNREFUSED', 'connect', 'No server responds'],
		['ECONNREFUSED', undefined, 'No server responds'],
		['ENOTFOUND', 'getaddrinfo', "couldn't be found"],
		['ENOTFOUND', undefined, "couldn't be found"],
		['EAI_AGAIN', 'getaddrinfo', "couldn't be looked up"],
		['EAI_AGAIN', undefined, "couldn't be looked up"],
		['EHOSTUNREACH', 'connect', "can't be reached"],
		['ENETUNREACH', 'connect', 'no network connection to the Base URL'],
		['ETIMEDOUT', 'connect', "didn't accept the connection in time"],
		['ECONNRESET', 'connect', "couldn't be established"],
		['EADDRNOTAVAIL', 'bind', "couldn't be established"],
	])(
		'is not applied and transient where the request cannot have left: %s, %s',
		(code, syscall, what) => {
			for (const wasSent of [true, false]) {
				const error = networkError(code, { wasSent, ...(syscall && { syscall }) });
				expect(failureFromNetworkError(error)).toEqual({
					what: expect.stringContaining(what) as unknown,
					advice: CHECK_HOST,
					reason: 'unavailable',
					applied: 'no',
					isRetryable: true,
					details: { code },
				});
				expect(isTransientError(error)).toBe(true);
			}
		},
	);

	it.each([
		['ECONNRESET', undefined],
		['ECONNRESET', 'read'],
		['EPIPE', 'write'],
		['EHOSTUNREACH', 'read'],
		['ENETUNREACH', 'read'],
		['ETIMEDOUT', 'read'],
		['ECONNABORTED', undefined],
		['ETIMEDOUT', undefined],
	])(
		'has an unknown outcome and is transient where the response is missing: %s, %s',
		(code, syscall) => {
			const error = networkError(code, syscall === undefined ? {} : { syscall });
			const failure = failureFromNetworkError(error);
			expect(failure).toMatchObject({ details: { code }, applied: 'unknown', isRetryable: true });
			expect(adviceOnRow(failure, UPDATE_ACCESS.messages)).toContain('is safe');
			expect(isTransientError(error)).toBe(true);
		},
	);

	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'ERR_TLS_CERT_ALTNAME_INVALID',
	])('is not applied and permanent where the certificate is not trusted: %s', (code) => {
		for (const syscall of [undefined, 'connect', 'read']) {
			const error = networkError(code, syscall === undefined ? {} : { syscall });
			expect(failureFromNetworkError(error)).toEqual({
				what: 'The certificate of the server at the Base URL is untrusted',
				advice: `${CHECK_HOST} A proxy that inspects encrypted connections has its own certificate.`,
				reason: 'unavailable',
				applied: 'no',
				isUnconfirmed: true,
				details: { code },
			});
			expect(isTransientError(error)).toBe(false);
		}
	});

	it.each([
		'EPROTO',
		'ERR_TLS_HANDSHAKE_TIMEOUT',
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
		'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
		'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
		'ERR_SSL_PACKET_LENGTH_TOO_LONG',
		'ERR_OSSL_EVP_UNSUPPORTED',
	])('is not applied and permanent where no encrypted connection came about: %s', (code) => {
		for (const syscall of [undefined, 'write', 'read']) {
			const error = networkError(code, { wasSent: false, ...(syscall && { syscall }) });
			expect(failureFromNetworkError(error)).toEqual({
				what: "An encrypted connection to the Base URL couldn't be established",
				advice: `${CHECK_HOST} The address may accept unencrypted connections only.`,
				reason: 'unavailable',
				applied: 'no',
				isUnconfirmed: true,
				details: { code },
			});
			expect(isTransientError(error)).toBe(false);
		}
	});

	it.each([
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'ERR_SSL_BAD_RECORD_TYPE',
		'ERR_SSL_PACKET_LENGTH_TOO_LONG',
	])('has an unknown outcome where the connection had been made before: %s', (code) => {
		expect(failureFromNetworkError(networkError(code, { wasSent: true }))).toMatchObject({
			applied: 'unknown',
			isRetryable: true,
		});
	});

	it('is not applied where time ran out, or the execution was cancelled, while connecting', () => {
		for (const code of ['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED']) {
			expect(failureFromNetworkError(networkError(code, { wasSent: false })).applied).toBe('no');
			expect(failureFromNetworkError(networkError(code)).applied).toBe('unknown');
		}
	});

	it('is not applied where a proxy did not lead to the server', () => {
		const message = 'Proxy connection ended before receiving CONNECT response';
		expect(failureFromNetworkError(networkError('Error', { message })).applied).toBe('no');
	});

	it.each([
		'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC',
		'ERR_SSL_BAD_RECORD_MAC',
		'ERR_SSL_DECRYPTION_FAILED',
		'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
		'ERR_SSL_UNEXPECTED_EOF_WHILE_READING',
	])('is a broken connection where an encrypted record is damaged or missing: %s', (code) => {
		expect(failureFromNetworkError(networkError(code))).toEqual({
			...failureFromNetworkError(networkError('ECONNRESET')),
			details: { code },
		});
		expect(ruleOf(networkError(code))).toEqual(MAY_HAVE_ARRIVED);
	});

	it('says in full sentences that the connection broke, and what to do', () => {
		const failure = failureFromNetworkError(networkError('ECONNRESET'));
		expect(failure.what).toBe('The connection to Periskope broke before the response arrived');
		expect(adviceOnRow(failure, UPDATE_ACCESS.messages)).toBe(
			'The change may still have been applied. Try again. Sending the same access twice is safe.',
		);
	});

	it.each(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_HTTP_REQUEST_TIMEOUT'])(
		'names Timeout and Batch Size where no response came in time: %s',
		(code) => {
			expect(failureFromNetworkError(networkError(code))).toEqual({
				what: "Periskope didn't respond in time",
				advice: "If this happens often, raise 'Timeout (Seconds)' or lower 'Batch Size'.",
				reason: 'unavailable',
				applied: 'unknown',
				isRetryable: true,
				details: { code },
			});
			expect(ruleOf(networkError(code))).toEqual(MAY_HAVE_ARRIVED);
		},
	);

	it.each([
		'HPE_INVALID_CONSTANT',
		'HPE_HEADER_OVERFLOW',
		'HPE_UNEXPECTED_CONTENT_LENGTH',
		'Z_DATA_ERROR',
		'ERR_BAD_RESPONSE',
		'ERR_STREAM_PREMATURE_CLOSE',
	])('has an unknown outcome and is transient where the response is damaged: %s', (code) => {
		expect(failureFromNetworkError(networkError(code)).what).toBe(
			'The response from the Base URL arrived incomplete or damaged',
		);
		expect(ruleOf(networkError(code))).toEqual(MAY_HAVE_ARRIVED);
	});

	it.each([
		'ERR_INVALID_URL',
		'ERR_INVALID_CHAR',
		'ERR_INVALID_PROTOCOL',
		'ERR_BAD_OPTION',
		'ERR_BAD_OPTION_VALUE',
		'ERR_UNESCAPED_CHARACTERS',
		'ERR_HTTP_INVALID_HEADER_VALUE',
		'ERR_SOCKET_BAD_PORT',
	])('is not applied and permanent where the request could not be built: %s', (code) => {
		expect(failureFromNetworkError(networkError(code))).toEqual({
			what: "The request couldn't be built",
			advice: 'Check the values of the credential.',
			reason: 'unavailable',
			applied: 'no',
			isUnconfirmed: true,
			details: { code },
		});
		expect(ruleOf(networkError(code))).toEqual(PERMANENT);
	});

	it.each(['ERR_CANCELED', 'ABORT_ERR'])(
		'is permanent, with unknown outcome, where the execution was cancelled: %s',
		(code) => {
			expect(failureFromNetworkError(networkError(code))).toEqual({
				what: 'The execution was cancelled before Periskope responded',
				advice: '',
				reason: 'unavailable',
				applied: 'unknown',
				details: { code },
			});
			expect(isTransientError(networkError(code))).toBe(false);
			expect(isUnknownError(networkError(code))).toBe(false);
		},
	);
});

describe('an unknown network error', () => {
	it('is said by its code and message, and may have been applied only where it was sent', () => {
		const code = fc
			.string({ unit: fc.constantFrom(...'ABCDEFGHIJ_0123456789'.split('')), minLength: 1 })
			.map((rest) => `X_${rest}`);
		fc.assert(
			fc.property(code, fc.string(), fc.boolean(), (own, message, wasSent) => {
				const error = networkError(own, { message, wasSent });
				const words = message === '' ? own : `${own}: ${message}`;
				expect(failureFromNetworkError(error)).toEqual({
					what: `The request failed for an unknown reason (${words})`,
					advice: 'Please open an issue on the GitHub page of this node.',
					reason: 'unavailable',
					applied: wasSent ? 'unknown' : 'no',
					...(wasSent && { isRetryable: true }),
					details: { code: own },
				});
				expect(isTransientError(error)).toBe(wasSent);
				expect(isUnknownError(error)).toBe(true);
			}),
		);
	});

	it.each(['toString', 'constructor', '__proto__', 'Error', 'TypeError', 'ZodError', ''])(
		'is one with a name for its code, also one that every object has: "%s"',
		(code) => {
			const error = networkError(code, { message: 'boom' });
			expect(failureFromNetworkError(error).what).toBe(
				`The request failed for an unknown reason (${code}: boom)`,
			);
			expect(ruleOf(error)).toEqual({ ...MAY_HAVE_ARRIVED, isUnknownError: true });
			expect(ruleOf({ ...error, wasSent: false })).toEqual({ ...PERMANENT, isUnknownError: true });
		},
	);

	it('is still unknown while something else was done than connecting', () => {
		expect(isUnknownError(networkError('X_NEW', { syscall: 'read' }))).toBe(true);
	});
});

describe('every code that Node.js lists', () => {
	const system = [...getSystemErrorMap().values()].map(([code]) => code);
	const lookups: string[] = Object.values(dns).filter((value) => typeof value === 'string');
	/** What the system says of other things than a lookup, though it has words for failed ones too. */
	const ofTheSystem = system.filter(
		(code) => /^E/.test(code) && !code.startsWith('EAI_') && !lookups.includes(code),
	);
	/** Of TLS, whatever else is known. */
	const IS_TLS = new Set(['EPROTO']);

	it('is a list that is not empty', () => {
		expect(system).toEqual(
			expect.arrayContaining(['ECONNRESET', 'EHOSTUNREACH', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN']),
		);
		expect(lookups).toEqual(expect.arrayContaining(['ENOTFOUND', 'ESERVFAIL', 'ETIMEOUT']));
		expect(ofTheSystem.length).toBeGreaterThan(50);
	});

	it.each(system.filter((code) => !IS_TLS.has(code)))(
		'of the system, on connecting: %s',
		(code) => {
			for (const wasSent of [true, false]) {
				expect(ruleOf(networkError(code, { wasSent, syscall: 'connect' }))).toEqual(NEVER_LEFT);
			}
		},
	);

	it.each(ofTheSystem.filter((code) => !IS_TLS.has(code)))(
		'of the system, on reading, writing and whatever else: %s',
		(code) => {
			for (const syscall of ['read', 'write', 'shutdown']) {
				expect(ruleOf(networkError(code, { syscall }))).toEqual(MAY_HAVE_ARRIVED);
			}
			expect(ruleOf(networkError(code))).toEqual(MAY_HAVE_ARRIVED);
		},
	);

	it.each([...IS_TLS])('of the system, where it stands for TLS: %s', (code) => {
		for (const syscall of ['connect', 'read', 'write']) {
			expect(ruleOf(networkError(code, { syscall }))).toEqual(PERMANENT);
		}
	});

	it.each([...new Set([...lookups, ...system.filter((code) => code.startsWith('EAI_'))])])(
		'of a lookup: %s',
		(code) => {
			for (const wasSent of [true, false]) {
				for (const syscall of ['getaddrinfo', 'queryA', 'queryAaaa']) {
					expect(ruleOf(networkError(code, { wasSent, syscall }))).toEqual(NEVER_LEFT);
				}
				// Without its syscall, the system's own word for lack of memory may be about anything.
				if (code === 'ENOMEM') continue;
				expect(ruleOf(networkError(code, { wasSent }))).toEqual(NEVER_LEFT);
			}
		},
	);

	it.each(Object.keys(ZLIB_CODES).filter((code) => code.startsWith('Z_')))(
		'of a compressed response: %s',
		(code) => {
			expect(ruleOf(networkError(code))).toEqual(MAY_HAVE_ARRIVED);
		},
	);

	/** @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
	const CERTIFICATE = [
		'UNABLE_TO_GET_ISSUER_CERT',
		'UNABLE_TO_GET_CRL',
		'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
		'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
		'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
		'CERT_SIGNATURE_FAILURE',
		'CRL_SIGNATURE_FAILURE',
		'CERT_NOT_YET_VALID',
		'CERT_HAS_EXPIRED',
		'CRL_NOT_YET_VALID',
		'CRL_HAS_EXPIRED',
		'ERROR_IN_CERT_NOT_BEFORE_FIELD',
		'ERROR_IN_CERT_NOT_AFTER_FIELD',
		'ERROR_IN_CRL_LAST_UPDATE_FIELD',
		'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
		'OUT_OF_MEM',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'CERT_CHAIN_TOO_LONG',
		'CERT_REVOKED',
		'INVALID_CA',
		'PATH_LENGTH_EXCEEDED',
		'INVALID_PURPOSE',
		'CERT_UNTRUSTED',
		'CERT_REJECTED',
		'HOSTNAME_MISMATCH',
	];

	it.each(CERTIFICATE)('of a certificate: %s', (code) => {
		for (const wasSent of [true, false]) {
			expect(ruleOf(networkError(code, { wasSent }))).toEqual(PERMANENT);
			expect(failureFromNetworkError(networkError(code, { wasSent })).what).toContain(
				'certificate',
			);
		}
	});

	it('of a certificate is in the program of Node.js, spelled like that', () => {
		const program = readFileSync(process.execPath);
		expect(CERTIFICATE).toHaveLength(28);
		expect(CERTIFICATE.filter((code) => !program.includes(`${code}\0`))).toEqual([]);
	});

	const own = JSON.parse(
		execFileSync(
			process.execPath,
			[
				'--expose-internals',
				'-e',
				"console.log(JSON.stringify(Object.keys(require('internal/errors').codes)))",
			],
			{ encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
		),
	) as string[];
	const ownOf = (prefix: RegExp) => own.filter((code) => prefix.test(code));

	it.each(ownOf(/^ERR_(?:TLS|SSL|OSSL)_/))('of its TLS: %s', (code) => {
		expect(ruleOf(networkError(code))).toEqual(PERMANENT);
	});

	it.each(ownOf(/^ERR_STREAM_/))('of its streams: %s', (code) => {
		expect(ruleOf(networkError(code))).toEqual(MAY_HAVE_ARRIVED);
	});

	it.each(ownOf(/^ERR_INVALID_(?:URL|CHAR|PROTOCOL|IP_ADDRESS)/))(
		'of a request that cannot be built: %s',
		(code) => {
			expect(ruleOf(networkError(code))).toEqual(PERMANENT);
		},
	);

	it.each([
		['ERR_SOCKET_BAD_PORT', PERMANENT],
		['ERR_SOCKET_CLOSED_BEFORE_CONNECTION', NEVER_LEFT],
		['ERR_SOCKET_CONNECTION_TIMEOUT', NEVER_LEFT],
		['ERR_HTTP_HEADERS_SENT', PERMANENT],
		['ERR_HTTP_INVALID_HEADER_VALUE', PERMANENT],
		['ERR_HTTP_REQUEST_TIMEOUT', MAY_HAVE_ARRIVED],
	])('of its sockets and its HTTP: %s', (code, expected) => {
		expect(own).toContain(code);
		expect(ruleOf(networkError(code))).toEqual(expected);
	});
});

import type { Failure } from '../rowFailure';
import type { NetworkError } from './attempt';

interface Meaning {
	/** one sentence without its full stop */
	what: string;
	advice: string;
	/** false where the request can't have left, so that it can't have been applied */
	mayHaveArrived: boolean;
	/** whether another attempt may succeed */
	isTransient: boolean;
}

const CHECK_HOST = 'Check the Base URL in the credential and the network of the n8n server.';
const RAISE_TIMEOUT = "If this happens often, raise 'Timeout (Seconds)' or lower 'Batch Size'.";

const unreachable = (what: string): Meaning => ({
	what,
	advice: CHECK_HOST,
	mayHaveArrived: false,
	isTransient: true,
});
const LOOKUP = unreachable("The host name in the Base URL couldn't be looked up");
const CONNECT = unreachable("The connection to the Base URL couldn't be established");
const UNTRUSTED: Meaning = {
	what: 'The certificate of the server at the Base URL is untrusted',
	advice: `${CHECK_HOST} A proxy that inspects encrypted connections has its own certificate.`,
	mayHaveArrived: false,
	isTransient: false,
};
const TLS: Meaning = {
	what: "An encrypted connection to the Base URL couldn't be established",
	advice: `${CHECK_HOST} The address may accept unencrypted connections only.`,
	mayHaveArrived: false,
	isTransient: false,
};
const NOT_BUILT: Meaning = {
	what: "The request couldn't be built",
	advice: 'Check the values of the credential.',
	mayHaveArrived: false,
	isTransient: false,
};
const BROKEN: Meaning = {
	what: 'The connection to Periskope broke before the response arrived',
	advice: '',
	mayHaveArrived: true,
	isTransient: true,
};
const DAMAGED: Meaning = {
	...BROKEN,
	what: 'The response from the Base URL arrived incomplete or damaged',
};
const TOO_LATE: Meaning = {
	what: "Periskope didn't respond in time",
	advice: RAISE_TIMEOUT,
	mayHaveArrived: true,
	isTransient: true,
};
const CANCELLED: Meaning = {
	what: 'The execution was cancelled before Periskope responded',
	advice: '',
	mayHaveArrived: true,
	isTransient: false,
};

const NOT_FOUND = unreachable("The host name in the Base URL couldn't be found");
const REFUSED = unreachable('No server responds at the Base URL');
const NOT_TAKEN = unreachable("The server at the Base URL didn't accept the connection in time");

/** Where the connection couldn't be made, what is known beyond that. */
const WHILE_CONNECTING = new Map<string, Meaning>([
	['ECONNREFUSED', REFUSED],
	['ETIMEDOUT', NOT_TAKEN],
	['EHOSTUNREACH', unreachable("The host in the Base URL can't be reached")],
	['ENETUNREACH', unreachable('The n8n server has no network connection to the Base URL')],
]);

/** Whatever the system was doing. */
const BY_CODE = new Map<string, Meaning>([
	['ENOTFOUND', NOT_FOUND],
	['ECONNREFUSED', REFUSED],
	['ERR_SOCKET_CONNECTION_TIMEOUT', NOT_TAKEN],
	['ERR_SOCKET_CLOSED_BEFORE_CONNECTION', CONNECT],
	['ERR_SOCKET_BAD_PORT', NOT_BUILT],
	['ECONNABORTED', TOO_LATE],
	['ESOCKETTIMEDOUT', TOO_LATE],
	['ETIMEDOUT', TOO_LATE],
	['ERR_HTTP_REQUEST_TIMEOUT', TOO_LATE],
	['ERR_CANCELED', CANCELLED],
	['ABORT_ERR', CANCELLED],
]);

/** As Node.js names what OpenSSL finds wrong with a certificate. @see https://nodejs.org/api/tls.html */
const CERTIFICATE =
	/^(?:UNABLE_TO_\w+|(?:CERT|CRL)_\w+|ERROR_IN_(?:CERT|CRL)_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|OUT_OF_MEM|ERR_TLS_CERT_ALTNAME_\w+)$/;
const TLS_FAILURE = /^(?:EPROTO$|ERR_(?:TLS|SSL|OSSL)_)/;
/** Of c-ares, which looks names up for Node.js. @see https://nodejs.org/api/dns.html#error-codes */
const LOOKUP_FAILURE =
	/^(?:EAI_\w+|ENODATA|EFORMERR|ESERVFAIL|ENOTIMP|EREFUSED|EBAD(?:QUERY|NAME|FAMILY|RESP|STR|FLAGS|HINTS)|ETIMEOUT|EOF|EFILE|EDESTRUCTION|ENONAME|ENOTINITIALIZED|ELOADIPHLPAPI|EADDRGETNETWORKPARAMS|ECANCELLED)$/;
/** Of the parser of HTTP responses, of zlib, and of axios and streams. */
const DAMAGE =
	/^(?:HPE_|Z_|ERR_(?:BAD_RESPONSE|ZLIB_|BROTLI_|STREAM_|ENCODING_|STRING_TOO_LONG|BUFFER_TOO_LARGE))/;
const CANNOT_BUILD =
	/^ERR_(?:INVALID_|UNESCAPED_|BAD_OPTION|BAD_REQUEST|NOT_SUPPORT|HTTP_INVALID_HEADER|HTTP_HEADERS_SENT|OUT_OF_RANGE)/;
/** Of the operating system, of sockets and of Node.js's and axios's HTTP. */
const CONNECTION_ERROR = /^(?:E[A-Z\d]+|ERR_(?:SOCKET_|HTTP_|NETWORK|FR_)\w*)$/;
const LOOKS_UP = /^(?:getaddrinfo|getnameinfo|query\w*)$/;
const CONNECTS = /^(?:connect|bind|socket|open)$/;

function meaningOf(error: NetworkError): Meaning {
	const { code, syscall = '', wasSent } = error;
	if (CERTIFICATE.test(code)) return UNTRUSTED;
	// OpenSSL also reports errors after the handshake.
	if (TLS_FAILURE.test(code)) return wasSent && code.startsWith('ERR_SSL_') ? BROKEN : TLS;
	if (CONNECTS.test(syscall)) return WHILE_CONNECTING.get(code) ?? CONNECT;
	const known = BY_CODE.get(code);
	// Timed out while connecting, before the request was sent.
	if (known === TOO_LATE && !wasSent) return NOT_TAKEN;
	if (known === CANCELLED && !wasSent) return { ...CANCELLED, mayHaveArrived: false };
	if (known) return known;
	const isTransfer = /^(?:read|write)/.test(syscall);
	if (LOOKS_UP.test(syscall) || (LOOKUP_FAILURE.test(code) && !isTransfer)) return LOOKUP;
	if (DAMAGE.test(code)) return DAMAGED;
	if (CANNOT_BUILD.test(code)) return NOT_BUILT;
	if (/\bCONNECT\b/.test(error.message)) return CONNECT;
	if (CONNECTION_ERROR.test(code)) return wasSent ? BROKEN : CONNECT;
	return unknownError(error);
}

/** Quotes the error, because nothing else is known about it. */
const unknownError = ({ code, message, wasSent }: NetworkError): Meaning => ({
	what: `The request failed for an unknown reason (${message === '' ? code : `${code}: ${message}`})`,
	advice: 'Please open an issue on the GitHub page of this node.',
	mayHaveArrived: wasSent,
	isTransient: wasSent,
});

/** Whether the error is one that this node has no text for, so that it belongs in n8n's log. */
export const isUnknownError = (error: NetworkError): boolean =>
	meaningOf(error).what === unknownError(error).what;

/** Whether another attempt may succeed. */
export const isTransientError = (error: NetworkError): boolean => meaningOf(error).isTransient;

export function failureFromNetworkError(error: NetworkError): Failure {
	const meaning = meaningOf(error);
	const { what, advice, mayHaveArrived, isTransient } = meaning;
	return {
		what,
		advice,
		reason: 'unavailable',
		applied: mayHaveArrived ? 'unknown' : 'no',
		...(isTransient && { isRetryable: true }),
		// No other request can be sent either.
		...([UNTRUSTED, TLS, NOT_BUILT].includes(meaning) && { isUnconfirmed: true }),
		details: { code: error.code },
	};
}

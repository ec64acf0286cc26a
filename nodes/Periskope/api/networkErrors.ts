import type { Failure } from './failure';

interface Meaning {
	what: string;
	advice: string;
	/** false where the request can't have left, so that it can't have been applied */
	mayHaveArrived: boolean;
	/** whether another attempt may succeed */
	isTransient: boolean;
}

const CHECK_HOST = 'Check the Base URL in the credential and the network of the n8n server.';

const unreachable = (what: string): Meaning => ({
	what,
	advice: CHECK_HOST,
	mayHaveArrived: false,
	isTransient: true,
});
const broken: Meaning = {
	what: 'The connection to Periskope broke before its answer arrived',
	advice: '',
	mayHaveArrived: true,
	isTransient: true,
};
const tooLate: Meaning = {
	what: 'Periskope did not answer in time',
	advice: 'If it happens often, raise Timeout or lower Batch Size.',
	mayHaveArrived: true,
	isTransient: true,
};
const untrusted: Meaning = {
	...unreachable(
		'The server at the Base URL could not prove that it is the one it claims to be (its certificate is not trusted)',
	),
	isTransient: false,
};

/** By the code that Node.js, axios or n8n gives the error. */
const MEANINGS = new Map<string, Meaning>(
	Object.entries({
		ECONNREFUSED: unreachable('No server answers at the Base URL'),
		ENOTFOUND: unreachable('The host name in the Base URL could not be found'),
		EAI_AGAIN: unreachable('The host name in the Base URL could not be looked up'),
		EHOSTUNREACH: unreachable('The host in the Base URL cannot be reached'),
		ENETUNREACH: unreachable('The network of the n8n server does not reach the Base URL'),
		ECONNRESET: broken,
		EPIPE: broken,
		ECONNABORTED: tooLate,
		ETIMEDOUT: tooLate,
		ERR_CANCELED: {
			what: 'The execution was cancelled before Periskope answered',
			advice: '',
			mayHaveArrived: true,
			isTransient: false,
		},
		CERT_HAS_EXPIRED: untrusted,
		DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
		SELF_SIGNED_CERT_IN_CHAIN: untrusted,
		UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
		ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
	}),
);

/** An error that isn't known counts as a broken connection. */
const meaningOf = (code: string) => MEANINGS.get(code) ?? broken;

/** Whether another attempt may succeed. */
export const isTransientCode = (code: string) => meaningOf(code).isTransient;

export function failureFromNetworkError(code: string): Failure {
	const { what, advice, mayHaveArrived } = meaningOf(code);
	return { what, advice, applied: mayHaveArrived ? 'unknown' : 'no', details: { code } };
}

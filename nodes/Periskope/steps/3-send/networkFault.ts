import type { Failure } from './failure';

interface FaultText {
	what: string;
	advice: string;
	/** false where the request can't have left, so that the change can't have been made */
	mayHaveArrived: boolean;
	/** whether another attempt may fare better */
	isTransient: boolean;
}

const CHECK_HOST = 'Check the Base URL in the credential and the network of the n8n server.';

const unreachable = (what: string): FaultText => ({
	what,
	advice: CHECK_HOST,
	mayHaveArrived: false,
	isTransient: true,
});
const broken: FaultText = {
	what: 'The connection to Periskope broke before its answer arrived',
	advice: '',
	mayHaveArrived: true,
	isTransient: true,
};
const tooLate: FaultText = {
	what: 'Periskope did not answer in time',
	advice: 'If it happens often, raise Timeout or lower Batch Size.',
	mayHaveArrived: true,
	isTransient: true,
};
const untrusted: FaultText = {
	...unreachable(
		'The server at the Base URL could not prove that it is the one it claims to be (its certificate is not trusted)',
	),
	isTransient: false,
};

/** By the code that Node.js, axios or n8n gives the fault. */
const FAULTS = new Map<string, FaultText>(
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

/** A fault that isn't known counts as a broken connection. */
const textOf = (code: string) => FAULTS.get(code) ?? broken;

export const isTransient = (code: string) => textOf(code).isTransient;

export function failureFromFault(code: string): Failure {
	const { what, advice, mayHaveArrived } = textOf(code);
	return { what, advice, applied: mayHaveArrived ? 'maybe' : 'no', code };
}

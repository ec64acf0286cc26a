import {
	sleep,
	type ICredentialDataDecryptedObject,
	type ICredentialTestFunctions,
	type IExecuteFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { messageOf } from '../text';
import {
	resultFromError,
	resultFromResponse,
	TIMED_OUT,
	type AttemptResult,
	type NetworkError,
} from './attempt';
import { authorizationHeaders, readApiKey } from './authorization';
import { readBaseUrl, type UnusableCredential } from './baseUrl';
import { isUnknownError } from './networkErrors';

export interface ApiCall {
	method: IHttpRequestMethods;
	/** below the base URL, such as `/members/access` */
	path: string;
	body?: object;
}

export interface Client {
	kind: 'ready';
	/** Sends one call once and returns its result. Never throws. */
	send(call: ApiCall, timeoutSeconds: number): Promise<AttemptResult>;
}

/** @returns a client with the node's credential; or why that credential can't be used */
export async function connect(
	context: IExecuteFunctions | ILoadOptionsFunctions,
): Promise<Client | UnusableCredential> {
	let credential: ICredentialDataDecryptedObject;
	try {
		credential = await context.getCredentials('periskopeApi');
	} catch (error) {
		return {
			kind: 'unusable',
			what: `n8n couldn't read the Periskope credential: ${messageOf(error)}`,
			advice: 'Check that the node has a credential, and that n8n can open it.',
		};
	}
	const log = (message: string) => context.logger.warn(message);
	return clientFor(credential, log, async (call, timeoutMs, deadline) => {
		return await context.helpers.httpRequestWithAuthentication.call(
			context,
			'periskopeApi',
			// A fresh object each time: the helper writes the key and the cancel signal into it.
			withDeadline(deadline, {
				method: call.method,
				url: call.url,
				...(call.body && { body: call.body }),
				json: true,
				timeout: timeoutMs,
				returnFullResponse: true,
				// Otherwise n8n sends a call that was answered with 401 a second time.
				ignoreHttpStatusErrors: true,
				// Following a redirect would send the change to another address, or turn it into a GET.
				disableFollowRedirect: true,
				sendCredentialsOnCrossOriginRedirect: false,
			}),
		);
	});
}

/**
 * The helper overwrites the signal with the one that cancels the execution. It gets both, so that
 * a response that never ends doesn't keep its connection after the deadline.
 */
function withDeadline(deadline: AbortSignal, options: IHttpRequestOptions): IHttpRequestOptions {
	let cancel: AbortSignal | undefined;
	return Object.defineProperty(options, 'abortSignal', {
		enumerable: true,
		get: () => (cancel ? AbortSignal.any([cancel, deadline]) : deadline),
		set(signal: AbortSignal | undefined) {
			cancel = signal;
		},
	});
}

/** @param helpers of a credential test: it has this one HTTP helper, and none of the newer ones */
export const connectForTest = (
	{ request }: Pick<ICredentialTestFunctions['helpers'], 'request'>,
	credential: ICredentialDataDecryptedObject,
): Client | UnusableCredential =>
	clientFor(credential, undefined, async ({ method, url, body }, timeout) => {
		return (await request({
			method,
			uri: url,
			...(body && { body }),
			headers: authorizationHeaders(credential),
			json: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			timeout,
		})) as unknown;
	});

type Helper = (
	call: Omit<ApiCall, 'path'> & { url: string },
	timeoutMs: number,
	deadline: AbortSignal,
) => Promise<unknown>;

function clientFor(
	{ baseUrl: text, apiKey: key }: ICredentialDataDecryptedObject,
	log: ((message: string) => void) | undefined,
	helper: Helper,
): Client | UnusableCredential {
	const baseUrl = readBaseUrl(text);
	if (baseUrl.kind === 'unusable') return baseUrl;
	const apiKey = readApiKey(key);
	if (apiKey === '') return EMPTY_KEY;
	return {
		kind: 'ready',
		async send({ path, ...call }, timeoutSeconds) {
			const timeoutMs = Math.ceil(timeoutSeconds * 1000);
			const deadline = AbortSignal.timeout(timeoutMs);
			const attempt = async (): Promise<AttemptResult> => {
				try {
					const url = `${baseUrl.url}${path}`;
					return resultFromResponse(await helper({ ...call, url }, timeoutMs, deadline), apiKey);
				} catch (error) {
					const failed = resultFromError(error, apiKey);
					return deadline.aborted ? { ...TIMED_OUT, wasSent: failed.wasSent } : failed;
				}
			};
			const result = await Promise.race([attempt(), timedOut(deadline)]);
			if (result.kind === 'networkError' && isUnknownError(result)) {
				log?.(`Periskope: a request failed with ${result.code}: ${result.message}`);
			}
			return result;
		},
	};
}

/** Time for the helper to end a timed-out attempt and report whether the request was sent. */
const GRACE_MS = 100;

/** Ends the wait even if the helper never returns. */
async function timedOut(deadline: AbortSignal): Promise<NetworkError> {
	await new Promise((resolve) => {
		deadline.addEventListener('abort', resolve, { once: true });
	});
	await sleep(GRACE_MS);
	return TIMED_OUT;
}

const EMPTY_KEY: UnusableCredential = {
	kind: 'unusable',
	what: 'The API key of the Periskope credential is empty',
	advice: 'Nothing was sent. Enter the API key in the credential.',
};

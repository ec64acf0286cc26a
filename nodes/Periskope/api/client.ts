import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { messageOf } from '../text';
import { resultFromError, resultFromResponse, type AttemptResult } from './attempt';
import { authorizationHeaders, readApiKey } from './authorization';
import { readBaseUrl, type UnusableCredential } from './baseUrl';

export interface ApiCall {
	method: IHttpRequestMethods;
	/** below the base URL, such as `/members/access` */
	path: string;
	body?: object;
}

export interface Client {
	kind: 'ready';
	/** Sends one call once, and says what came of it. Never throws. */
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
			what: `n8n could not read the Periskope credential: ${messageOf(error)}`,
			advice: 'See that a credential is chosen in the node, and that n8n can open it.',
		};
	}
	return clientFor(credential, async (call, timeoutMs) => {
		return await context.helpers.httpRequestWithAuthentication.call(
			context,
			'periskopeApi',
			// A fresh object each time: the helper writes the key and the cancel signal into it.
			{
				method: call.method,
				url: call.url,
				...(call.body && { body: call.body }),
				json: true,
				timeout: timeoutMs,
				returnFullResponse: true,
				// Otherwise n8n sends a call that was answered with 401 a second time.
				ignoreHttpStatusErrors: true,
				// A redirect would repeat the change elsewhere, or turn it into a mere look-up.
				disableFollowRedirect: true,
				sendCredentialsOnCrossOriginRedirect: false,
			},
		);
	});
}

/** @param helpers of a credential test: it has this one HTTP helper, and none of the newer ones */
export const connectForTest = (
	{ request }: Pick<ICredentialTestFunctions['helpers'], 'request'>,
	credential: ICredentialDataDecryptedObject,
): Client | UnusableCredential =>
	clientFor(credential, async ({ method, url, body }, timeout) => {
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
) => Promise<unknown>;

function clientFor(
	{ baseUrl: text, apiKey: key }: ICredentialDataDecryptedObject,
	helper: Helper,
): Client | UnusableCredential {
	const baseUrl = readBaseUrl(text);
	if (baseUrl.kind === 'unusable') return baseUrl;
	const apiKey = readApiKey(key);
	return {
		kind: 'ready',
		async send({ path, ...call }, timeoutSeconds) {
			try {
				const response = await helper(
					{ ...call, url: `${baseUrl.url}${path}` },
					timeoutSeconds * 1000,
				);
				return resultFromResponse(response, apiKey);
			} catch (error) {
				return resultFromError(error);
			}
		},
	};
}

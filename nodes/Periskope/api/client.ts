import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { messageOf } from '../text';
import { resultFromError, resultFromResponse, type AttemptResult } from './attempt';
import { readApiKey } from './authorization';
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
	const baseUrl = readBaseUrl(credential.baseUrl);
	if (baseUrl.kind === 'unusable') return baseUrl;
	const apiKey = readApiKey(credential.apiKey);

	return {
		kind: 'ready',
		async send({ method, path, body }, timeoutSeconds) {
			try {
				const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
					context,
					'periskopeApi',
					// A fresh object each time: the helper writes the key and the cancel signal into it.
					{
						method,
						url: `${baseUrl.url}${path}`,
						...(body && { body }),
						json: true,
						timeout: timeoutSeconds * 1000,
						returnFullResponse: true,
						// Otherwise n8n sends a call that was answered with 401 a second time.
						ignoreHttpStatusErrors: true,
						// A redirect would repeat the change elsewhere, or turn it into a mere look-up.
						disableFollowRedirect: true,
						sendCredentialsOnCrossOriginRedirect: false,
					},
				);
				return resultFromResponse(response, apiKey);
			} catch (error) {
				return resultFromError(error);
			}
		},
	};
}

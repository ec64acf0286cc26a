import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { messageOf } from '../messageOf';
import type { Exchange } from './exchange';
import { readApiKey } from './apiKey';
import { readBaseUrl, type UnfitCredential } from './baseUrl';
import { answerFrom, faultFrom } from './response';

export interface ApiCall {
	method: IHttpRequestMethods;
	/** below the base URL, such as `/members/access` */
	path: string;
	body?: object;
	timeoutSeconds: number;
}

/** Sends one call once, and says what came of it. Never throws. */
export type Connection = (call: ApiCall) => Promise<Exchange>;

/** @returns a connection with the node's credential; or why none may be made */
export async function connect(
	context: IExecuteFunctions | ILoadOptionsFunctions,
): Promise<Connection | UnfitCredential> {
	let credential: ICredentialDataDecryptedObject;
	try {
		credential = await context.getCredentials('periskopeApi');
	} catch (error) {
		return {
			problem: `n8n could not read the Periskope credential: ${messageOf(error)}`,
			advice: 'See that a credential is chosen in the node, and that n8n can open it.',
		};
	}
	const baseUrl = readBaseUrl(credential.baseUrl);
	if ('problem' in baseUrl) return baseUrl;
	const apiKey = readApiKey(credential.apiKey);

	return async ({ method, path, body, timeoutSeconds }) => {
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
			return answerFrom(response, apiKey);
		} catch (error) {
			return faultFrom(error);
		}
	};
}

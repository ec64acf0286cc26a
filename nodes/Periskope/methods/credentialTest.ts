import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import type { Exchange } from '../transport/exchange';
import { readApiKey } from '../transport/apiKey';
import { authorizationHeaders } from '../transport/authorization';
import { readBaseUrl } from '../transport/baseUrl';
import { ORG_PHONES_PATH, orgPhonesFrom } from './orgPhones';
import { answerFrom, faultFrom } from '../transport/response';

const TIMEOUT_MS = 30_000;

/**
 * Lists the org phones, which changes nothing. A function rather than n8n's declarative test:
 * that one shows "Unauthorized" where Periskope says what is wrong with the key, and counts a web
 * page that answers with 200 as a success.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const baseUrl = readBaseUrl(data.baseUrl);
	if ('problem' in baseUrl)
		return { status: 'Error', message: `${baseUrl.problem}. ${baseUrl.advice}` };
	const listed = orgPhonesFrom(await listOrgPhones(this.helpers, baseUrl.url, data));
	return 'phones' in listed
		? { status: 'OK', message: 'Connection successful' }
		: { status: 'Error', message: `${listed.problem}. ${listed.advice}` };
}

async function listOrgPhones(
	// A credential test is given this one HTTP helper; the newer ones don't exist here.
	{ request }: Pick<ICredentialTestFunctions['helpers'], 'request'>,
	baseUrl: string,
	credential: ICredentialDataDecryptedObject,
): Promise<Exchange> {
	try {
		const response: unknown = await request({
			method: 'GET',
			uri: `${baseUrl}${ORG_PHONES_PATH}`,
			headers: authorizationHeaders(credential),
			json: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			timeout: TIMEOUT_MS,
		});
		return answerFrom(response, readApiKey(credential.apiKey));
	} catch (error) {
		return faultFrom(error);
	}
}

import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { resultFromError, resultFromResponse, type AttemptResult } from '../api/attempt';
import { authorizationHeaders, readApiKey } from '../api/authorization';
import { readBaseUrl } from '../api/baseUrl';
import { LIST_ORG_PHONES, LIST_TIMEOUT_SECONDS, orgPhonesFrom } from '../api/orgPhones';
import type { Problem } from '../rowFailure';

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
	if (baseUrl.kind === 'unusable') return failedTest(baseUrl);
	const listed = orgPhonesFrom(await listOrgPhones(this.helpers, baseUrl.url, data));
	return listed.kind === 'phones'
		? { status: 'OK', message: 'Connection successful' }
		: failedTest(listed);
}

const failedTest = ({ what, advice }: Problem): INodeCredentialTestResult => ({
	status: 'Error',
	message: `${what}. ${advice}`,
});

async function listOrgPhones(
	// A credential test is given this one HTTP helper; the newer ones don't exist here.
	{ request }: Pick<ICredentialTestFunctions['helpers'], 'request'>,
	baseUrl: string,
	credential: ICredentialDataDecryptedObject,
): Promise<AttemptResult> {
	const { method, path } = LIST_ORG_PHONES;
	try {
		const response: unknown = await request({
			method,
			uri: `${baseUrl}${path}`,
			headers: authorizationHeaders(credential),
			json: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			timeout: LIST_TIMEOUT_SECONDS * 1000,
		});
		return resultFromResponse(response, readApiKey(credential.apiKey));
	} catch (error) {
		return resultFromError(error);
	}
}

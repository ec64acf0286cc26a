import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { connectForTest } from '../api/client';
import { inWords, listOrgPhones } from '../api/orgPhones';

/**
 * Lists the org phones, which changes nothing. A function rather than n8n's declarative test:
 * that one shows "Unauthorized" where Periskope says what is wrong with the key, and counts a web
 * page that answers with 200 as a success.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const listed = await listOrgPhones(connectForTest(this.helpers, data));
	return listed.kind === 'phones'
		? { status: 'OK', message: 'Connection successful' }
		: { status: 'Error', message: inWords(listed.failure) };
}

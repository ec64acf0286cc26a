import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readApiKey, readHeader } from './apiKey';

/**
 * The headers that tell Periskope who calls. `x-phone` goes along only when it is filled in: some
 * of Periskope's pages ask for it, others don't name it.
 *
 * @see https://docs.periskope.app/api-reference/introduction
 */
export function authorizationHeaders({
	apiKey,
	phone,
}: ICredentialDataDecryptedObject): Record<string, string> {
	const xPhone = readHeader(phone);
	return {
		Authorization: `Bearer ${readApiKey(apiKey)}`,
		...(xPhone !== '' && { 'x-phone': xPhone }),
	};
}

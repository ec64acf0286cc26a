import type {
	IAuthenticate,
	Icon,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { authorizationHeaders } from '../nodes/Periskope/api/authorization';
import { mayCarryKey } from '../nodes/Periskope/api/baseUrl';

export class PeriskopeApi implements ICredentialType {
	name = 'periskopeApi';

	displayName = 'Periskope API';

	documentationUrl = 'https://docs.periskope.app/api-reference/authorization';

	icon: Icon = {
		light: 'file:../nodes/Periskope/periskope.svg',
		dark: 'file:../nodes/Periskope/periskope.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Create it at console.periskope.app under Settings → Integrations → API. It is shown only once. The API needs an active Pro or Enterprise plan.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.periskope.app/v1',
			description: 'Address of the API. Change it only if Periskope gave you another one.',
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			placeholder: 'e.g. 918527184400',
			description:
				'Optional. Leave empty unless Periskope asks for it. Number of one of your org phones (country code, digits only), or its phone ID. Sent as the x-phone header.',
		},
	];

	/** A function, so that the key is never added to a request that would send it unencrypted. */
	authenticate: IAuthenticate = async (
		credentials,
		// n8n's HTTP Request node still says uri.
		requestOptions: IHttpRequestOptions & { uri?: string },
	) => {
		const { baseURL = '', url = requestOptions.uri ?? '' } = requestOptions;
		const isWhole = baseURL === '' || URL.canParse(url);
		if (!mayCarryKey(isWhole ? url : baseURL)) {
			throw new Error(
				"The address doesn't start with https://, so the API key would be sent unencrypted. Nothing was sent.",
			);
		}
		requestOptions.headers = { ...requestOptions.headers, ...authorizationHeaders(credentials) };
		return requestOptions;
	};
}

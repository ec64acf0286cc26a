import type { IAuthenticate, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { authorizationHeaders } from '../nodes/Periskope/transport/authorization';
import { readBaseUrl } from '../nodes/Periskope/transport/baseUrl';

export class PeriskopeApi implements ICredentialType {
	name = 'periskopeApi';

	displayName = 'Periskope API';

	documentationUrl = 'https://docs.periskope.app/api-reference/introduction';

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
				'Made at console.periskope.app under Settings → Integrations → API. It is shown only once. The API needs an active Pro or Enterprise plan.',
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
				'Optional. Number of one of your org phones, digits with country code, or its phone ID. Sent along as x-phone when filled in.',
		},
	];

	/** A function, so that the key is never put on a request that would carry it unencrypted. */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const target = readBaseUrl(requestOptions.baseURL ?? requestOptions.url);
		if ('problem' in target) throw new Error(`${target.problem}. ${target.advice}`);
		requestOptions.headers = { ...requestOptions.headers, ...authorizationHeaders(credentials) };
		return requestOptions;
	};
}

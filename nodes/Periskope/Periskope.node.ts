import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { testCredential } from './methods/credentialTest';
import { getOrgPhones } from './methods/loadOptions';
import { execute, hints, properties } from './resources';

export class Periskope implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Periskope',
		name: 'periskope',
		icon: { light: 'file:periskope.svg', dark: 'file:periskope.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Manage which chats Periskope members can see',
		defaults: { name: 'Periskope' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'periskopeApi', required: true, testedBy: 'periskopeApiTest' }],
		properties,
		hints,
	};

	methods = {
		credentialTest: { periskopeApiTest: testCredential },
		loadOptions: { getOrgPhones },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await execute(this)];
	}
}

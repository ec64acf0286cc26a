import type { INodeProperties } from 'n8n-workflow';

import { updateAccessOptions } from './updateAccess.options';

const MODES = [
	{
		name: 'Set to List',
		value: 'set',
		description: 'Replace what the member has with exactly this list',
	},
	{ name: 'Keep Unchanged', value: 'keep', description: 'Leave this field as it is in Periskope' },
	{
		name: 'Clear (Send Null)',
		value: 'clear',
		description:
			// The dropdown cuts what is longer than two of its lines, and here the warning is the point.
			"Try on one member first: Periskope's pages disagree whether null takes all access away or gives it",
	},
];

export const updateAccessFields: INodeProperties[] = [
	{
		displayName: 'Emails',
		name: 'emails',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. asha@example.com, ben@example.com',
		description:
			'Whose access to update: one email, several separated by commas, semicolons or line breaks, or an expression that gives an array. Only members with the role "member" change; Periskope skips admins.',
	},
	{
		displayName: 'Labels Mode',
		name: 'labelsMode',
		type: 'options',
		options: MODES,
		default: 'set',
		description:
			'What happens to the labels that limit which chats the member sees. From a sheet, use an expression that gives set, keep or clear.',
	},
	{
		displayName: 'Labels',
		name: 'labels',
		type: 'string',
		default: '',
		placeholder: 'e.g. Sales, Support',
		displayOptions: { show: { labelsMode: ['set'] } },
		description:
			'Names (not IDs) of the labels the member may see, separated by commas, semicolons or line breaks, or an expression that gives an array. They replace the labels the member has now.',
	},
	{
		displayName: 'Org Phones Mode',
		name: 'orgPhonesMode',
		type: 'options',
		options: MODES,
		default: 'keep',
		description:
			'What happens to the org phones whose chats the member sees. From a sheet, use an expression that gives set, keep or clear.',
	},
	{
		displayName: 'Org Phone Names or IDs',
		name: 'orgPhones',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getOrgPhones' },
		default: [],
		displayOptions: { show: { orgPhonesMode: ['set'] } },
		description:
			'The WhatsApp numbers of the organization that the member may see. They replace the ones the member has now. An expression gives numbers with country code, as an array or as text separated by commas. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: updateAccessOptions,
	},
];

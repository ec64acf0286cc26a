import type { INodeProperties } from 'n8n-workflow';

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
			"Send null. Periskope's page for this call says that null clears access; its page for inviting members says that null gives access to all. Try it on one member first.",
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
		options: [
			{
				displayName: 'Batch Size',
				name: 'batchSize',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1000 },
				default: 100,
				description:
					'Most emails in one request. Rows that ask for the same access share requests. Periskope documents no limit.',
			},
			{
				displayName: 'Concurrent Requests',
				name: 'concurrentRequests',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 10 },
				default: 4,
				description: 'Most requests under way at the same time',
			},
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description:
					'Whether to check all rows and output what would be sent, without changing anything in Periskope',
			},
			{
				displayName: 'Duplicate Emails',
				name: 'duplicateEmails',
				type: 'options',
				options: [
					{
						name: 'Fail',
						value: 'fail',
						description: 'Send nothing for an email whose rows ask for different access',
					},
					{
						name: 'Merge',
						value: 'merge',
						description: 'Give the labels and the org phones of all of its rows together',
					},
					{
						name: 'Use Last Row',
						value: 'lastRow',
						description: 'For each field, the last row that sets or clears it decides',
					},
				],
				default: 'fail',
				description:
					'What to do when an email is on several rows that ask for different access. Rows that agree are never a conflict.',
			},
			{
				displayName: 'Empty Lists',
				name: 'emptyLists',
				type: 'options',
				options: [
					{
						name: 'Fail',
						value: 'fail',
						description: 'Refuse the row, so that a blank cell cannot change access',
					},
					{
						name: 'Keep Unchanged',
						value: 'keep',
						description: 'Leave the field as it is in Periskope for that row',
					},
				],
				default: 'fail',
				description:
					'What to do when a mode is Set to List and the list is empty. An empty list is never sent.',
			},
			{
				displayName: 'Max Retries',
				name: 'maxRetries',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 10 },
				default: 5,
				description:
					'How often to repeat a request that failed for a passing reason, such as a rate limit or a broken connection',
			},
			{
				displayName: 'Missing Members',
				name: 'missingMembers',
				type: 'options',
				options: [
					{
						name: 'Fail',
						value: 'fail',
						description: 'Treat the email as not updated',
					},
					{
						name: 'Ignore',
						value: 'ignore',
						description: 'Output nothing for the email and count it in the hint',
					},
					{
						name: 'Report',
						value: 'report',
						description: 'Output an item with the email, "updated": false and the reason',
					},
				],
				default: 'fail',
				description: "What to do with an email that Periskope's answer does not contain",
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{ name: 'Full', value: 'full', description: 'The member as Periskope returned it' },
					{
						name: 'Simplified',
						value: 'simplified',
						description: 'Email, name, role, status, label IDs, and org phones as digits',
					},
				],
				default: 'full',
				description: 'How much of each updated member to output',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 0.1, maxValue: 3600 },
				default: 60,
				description: 'Seconds to wait for the answer to each request',
			},
		],
	},
];

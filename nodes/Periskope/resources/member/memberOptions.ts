import type { INodeProperties } from 'n8n-workflow';

import type { OptionName } from '../../steps/1-read/options';

/** Every entry of Options, sorted as the editor shows them. */
const OPTION_FIELDS: Record<OptionName, INodeProperties> = {
	batchSize: {
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: 100,
		description:
			'Most emails in one request. Rows that ask for the same access share requests. Periskope documents no limit.',
	},
	concurrentRequests: {
		displayName: 'Concurrent Requests',
		name: 'concurrentRequests',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10 },
		default: 4,
		description: 'Most requests under way at the same time',
	},
	dryRun: {
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			'Whether to check all rows and output what would be sent, without changing anything in Periskope',
	},
	duplicateEmails: {
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
	emptyLists: {
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
	maxDeletions: {
		displayName: 'Max Deletions',
		name: 'maxDeletions',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100_000 },
		default: 10,
		description:
			'Most members that one run may delete. A run that would delete more sends nothing and says how many it would be.',
	},
	maxRetries: {
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: 5,
		description:
			'How often to repeat a request that failed for a passing reason, such as a rate limit or a broken connection. An invitation that may have gone out is never repeated.',
	},
	missingMembers: {
		displayName: 'Missing Members',
		name: 'missingMembers',
		type: 'options',
		options: [
			{
				name: 'Fail',
				value: 'fail',
				description: 'Treat the email as failed',
			},
			{
				name: 'Ignore',
				value: 'ignore',
				description: 'Output nothing for the email and count it in the hint',
			},
			{
				name: 'Report',
				value: 'report',
				description: 'Output an item with the email, the reason, and what it was to have',
			},
		],
		default: 'fail',
		description: 'What to do with an email for which Periskope returns no member',
	},
	output: {
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
		description: 'How much of each member to output',
	},
	timeout: {
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 0.1, maxValue: 3600 },
		default: 60,
		description: 'Seconds to wait for the answer to each request',
	},
};

/** The collection Options with these entries. */
export const optionsField = (names: readonly OptionName[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: Object.values(OPTION_FIELDS).filter(({ name }) =>
		names.some((offered) => offered === name),
	),
});

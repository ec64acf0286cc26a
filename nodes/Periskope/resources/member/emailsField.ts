import type { INodeProperties } from 'n8n-workflow';

export const emailsField = ({ description }: { description: string }): INodeProperties => ({
	displayName: 'Emails',
	name: 'emails',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. asha@example.com, ben@example.com',
	description,
});

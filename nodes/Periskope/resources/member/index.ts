import type { Resource } from '../operation';
import { updateAccess } from './updateAccess';

const operations = [updateAccess];

export const member: Resource = {
	option: { name: 'Member', value: 'member' },
	operations,
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['member'] } },
		options: operations.map(({ option }) => option),
		default: 'updateAccess',
	},
};

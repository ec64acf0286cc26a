import type { Resource } from '../operation';
import { deleteMember } from './delete';
import { invite } from './invite';
import { updateAccess } from './updateAccess';

const operations = [deleteMember, invite, updateAccess];

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

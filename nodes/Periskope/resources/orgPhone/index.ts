import type { Resource } from '../operation';
import { getManyOrgPhones } from './getAll';

const operations = [getManyOrgPhones];

export const orgPhone: Resource = {
	option: { name: 'Org Phone', value: 'orgPhone' },
	operations,
	operationField: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['orgPhone'] } },
		options: operations.map(({ option }) => option),
		default: 'getAll',
	},
};

import type { Resource } from '../operation';
import { updateAccess } from './updateAccess';

export const member: Resource = {
	option: { name: 'Member', value: 'member' },
	operations: [updateAccess],
};

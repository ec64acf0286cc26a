import { DELETE } from '../nodes/Periskope/resources/member/delete';
import { INVITE } from '../nodes/Periskope/resources/member/invite';
import { UPDATE_ACCESS } from '../nodes/Periskope/resources/member/updateAccess';

/**
 * Every operation, by its value, for the tests that hold for all of them. A test compares it with
 * the dropdown, so that none is forgotten.
 */
export const OPERATIONS = {
	delete: DELETE,
	invite: INVITE,
	updateAccess: UPDATE_ACCESS,
};

export type OperationValue = keyof typeof OPERATIONS;

export const OPERATION_VALUES = Object.keys(OPERATIONS) as OperationValue[];

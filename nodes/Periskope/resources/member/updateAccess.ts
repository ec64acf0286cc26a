import { membersFrom } from '../../api/member';
import { runOperation, type MemberOperation } from '../../runOperation';
import type { Operation } from '../operation';
import { ABOUT_LISTS, accessFields, nullHints } from './accessFields';
import { askedOfModel, emailsField } from './emailsField';
import { optionsField } from '../optionsField';

const AGAIN = 'Try again. Sending the same access twice is safe.';

/** @see https://docs.periskope.app/api-reference/introduction */
export const UPDATE_ACCESS: MemberOperation = {
	name: 'updateAccess',
	hasRole: false,
	modes: ['set', 'keep', 'clear'],
	returnsMembers: true,
	limits: ({ batchSize, maxMembers }) => ({
		batchSize,
		max: { members: maxMembers, option: 'maxMembers' },
	}),
	callFor: ({ emails, access }) => ({
		method: 'PATCH',
		path: '/members/access',
		body: { emails, ...access },
	}),
	// The call sets absolute values: sent twice, it leaves what it leaves when sent once, even if
	// the first one arrives after the second.
	isSafeToRepeat: () => true,
	contentOf(body) {
		const members = membersFrom(body);
		return members && { members };
	},
	messages: {
		done: 'updated',
		ifUnknown: 'The change may still have been applied.',
		adviceIfUnknown: AGAIN,
		adviceIfRetryable: AGAIN,
		adviceIfStopped: 'Running again is safe. Updated members are sent the same access again.',
		notReturned: "Periskope didn't return this member, so the change isn't confirmed",
		adviceIfNotReturned:
			'Check the spelling, and that the organization has this member with the role member. Periskope skips admins, who have access to everything.',
	},
};

export const updateAccess: Operation = {
	option: {
		name: 'Update Access',
		value: UPDATE_ACCESS.name,
		action: 'Update member access',
		description:
			'Set which labels and org phones members can see. Admins always have access to everything.',
	},
	toolDescription: `Sets which labels and org phones members of the Periskope organization can see. Each list is sent as the member's whole list. What the member had isn't known and can't be restored, so before you call, tell the user that this list is all the member will have, and get a yes. An empty list isn't sent and changes nothing, so the tool can't take away all labels or all org phones. If 'dryRun' is in the result, nothing was changed. ${ABOUT_LISTS} The tool can't add or remove a single label, copy another member's access, give or take all access, read or undo: say so, and ask for the whole list. ${askedOfModel(UPDATE_ACCESS.messages)}`,
	fields: (isTool) => [
		emailsField({
			description:
				"Emails of the members to update, separated by commas, semicolons or line breaks, or an array from an expression. Admins aren't updated.",
		}),
		...accessFields({ modes: UPDATE_ACCESS.modes, orgPhonesDefault: 'keep', isTool }),
		...optionsField(UPDATE_ACCESS.name, isTool),
	],
	hints: nullHints(UPDATE_ACCESS.modes),
	execute: (context) => runOperation(context, UPDATE_ACCESS),
};

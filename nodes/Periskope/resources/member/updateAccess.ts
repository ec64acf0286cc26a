import { membersFrom } from '../../api/member';
import { runOperation, type MemberOperation } from '../../runOperation';
import type { Operation } from '../operation';
import { accessFields } from './accessFields';
import { emailsField } from './emailsField';
import { optionsField } from './optionsField';

const AGAIN = 'Run again: sending the same access twice does no harm.';

/** @see https://docs.periskope.app/api-reference/introduction */
export const UPDATE_ACCESS: MemberOperation = {
	name: 'updateAccess',
	hasRole: false,
	modes: ['set', 'keep', 'clear'],
	limits: ({ batchSize }) => ({ batchSize }),
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
		ifUnknown: 'The change may have been made all the same.',
		adviceIfUnknown: AGAIN,
		adviceIfRetryable: AGAIN,
		adviceIfStopped:
			'Running again is safe: members that were updated are sent the same access again.',
		notReturned:
			"Periskope's answer does not contain this email, so nothing is known to have changed for it",
		adviceIfNotReturned:
			'Check the spelling, and that the person is in the organization with the role member: Periskope skips admins, who have access to everything.',
	},
};

export const updateAccess: Operation = {
	option: {
		name: 'Update Access',
		value: UPDATE_ACCESS.name,
		action: 'Update member access',
		description:
			'Set which labels and org phones members may see in Periskope. Replaces what they have now; admins are not changed.',
	},
	fields: [
		emailsField({
			description:
				'Whose access to update: one email, several separated by commas, semicolons or line breaks, or an expression that gives an array. Only members with the role "member" change; Periskope skips admins.',
		}),
		...accessFields({ modes: UPDATE_ACCESS.modes, orgPhonesDefault: 'keep' }),
		optionsField(UPDATE_ACCESS.name),
	],
	execute: (context) => runOperation(context, UPDATE_ACCESS),
};

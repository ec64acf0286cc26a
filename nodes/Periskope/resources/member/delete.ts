import { isDeleted } from '../../api/member';
import type { Content } from '../../api/reply';
import { runOperation, type MemberOperation } from '../../runOperation';
import type { Operation } from '../operation';
import { askedOfModel, emailsField } from './emailsField';
import { optionsField } from '../optionsField';

const deleted = (emails: readonly string[]): Content => ({
	members: emails.map((email) => ({ email })),
});

/** @see https://docs.periskope.app/api-reference/introduction */
export const DELETE: MemberOperation = {
	name: 'delete',
	hasRole: false,
	modes: [],
	returnsMembers: false,
	limits: ({ maxDeletions }) => ({
		batchSize: 1,
		max: { members: maxDeletions, option: 'maxDeletions' },
	}),
	callFor: ({ emails: [email = ''] }) => ({
		method: 'DELETE',
		// Encoded whole: a slash in an email must not lead to another call.
		path: `/members/${encodeURIComponent(email)}`,
	}),
	// A member that is deleted stays deleted.
	isSafeToRepeat: () => true,
	contentOf: (body, { emails }) => (isDeleted(body, emails[0] ?? '') ? deleted(emails) : undefined),
	// Also after an attempt whose result is unknown: the email may be misspelled.
	contentOf404: (words) => ({ members: [], notFound: words }),
	messages: {
		done: 'deleted',
		ifUnknown: 'The member may still have been deleted.',
		adviceIfUnknown: 'Try again. Deleting a member twice is safe.',
		adviceIfRetryable: 'Try again.',
		adviceIfStopped:
			"Running again is safe. Members that are already deleted are then handled as 'When a Member Isn't Returned' says.",
		notReturned: 'Periskope found no member with this email',
		adviceIfNotReturned:
			'Check the spelling. If the member is gone already, nothing is left to do.',
	},
};

export const deleteMember: Operation = {
	option: {
		name: 'Delete',
		value: DELETE.name,
		action: 'Delete members',
		description:
			"Delete members from the organization. If a run has more members than 'Max Deletions', none is deleted.",
	},
	toolDescription: `Deletes members from the Periskope organization. The tool can't undo it, and inviting again isn't an undo: name the emails and ask the user to confirm before you call. ${askedOfModel(DELETE.messages)}`,
	fields: (isTool) => [
		emailsField({
			description:
				'Emails of the members to delete, separated by commas, semicolons or line breaks, or an array from an expression',
		}),
		...optionsField(DELETE.name, isTool),
	],
	hints: [
		{
			message:
				"This run deletes members. To see which ones without deleting them, turn on 'Dry Run'.",
			when: '$parameter["options"]["dryRun"] !== true',
		},
	],
	execute: (context) => runOperation(context, DELETE),
};

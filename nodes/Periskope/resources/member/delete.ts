import { isDeleted } from '../../api/member';
import type { Content } from '../../api/reply';
import { runOperation, type MemberOperation } from '../../runOperation';
import type { Operation } from '../operation';
import { emailsField } from './emailsField';
import { optionsField } from './optionsField';

const deleted = (emails: readonly string[]): Content => ({
	members: emails.map((email) => ({ deleted: true, email })),
});

/** @see https://docs.periskope.app/api-reference/introduction */
export const DELETE: MemberOperation = {
	name: 'delete',
	hasRole: false,
	modes: [],
	limits: ({ maxDeletions }) => ({ batchSize: 1, maxMembers: maxDeletions }),
	callFor: ({ emails: [email = ''] }) => ({
		method: 'DELETE',
		// Encoded whole: a slash in an email must not lead to another call.
		path: `/members/${encodeURIComponent(email)}`,
	}),
	// A member that is deleted stays deleted.
	isSafeToRepeat: () => true,
	contentOf: (body, { emails }) => (isDeleted(body, emails[0] ?? '') ? deleted(emails) : undefined),
	// After an attempt whose result is unknown, not found counts as deleted by that attempt.
	contentOf404: (words, { emails }, appliedBefore) =>
		appliedBefore === 'unknown' ? deleted(emails) : { members: [], notFound: words },
	messages: {
		done: 'deleted',
		ifUnknown: 'The member may have been deleted all the same.',
		adviceIfUnknown: 'Run this row again: deleting a member that is gone does no harm.',
		adviceIfRetryable: 'Run this row again.',
		adviceIfStopped:
			'Running again is safe: members that are gone are not found any more, and Missing Members decides what becomes of their rows.',
		notReturned: 'Periskope does not find a member with this email',
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
			'Remove members from the Periskope organization. A run that would delete more members than Max Deletions allows sends nothing.',
	},
	fields: [
		emailsField({
			description:
				'Whom to delete: one email, several separated by commas, semicolons or line breaks, or an expression that gives an array',
		}),
		optionsField(DELETE.name),
	],
	execute: (context) => runOperation(context, DELETE),
};

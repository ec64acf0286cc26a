import type { Exchange } from '../../transport/exchange';
import type { MemberRequest } from '../../steps/2-plan/planRequests';
import { failureFromAnswer, isWebPage } from '../../steps/3-send/refusal';
import { readReply, type Content, type Reply } from '../../steps/3-send/reply';
import { runOperation, type MemberOperation } from '../../steps/runOperation';
import type { Operation } from '../operation';
import { optionsField } from './memberOptions';

function readDeleted(exchange: Exchange, { emails }: MemberRequest, mayBeDone: boolean): Reply {
	// Periskope's pages differ on what comes back, 200 with a message or 204 with nothing: the
	// status says it all.
	const deleted: Content = { members: emails.map((email) => ({ deleted: true, email })) };
	if ('status' in exchange && exchange.status === 404 && !isWebPage(exchange.body)) {
		// After an attempt whose end nobody knows, not found means that it was that one that deleted.
		if (mayBeDone) return deleted;
		const { what, traceId } = failureFromAnswer(exchange);
		return { members: [], notFound: what, ...(traceId !== undefined && { traceId }) };
	}
	return readReply(exchange, () => deleted);
}

/** @see https://docs.periskope.app/api-reference/introduction */
export const DELETE: MemberOperation = {
	emails: 'email',
	hasRole: false,
	modes: [],
	options: [
		'concurrentRequests',
		'dryRun',
		'maxDeletions',
		'maxRetries',
		'missingMembers',
		'timeout',
	],
	limits: ({ duplicateEmails, maxDeletions }) => ({
		batchSize: 1,
		duplicateEmails,
		mostMembers: maxDeletions,
	}),
	callFor: ({ emails: [email = ''] }) => ({
		method: 'DELETE',
		// Encoded whole: a slash in an email must not lead to another call.
		path: `/members/${encodeURIComponent(email)}`,
	}),
	// Who is gone stays gone.
	maySendAgain: () => true,
	readReply: readDeleted,
	words: {
		done: 'deleted',
		doubt: 'The member may have been deleted all the same.',
		ifMaybe: 'Run this row again: deleting a member that is gone does no harm.',
		ifNot: 'Run this row again.',
		ifStopped:
			'Running again is safe: members that are gone are not found any more, and Missing Members decides what becomes of their rows.',
		missing: 'Periskope does not find a member with this email',
		ifMissing: 'Check the spelling. If the member is gone already, nothing is left to do.',
	},
};

export const deleteMember: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete members',
		description:
			'Remove members from the Periskope organization. A run that would delete more members than Max Deletions allows sends nothing.',
	},
	fields: [
		{
			displayName: 'Emails',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. asha@example.com',
			description:
				'Whom to delete: one email, several separated by commas, semicolons or line breaks, or an expression that gives an array',
		},
		optionsField(DELETE.options),
	],
	execute: (context) => runOperation(context, DELETE),
};

import type { AttemptResult } from '../../api/attempt';
import { invitationsFrom } from '../../api/member';
import { failureOf, type Content } from '../../api/reply';
import { runOperation, type MemberOperation } from '../../runOperation';
import type { MemberRequest } from '../../model';
import type { Problem } from '../../rowFailure';
import { distinct, foldEmail, inOneLine } from '../../text';
import type { Operation } from '../operation';
import { ABOUT_LISTS, accessFields, nullHints } from './accessFields';
import { askedOfModel, emailsField } from './emailsField';
import { optionsField } from '../optionsField';

/** Limit on what is kept of a response. */
const MAX_WORDS = 20;

function contentOf(body: unknown, { emails }: MemberRequest): Content | undefined {
	const invitations = invitationsFrom(body);
	if (!invitations) return undefined;
	const reasons = new Map<string, string[]>(emails.map((email) => [foldEmail(email), []]));
	const remarks: string[] = [];
	for (const { email, message } of invitations.errors) {
		const named = email ?? /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/.exec(message)?.[0];
		const ofEmail = named === undefined ? undefined : reasons.get(foldEmail(named));
		const words = inOneLine([message]);
		if (ofEmail) {
			if (ofEmail.length < MAX_WORDS) ofEmail.push(words || 'no reason given');
		} else if (words !== '' && remarks.length < MAX_WORDS) {
			remarks.push(email === undefined ? words : inOneLine([`${email}: ${words}`]));
		}
	}
	const rejected = new Map<string, Problem>();
	for (const [key, messages] of reasons) {
		if (messages.length > 0) rejected.set(key, rejection(messages));
	}
	return { members: invitations.members, rejected, remarks };
}

const rejection = (messages: readonly string[]): Problem => ({
	what: `Periskope rejected the invitation: ${distinct(messages).join('; ')}`,
	advice: 'Correct the email, or use Update Access for an existing member.',
});

/**
 * An invitation may send mail, so it is sent again only where the attempt before was certainly not
 * applied: it never left, or Periskope asked to come back later.
 */
const wasNotApplied = (result: AttemptResult): boolean => failureOf(result).applied === 'no';

/** @see https://docs.periskope.app/api-reference/introduction */
export const INVITE: MemberOperation = {
	name: 'invite',
	hasRole: true,
	modes: ['set', 'all'],
	returnsMembers: true,
	limits: ({ batchSize, maxMembers }) => ({
		batchSize,
		max: { members: maxMembers, option: 'maxMembers' },
	}),
	whyNotAgain: {
		what: "'Retry On Fail' is on, so n8n might send invitations twice",
		advice:
			"Nothing was sent. Turn off 'Retry On Fail' in the node's settings. The node itself retries what is safe to retry.",
	},
	callFor: ({ emails, access }) => ({
		method: 'POST',
		path: '/members/invite',
		body: { emails, ...access },
	}),
	isSafeToRepeat: wasNotApplied,
	contentOf,
	messages: {
		done: 'invited',
		ifUnknown: 'The invitation may still have been sent.',
		adviceIfUnknown: 'Check in Periskope before you try again.',
		adviceIfRetryable: 'Try again.',
		adviceIfStopped:
			"Before you run again, check in Periskope who was invited, and remove their rows. With 'On Error' set to continue, every row has its own result.",
		notReturned: "Periskope didn't return this email, so the invitation isn't confirmed",
		adviceIfNotReturned: 'Check in Periskope before you invite it again.',
	},
};

export const invite: Operation = {
	option: {
		name: 'Invite',
		value: INVITE.name,
		action: 'Invite members',
		description:
			'Invite people to the organization, with the labels and org phones they can see. May send mail.',
	},
	toolDescription: `Invites people who aren't members yet to the Periskope organization, which may send them mail. ${ABOUT_LISTS} Each invitation needs labels and org phones: Periskope documents that leaving one out gives access to all. Ask for what is missing. The author of the workflow has set the role: the tool can't make somebody an admin instead. Never invite somebody twice. ${askedOfModel(INVITE.messages)}`,
	fields: (isTool) => [
		emailsField({
			description:
				'Emails of the people to invite, separated by commas, semicolons or line breaks, or an array from an expression',
		}),
		{
			displayName: 'Role',
			name: 'role',
			type: 'options',
			options: [
				{
					name: 'Admin',
					value: 'admin',
					description: "Has access to everything, so labels and org phones aren't sent",
				},
				{
					name: 'Member',
					value: 'member',
					description: 'Has access to the labels and org phones below',
				},
			],
			default: 'member',
			description: 'Role of the invited people. An expression must return member or admin.',
		},
		...accessFields({
			modes: INVITE.modes,
			orgPhonesDefault: 'set',
			show: { role: ['member'] },
			isTool,
		}),
		...optionsField(INVITE.name, isTool),
	],
	hints: nullHints(INVITE.modes),
	execute: (context) => runOperation(context, INVITE),
};

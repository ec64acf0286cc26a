import { z } from 'zod';

import { header, type Exchange } from '../../transport/exchange';
import { caseless } from '../../steps/1-read/distinct';
import { membersFrom } from '../../steps/3-send/member';
import { failureFromFault } from '../../steps/3-send/networkFault';
import { inOneLine } from '../../steps/3-send/refusal';
import { readReply, type Content } from '../../steps/3-send/reply';
import { runOperation, type MemberOperation } from '../../steps/runOperation';
import type { Operation } from '../operation';
import { accessFields } from './accessFields';
import { optionsField } from './memberOptions';

const invitedSchema = z.object({
	addedMembers: z.unknown(),
	errors: z
		.array(z.object({ email: z.string(), error: z.object({ message: z.string() }) }))
		.nullish(),
});

function invited(body: unknown): Content | undefined {
	const parsed = invitedSchema.safeParse(body);
	if (!parsed.success) return undefined;
	const members = membersFrom(parsed.data.addedMembers);
	const refused = new Map(
		(parsed.data.errors ?? []).map(({ email, error }) => [
			caseless(email),
			{
				what: `Periskope refused the invitation: ${inOneLine([error.message])}`,
				advice:
					'Correct the row and run it again. For somebody who is a member already, use Update Access.',
			},
		]),
	);
	return members && { members, refused };
}

/**
 * An invitation may send mail, so it goes out again only where the one before was surely not
 * carried out: it never left, or Periskope asked to come back later.
 */
function isSurelyNotCarriedOut(exchange: Exchange): boolean {
	if ('fault' in exchange) return failureFromFault(exchange.fault).applied === 'no';
	const asksToComeBack = header(exchange, 'retry-after') !== undefined;
	return exchange.status === 429 || (exchange.status === 503 && asksToComeBack);
}

/** @see https://docs.periskope.app/api-reference/introduction */
export const INVITE: MemberOperation = {
	emails: 'emails',
	hasRole: true,
	modes: ['set', 'all'],
	options: [
		'batchSize',
		'concurrentRequests',
		'dryRun',
		'duplicateEmails',
		'maxRetries',
		'missingMembers',
		'output',
		'timeout',
	],
	limits: (options) => options,
	callFor: ({ emails, access }) => ({
		method: 'POST',
		path: '/members/invite',
		body: { emails, ...access },
	}),
	maySendAgain: isSurelyNotCarriedOut,
	readReply: (exchange) => readReply(exchange, invited),
	words: {
		done: 'invited',
		doubt: 'The invitation may have gone out all the same.',
		ifMaybe: 'Look in Periskope before you run this row again.',
		ifNot: 'Run this row again.',
		ifStopped:
			'Before you run again, look in Periskope, and take out the rows of those who were invited. With On Error set to continue, every row says whether it was.',
		missing:
			"Periskope's answer does not contain this email, so nobody can say whether it was invited",
		ifMissing: 'Look in Periskope before you invite it again.',
	},
};

export const invite: Operation = {
	option: {
		name: 'Invite',
		value: 'invite',
		action: 'Invite members',
		description:
			'Invite people to the Periskope organization, with the labels and org phones that they may see. May send them mail.',
	},
	fields: [
		{
			displayName: 'Emails',
			name: 'emails',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. asha@example.com, ben@example.com',
			description:
				'Whom to invite: one email, several separated by commas, semicolons or line breaks, or an expression that gives an array',
		},
		{
			displayName: 'Role',
			name: 'role',
			type: 'options',
			options: [
				{
					name: 'Admin',
					value: 'admin',
					description: 'Has access to everything, so labels and org phones are not sent',
				},
				{
					name: 'Member',
					value: 'member',
					description: 'Has access to the labels and org phones below',
				},
			],
			default: 'member',
			description:
				'What the invited people will be. From a sheet, use an expression that gives member or admin. Labels and org phones are not sent for admins, who have access to everything.',
		},
		...accessFields({
			modes: INVITE.modes,
			orgPhonesDefault: 'set',
			show: { role: ['member'] },
		}),
		optionsField(INVITE.options),
	],
	execute: (context) => runOperation(context, INVITE),
};

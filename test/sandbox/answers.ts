import type { Problem } from './contract';
import { phoneRows } from './seed';
import type { Arrival } from './seenRequest';
import type { AccessBody, InviteBody, Rejection } from './memberCalls';
import type { Organization, UnknownsOf } from './organization';
import type { Unknowns } from './unknowns';

export interface PlainAnswer {
	status: number;
	/** empty for an answer without one */
	body: string;
}

export interface Asked {
	apiKey: string;
	organization: Organization;
	unknowns: Unknowns;
	unknownsOf: UnknownsOf;
	/** false to give the answer without carrying the change out */
	store: boolean;
}

/** The answer of a Periskope in good health. */
export function answerTo({ seen, verdict }: Arrival, asked: Asked): PlainAnswer {
	if (seen.headers.authorization !== `Bearer ${asked.apiKey}`) {
		return json(401, { code: 'UNAUTHORIZED_ERROR', message: 'Invalid API key.' });
	}
	if (verdict.problems.length > 0) return malformed(verdict.problems);
	const { organization, unknowns, unknownsOf, store } = asked;
	switch (verdict.operation) {
		case 'listPhones':
			return json(200, phoneRows(organization.phones));
		// The contract has looked at the bodies.
		case 'updateAccess': {
			const result = organization.updateAccess(seen.body as AccessBody, unknownsOf, store);
			return Array.isArray(result) ? json(200, result) : rejected(result);
		}
		case 'inviteMembers': {
			const result = organization.invite(seen.body as InviteBody, unknownsOf, store);
			return 'errors' in result ? json(200, result) : rejected(result);
		}
		case 'deleteMember': {
			const { email = '' } = verdict.params;
			if (!organization.remove(email, store)) {
				return notFound(`${email} is not a member of this organization`);
			}
			return unknowns.deleteAnswer === 'empty' ? NO_BODY : json(200, REMOVED);
		}
		default:
			return notFound(`Cannot ${seen.method} ${seen.path}`);
	}
}

const json = (status: number, body: unknown): PlainAnswer => ({
	status,
	body: JSON.stringify(body),
});

const NO_BODY: PlainAnswer = { status: 204, body: '' };
const REMOVED = { success: true, message: 'Member removed' };

const notFound = (message: string) => json(404, { code: 'NOT_FOUND', message });

const malformed = (problems: readonly Problem[]) =>
	invalid(
		problems.map(({ message }) => message).join('; '),
		Object.fromEntries(problems.map(({ field, message }) => [field, { message }])),
	);

const rejected = ({ field, message, value }: Rejection) =>
	invalid(message, { [field]: { message, value } });

const invalid = (message: string, fields: Record<string, { message: string; value?: string }>) =>
	json(422, {
		code: 'VALIDATION_ERROR',
		name: 'Validation Error',
		status: 422,
		message,
		fields,
	});

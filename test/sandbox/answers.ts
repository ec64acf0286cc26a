import type { Problem } from './contract';
import { phoneRows } from './seed';
import type { Arrival } from './seenRequest';
import type { AccessBody, Organization, Rejection, Unknowns } from './organization';

export interface PlainAnswer {
	status: number;
	body: string;
}

export interface Asked {
	apiKey: string;
	organization: Organization;
	unknowns: Unknowns;
	/** false to give the answer without carrying the change out */
	store: boolean;
}

/** The answer of a Periskope in good health. */
export function answerTo({ seen, verdict }: Arrival, asked: Asked): PlainAnswer {
	if (seen.headers.authorization !== `Bearer ${asked.apiKey}`) {
		return json(401, { code: 'UNAUTHORIZED_ERROR', message: 'Invalid API key.' });
	}
	if (verdict.problems.length > 0) return malformed(verdict.problems);
	switch (verdict.operation) {
		case 'listPhones':
			return json(200, phoneRows());
		case 'updateAccess': {
			// The contract has looked at it.
			const body = seen.body as AccessBody;
			const result = asked.organization.updateAccess(body, asked.unknowns, asked.store);
			return Array.isArray(result) ? json(200, result) : rejected(result);
		}
		default:
			return json(404, { code: 'NOT_FOUND', message: `Cannot ${seen.method} ${seen.path}` });
	}
}

const json = (status: number, body: unknown): PlainAnswer => ({
	status,
	body: JSON.stringify(body),
});

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

/** A member as Periskope returns it. The email is what responses are matched by. */
export interface Member {
	email: string;
	[field: string]: unknown;
}

export interface Invitations {
	members: Member[];
	/** what Periskope rejected, with its own words; the email is missing where it names none */
	errors: Array<{ email?: string; message: string }>;
}

/** @returns undefined when the body is anything but a list of members */
export const membersFrom = (body: unknown): Member[] | undefined =>
	Array.isArray(body) && body.every(isMember) ? body : undefined;

/** @returns undefined when the body is anything but the result of an invitation */
export function invitationsFrom(body: unknown): Invitations | undefined {
	if (!isRecord(body) || saysNo(body)) return undefined;
	const members = membersFrom(body.addedMembers);
	const errors = body.errors ?? [];
	return members && Array.isArray(errors)
		? { members, errors: errors.map(invitationError) }
		: undefined;
}

/** Periskope's own client has the email nullable. */
function invitationError(entry: unknown): { email?: string; message: string } {
	if (!isRecord(entry)) return { message: typeof entry === 'string' ? entry : '' };
	const email = typeof entry.email === 'string' ? entry.email.trim() : '';
	const message = textIn(entry.error) ?? textIn(entry.message) ?? '';
	return email === '' ? { message } : { email, message };
}

/**
 * Periskope's pages differ: 200 with `success`, or 204 with nothing. A web page isn't a
 * success, nor is `success: true` beside an error.
 */
export const isDeleted = (body: unknown, email: string): boolean =>
	body === undefined ||
	body === '' ||
	(isRecord(body) &&
		body.success === true &&
		!saysNo(body) &&
		(!Array.isArray(body.errors) || body.errors.length === 0) &&
		(body.email === undefined || body.email === email));

/** Whether an object of a response holds an error, or a false where its success stands. */
export const saysNo = (object: Record<string, unknown>): boolean =>
	isFilled(object.error) ||
	isFilled(object.code) ||
	// A list of errors is about single emails.
	(isFilled(object.errors) && !Array.isArray(object.errors)) ||
	['success', 'ok', 'updated', 'invited', 'deleted'].some((name) => object[name] === false);

const isFilled = (value: unknown) => value !== undefined && value !== null && value !== '';

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isMember = (entry: unknown): entry is Member =>
	isRecord(entry) && typeof entry.email === 'string' && entry.email !== '';

const textIn = (value: unknown): string | undefined => {
	const text = isRecord(value) ? value.message : value;
	return typeof text === 'string' ? text : undefined;
};

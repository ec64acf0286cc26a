import { z } from 'zod';

/** A member as Periskope returns it. The email is what responses are matched by. */
export interface Member {
	email: string;
	[field: string]: unknown;
}

const membersSchema = z.array(z.object({ email: z.string().min(1) }));

/** @returns undefined when the body is anything but a list of members */
export function membersFrom(body: unknown): Member[] | undefined {
	// The body itself is returned, for zod's copy holds the email alone.
	return membersSchema.safeParse(body).success ? (body as Member[]) : undefined;
}

const errorText = z.union([
	z.string(),
	z.object({ message: z.string() }).transform(({ message }) => message),
]);
const invitationsSchema = z.object({
	addedMembers: z.unknown(),
	errors: z
		.array(
			z
				.object({
					// Periskope's own client has it nullable.
					email: z.string().min(1).nullish().catch(null),
					error: errorText.catch(''),
				})
				.catch({ email: null, error: '' }),
		)
		.nullish(),
});

export interface Invitations {
	members: Member[];
	/** what Periskope rejected, with its own words; the email is missing where it names none */
	errors: Array<{ email?: string; message: string }>;
}

/** @returns undefined when the body is anything but the result of an invitation */
export function invitationsFrom(body: unknown): Invitations | undefined {
	const parsed = invitationsSchema.safeParse(body);
	const members = parsed.success ? membersFrom(parsed.data.addedMembers) : undefined;
	if (!parsed.success || !members) return undefined;
	const errors = (parsed.data.errors ?? []).map(({ email, error: message }) =>
		email ? { email, message } : { message },
	);
	return { members, errors };
}

const deletedSchema = z.object({ success: z.literal(true), error: z.null().optional() });

/** Periskope's pages differ: 200 with `success`, or 204 with nothing. A web page is neither. */
export const isDeleted = (body: unknown): boolean =>
	body === undefined ||
	body === null ||
	(typeof body === 'string' && body.trim() === '') ||
	deletedSchema.safeParse(body).success;

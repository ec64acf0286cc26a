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

const invitationsSchema = z.object({
	addedMembers: z.unknown(),
	errors: z
		.array(z.object({ email: z.string(), error: z.object({ message: z.string() }) }))
		.nullish(),
});

export interface Invitations {
	members: Member[];
	/** emails that Periskope rejected, with its own words */
	errors: Array<{ email: string; message: string }>;
}

/** @returns undefined when the body is anything but the result of an invitation */
export function invitationsFrom(body: unknown): Invitations | undefined {
	const parsed = invitationsSchema.safeParse(body);
	const members = parsed.success ? membersFrom(parsed.data.addedMembers) : undefined;
	if (!parsed.success || !members) return undefined;
	const errors = (parsed.data.errors ?? []).map(({ email, error: { message } }) => ({
		email,
		message,
	}));
	return { members, errors };
}

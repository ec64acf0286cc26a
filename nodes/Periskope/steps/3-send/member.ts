import { z } from 'zod';

/** A member as Periskope returns it. The email is what answers are matched by; the rest passes. */
export interface Member {
	email: string;
	[field: string]: unknown;
}

const membersSchema = z.array(z.object({ email: z.string().min(1) }));

/** @returns undefined when the body is anything but a list of members */
export function membersFrom(body: unknown): Member[] | undefined {
	// The body itself is handed on, for zod's copy holds the email alone.
	return membersSchema.safeParse(body).success ? (body as Member[]) : undefined;
}

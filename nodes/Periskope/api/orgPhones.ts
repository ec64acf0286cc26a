import { z } from 'zod';

import type { Failure, Problem } from '../rowFailure';
import type { AttemptResult } from './attempt';
import type { UnusableCredential } from './baseUrl';
import type { ApiCall, Client } from './client';
import { NOT_PERISKOPE } from './httpErrors';
import { failureOf } from './reply';

export const LIST_PHONES: ApiCall = { method: 'GET', path: '/phones/all' };
const TIMEOUT_SECONDS = 30;

/** A WhatsApp number of the organization, as Periskope lists it. Each field may be null. */
export interface OrgPhone {
	/** such as `918527184400@c.us` */
	org_phone: string | null;
	phone_name: string | null;
	/** such as CONNECTED or DISCONNECTED */
	wa_state: string | null;
	[field: string]: unknown;
}

const text = z
	.string()
	.nullish()
	.transform((value) => value ?? null)
	.catch(null);
const phonesSchema = z.array(
	z.object({ org_phone: text, phone_name: text, wa_state: text }).passthrough(),
);

/** The phones; or why there are none. */
export type OrgPhones =
	{ kind: 'phones'; phones: OrgPhone[] } | { kind: 'failed'; failure: Failure };

/** Lists the organization's phones. It changes nothing, so it tests a credential too. */
export async function listOrgPhones(client: Client | UnusableCredential): Promise<OrgPhones> {
	if (client.kind === 'ready')
		return orgPhonesFrom(await client.send(LIST_PHONES, TIMEOUT_SECONDS));
	return notListed(client);
}

export const notListed = ({ what, advice }: UnusableCredential): OrgPhones => ({
	kind: 'failed',
	failure: { what, advice, reason: 'notSent', applied: 'no', details: {} },
});

export function orgPhonesFrom(result: AttemptResult): OrgPhones {
	if (result.kind === 'networkError' || result.status < 200 || result.status > 299) {
		return { kind: 'failed', failure: failureOf(result) };
	}
	const phones = listsPhones(result.body) ? phonesSchema.safeParse(result.body) : undefined;
	return phones?.success
		? { kind: 'phones', phones: phones.data }
		: {
				kind: 'failed',
				failure: { ...NOT_PERISKOPE, details: { httpCode: String(result.status) } },
			};
}

/** Other servers list objects too. Those of Periskope have this field, if only as null. */
const listsPhones = (body: unknown) =>
	Array.isArray(body) &&
	body.every((phone) => typeof phone === 'object' && phone !== null && 'org_phone' in phone);

/** In words for the person at the editor. */
export const inWords = ({ what, advice }: Problem): string =>
	`${what}. ${advice || 'Try again later.'}`;

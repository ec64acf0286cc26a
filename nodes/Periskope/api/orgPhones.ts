import { z } from 'zod';

import type { Problem } from '../rowFailure';
import type { AttemptResult } from './attempt';
import type { UnusableCredential } from './baseUrl';
import type { ApiCall, Client } from './client';
import { failureFromResponse, NOT_PERISKOPE } from './httpErrors';
import { failureFromNetworkError } from './networkErrors';

export const LIST_PHONES: ApiCall = { method: 'GET', path: '/phones/all' };
const TIMEOUT_SECONDS = 30;

/** A WhatsApp number of the organization. Each field may be null in Periskope's response. */
export interface OrgPhone {
	/** such as `918527184400@c.us` */
	org_phone: string | null;
	phone_name: string | null;
	/** such as CONNECTED or DISCONNECTED */
	wa_state: string | null;
}

const text = z
	.string()
	.nullish()
	.transform((value) => value ?? null)
	.catch(null);
const phonesSchema = z.array(z.object({ org_phone: text, phone_name: text, wa_state: text }));

/** The phones; or why there are none, in words for the person at the editor. */
export type OrgPhones = { kind: 'phones'; phones: OrgPhone[] } | ({ kind: 'failed' } & Problem);

/** Lists the organization's phones. It changes nothing, so it tests a credential too. */
export async function listOrgPhones(client: Client | UnusableCredential): Promise<OrgPhones> {
	return client.kind === 'ready'
		? orgPhonesFrom(await client.send(LIST_PHONES, TIMEOUT_SECONDS))
		: failed(client);
}

export function orgPhonesFrom(result: AttemptResult): OrgPhones {
	if (result.kind === 'networkError') return failed(failureFromNetworkError(result.code));
	if (result.status < 200 || result.status > 299) return failed(failureFromResponse(result));
	const phones = phonesSchema.safeParse(result.body);
	return phones.success ? { kind: 'phones', phones: phones.data } : failed(NOT_PERISKOPE);
}

const failed = ({ what, advice }: Problem) => ({
	kind: 'failed' as const,
	what,
	advice: advice || 'Try again in a while.',
});

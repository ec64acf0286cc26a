import { z } from 'zod';

import type { Exchange } from '../transport/exchange';
import type { Failure } from '../steps/3-send/failure';
import { ELSEWHERE, failureFromAnswer } from '../steps/3-send/refusal';
import { failureFromFault } from '../steps/3-send/networkFault';

/** The call that lists the organization's phones. It changes nothing, so it tests a credential too. */
export const ORG_PHONES_PATH = '/phones/all';

/** A WhatsApp number of the organization. Each field may be null in Periskope's answer. */
export interface OrgPhoneRecord {
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

/** @returns the phones; or why there are none, in words for the person at the editor */
export function orgPhonesFrom(
	exchange: Exchange,
): { phones: OrgPhoneRecord[] } | { problem: string; advice: string } {
	if ('fault' in exchange) return problemFrom(failureFromFault(exchange.fault));
	if (exchange.status < 200 || exchange.status > 299) {
		return problemFrom(failureFromAnswer(exchange));
	}
	const phones = phonesSchema.safeParse(exchange.body);
	if (phones.success) return { phones: phones.data };
	return problemFrom(ELSEWHERE);
}

const problemFrom = ({ what, advice }: Failure) => ({
	problem: what,
	advice: advice || 'Try again in a while.',
});

import type { Failure } from '../rowFailure';
import { NOT_PERISKOPE } from '../api/httpErrors';
import type { OrgPhones } from '../api/orgPhones';

/**
 * Whether the Periskope API is at the Base URL, by a list that it gives to every key. Any server
 * says 404 for a path that it doesn't have: only the API says it of a member.
 *
 * @returns why it isn't known to be there; undefined where it is
 */
export function confirmApi(listed: OrgPhones): Failure | undefined {
	if (listed.kind === 'phones') return undefined;
	const { failure } = listed;
	const isElsewhere = failure.isNotPeriskope ?? failure.details.httpCode === '404';
	return {
		...failure,
		what: `The response is 404, and the Base URL couldn't be confirmed as the Periskope API. ${failure.what}`,
		advice: isElsewhere ? NOT_PERISKOPE.advice : failure.advice,
		reason: isElsewhere ? 'unavailable' : failure.reason,
		applied: 'no',
		isNotPeriskope: isElsewhere,
		isUnconfirmed: true,
	};
}

import type { Failure } from '../rowFailure';
import { NOT_PERISKOPE } from '../api/httpErrors';
import type { OrgPhones } from '../api/orgPhones';

/**
 * Checks with the list of org phones that the Base URL is the API. Any server sends 404 for an
 * unknown path, so only the API's 404 is about a member.
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

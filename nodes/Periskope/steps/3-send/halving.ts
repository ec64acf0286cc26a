import type { MemberRequest } from '../2-plan/planRequests';
import type { Failure } from './failure';

const REFUSALS_OF_CONTENT: ReadonlySet<string> = new Set(['400', '404', '409', '413', '422']);
const NAMES_EMAILS = /\bemails?\b(?!@)/i;
/** But not as the name in an email address. */
const NAMES_ACCESS = /(?<![\w.@-])(?:labels?|org[_ ]?phones?)(?![\w.-]*@)\b/i;

/** Whether Periskope refused what the request says, and not who sends it or that it is sent now. */
export const isRefusalOfContent = ({ httpCode = '', isElsewhere = false }: Failure) =>
	!isElsewhere && REFUSALS_OF_CONTENT.has(httpCode);

/**
 * Whether the emails at fault may be a part of the request's, so that a part of it can succeed.
 * Where Periskope names labels or org phones, every email would fail alike.
 */
export function isWorthHalving({ emails }: MemberRequest, failure: Failure): boolean {
	if (emails.length < 2 || !isRefusalOfContent(failure)) return false;
	const { what, fields } = failure;
	const named = Object.keys(fields ?? {});
	if (named.length > 0) return named.some((field) => NAMES_EMAILS.test(field));
	return NAMES_EMAILS.test(what) || !NAMES_ACCESS.test(what);
}

export function halve(request: MemberRequest): [MemberRequest, MemberRequest] {
	const middle = Math.ceil(request.emails.length / 2);
	return [partOf(request, 0, middle), partOf(request, middle)];
}

function partOf(
	{ emails, rows, access }: MemberRequest,
	start: number,
	end?: number,
): MemberRequest {
	return { emails: emails.slice(start, end), rows: rows.slice(start, end), access };
}

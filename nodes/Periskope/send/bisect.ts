import type { Failure } from '../rowFailure';
import type { MemberRequest } from '../model';

const REJECTIONS_OF_CONTENT: ReadonlySet<string> = new Set(['400', '404', '409', '413', '422']);
const NAMES_EMAILS = /\bemails?\b(?!@)/i;
/** But not as the name in an email address; `body.labels` is the path of a field. */
const NAMES_ACCESS =
	/(?<![\w@-]|(?<!(?<![@.\w-])body)\.)(?:labels?|org[_ ]?phones?)(?![\w.-]*@)\b/i;
const IS_ACCESS_FIELD = /^(?:[\w[\]]+\.)*(?:labels?|org_?phones?)(?:[.[]|$)/i;

/** Whether Periskope rejected what the request says, and not who sends it or when. */
export const isRejectionOfContent = ({
	details,
	isNotPeriskope = false,
	isUnconfirmed = false,
}: Failure) =>
	!isNotPeriskope && !isUnconfirmed && REJECTIONS_OF_CONTENT.has(details.httpCode ?? '');

/**
 * Whether only some of the request's emails may be at fault, so that a part of it can succeed.
 * Where Periskope names labels or org phones, every email would fail alike.
 */
export function isWorthBisecting({ emails }: MemberRequest, failure: Failure): boolean {
	if (emails.length < 2 || !isRejectionOfContent(failure)) return false;
	const named = Object.keys(failure.details.fields ?? {});
	if (named.length > 0) return !named.every((field) => IS_ACCESS_FIELD.test(field));
	return NAMES_EMAILS.test(failure.what) || !NAMES_ACCESS.test(failure.what);
}

export function bisect(request: MemberRequest): [MemberRequest, MemberRequest] {
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

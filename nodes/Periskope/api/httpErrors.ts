import type { Failure } from '../rowFailure';
import { inOneLine, withoutFullStop, withoutMarkup } from '../text';
import { header, type HttpResponse } from './attempt';

/** 520 to 524 are Cloudflare's, of a server behind it that is down or slow. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([
	...[408, 425, 429, 500, 502, 503, 504],
	...[520, 521, 522, 523, 524],
]);
/** A proxy, a firewall or another server sends these; no call of the API can succeed then. */
const FOREIGN_STATUSES: ReadonlySet<number> = new Set([405, 407, 421, 426, 451, 511]);
/** Limits on what is kept of a response, so that a large one doesn't stay in memory. */
const MAX_FIELDS = 20;
const MAX_DETAIL_LENGTH = 300;
/** Not `<asha@example.com> is unknown`. */
const HTML = /^\s*<(?:[!?]|[a-z][a-z\d-]*[\s/>])/i;

/** A response that is not a success, with Periskope's own words in it wherever there are some. */
export const failureFromResponse = (response: HttpResponse): Failure =>
	failureWith(response, isForeign(response) ? NOT_PERISKOPE : meaningOf(response));

/** A success with another body than is documented, with the words in it wherever there are some. */
export const undocumented = (response: HttpResponse): Failure =>
	failureWith(
		response,
		isWebPage(response.body) ? { ...NOT_PERISKOPE, applied: 'unknown' } : UNDOCUMENTED,
	);

function failureWith(response: HttpResponse, { what, ...meaning }: Meaning): Failure {
	const { code, fields } = errorBody(response.body);
	const words = wordsOf(response);
	return {
		what: words === '' ? `${what} (HTTP status ${response.status})` : `${what}: ${words}`,
		...meaning,
		details: {
			httpCode: String(response.status),
			...(code !== undefined && { code: inOneLine([code]) }),
			...(fields !== undefined && { fields: shortened(fields) }),
			...traceOf(response),
		},
	};
}

/** What the response says of an error, in one line without a full stop; blank where it says nothing. */
export function wordsOf({ body }: HttpResponse): string {
	const { message, error, fields } = errorBody(body);
	const own = message || error;
	return inOneLine([own, ...fieldMessages(fields, own)]) || inOneLine([rawText(body)]);
}

interface ErrorBody {
	code?: string;
	message?: string;
	error?: string;
	fields?: Record<string, unknown>;
}

function errorBody(body: unknown): ErrorBody {
	if (!isRecord(body)) {
		// Text that isn't JSON is the message, unless it is a web page.
		return typeof body === 'string' && !isWebPage(body) ? { message: body } : {};
	}
	const { code, message, fields } = body;
	const error = textOf(body.error);
	return {
		...(typeof code === 'string' && { code }),
		...(typeof message === 'string' && { message }),
		...(error !== undefined && { error }),
		...(isRecord(fields) && { fields }),
	};
}

/** An error as text, or as an object with a message. */
function textOf(error: unknown): string | undefined {
	const text = isRecord(error) ? error.message : error;
	return typeof text === 'string' ? text : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Periskope's own ID of the request, for its support. */
export function traceOf(response: HttpResponse): { traceId?: string } {
	const traceId = header(response, 'x-periskope-trace-id');
	return traceId === undefined ? {} : { traceId: inOneLine([traceId]) };
}

/** A few fields in a few words each, as they may be of any size. */
const shortened = (fields: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(fields)
			.slice(0, MAX_FIELDS)
			.map(([name, value]) => {
				const json = JSON.stringify(value) ?? 'null';
				return [
					inOneLine([name]),
					json.length > MAX_DETAIL_LENGTH
						? inOneLine([json])
						: (JSON.parse(withoutMarkup(json)) as unknown),
				];
			}),
	);

/** Whether something other than the API responded, or stands in front of it. */
export const isForeign = ({ status, body }: HttpResponse): boolean =>
	FOREIGN_STATUSES.has(status) ||
	// A transient status stays transient, even with a web page: a proxy may have a rate limit too.
	(status >= 400 && status <= 499 && !isTransientStatus(status) && isWebPage(body)) ||
	// The API says in its own form that it doesn't find something.
	(status === 404 && (typeof body !== 'object' || body === null));

/** Whether another attempt may succeed. */
export const isTransientStatus = (status: number) => TRANSIENT_STATUSES.has(status);

/** What a server that isn't Periskope's API, or stands in front of it, responds with. */
export const isWebPage = (body: unknown) => typeof body === 'string' && HTML.test(body);

/** What Periskope says of single fields, where its message doesn't say it already. */
function fieldMessages(fields: Record<string, unknown> | undefined, message = ''): string[] {
	return Object.values(fields ?? {})
		.slice(0, MAX_FIELDS)
		.flatMap((field) => {
			const words = withoutFullStop(textOf(field) ?? '');
			return message.includes(words) ? [] : [words];
		});
}

/** Raw JSON of a body whose text isn't in a documented field. */
function rawText(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
	const entries = Object.entries(body).slice(0, MAX_FIELDS);
	const hasWords = entries.some(([, value]) => typeof value === 'string' && value !== '');
	return hasWords ? JSON.stringify(shortened(Object.fromEntries(entries))) : undefined;
}

type Meaning = Omit<Failure, 'details' | 'isUnconfirmed'>;

const DOCUMENTED = 'Periskope documents https://api.periskope.app/v1.';

/** For a web page: the API says in its own form that it doesn't find something. */
export const NOT_PERISKOPE: Meaning = {
	what: "The Base URL isn't the Periskope API",
	advice: `Check the Base URL in the credential. ${DOCUMENTED}`,
	reason: 'unavailable',
	applied: 'no',
	isNotPeriskope: true,
};

const CHECK_VALUES = 'Correct the value that Periskope names.';

function meaningOf(response: HttpResponse): Meaning {
	const { status } = response;
	const known = MEANINGS[status];
	if (known) return known;
	if (
		status === 503 &&
		typeof (response.body || {}) === 'object' &&
		header(response, 'retry-after')?.trim()
	) {
		return BUSY;
	}
	if (status >= 500) {
		return {
			what: "Periskope couldn't process the request",
			advice: '',
			reason: 'unavailable',
			applied: 'unknown',
		};
	}
	if (status >= 400) {
		return {
			what: 'Periskope rejected the request',
			advice: CHECK_VALUES,
			reason: 'rejected',
			applied: 'no',
		};
	}
	return {
		what: 'The Base URL redirects to another address',
		advice: 'Enter the final address as the Base URL in the credential.',
		reason: 'unavailable',
		// With these two, the request is to be sent again as it is. Others may follow a request that
		// was carried out: 303 leads to its result.
		applied: status === 307 || status === 308 ? 'no' : 'unknown',
		isNotPeriskope: true,
	};
}

const UNDOCUMENTED: Meaning = {
	what: "The response isn't what Periskope documents for this call",
	advice: 'Check the Base URL in the credential. If it is right, check the members in Periskope.',
	reason: 'unavailable',
	applied: 'unknown',
};

/** Only if the API itself responds: a proxy's 503 may hide a request that was applied. */
const BUSY: Meaning = {
	what: 'Periskope is temporarily unavailable',
	advice: '',
	reason: 'unavailable',
	applied: 'no',
	isRetryable: true,
};

const MEANINGS: Record<number, Meaning> = {
	401: {
		what: 'Periskope rejected the API key',
		advice:
			'Check the API key in the credential, and whether the plan of the organization includes the API.',
		reason: 'rejected',
		applied: 'no',
	},
	403: {
		what: "Periskope doesn't allow this API key to do that",
		advice: 'Check which organization and role the API key belongs to.',
		reason: 'rejected',
		applied: 'no',
	},
	404: {
		what: "Periskope didn't find what the request names",
		advice: `Check the emails, and the Base URL in the credential. ${DOCUMENTED}`,
		reason: 'rejected',
		applied: 'no',
	},
	408: {
		what: "Periskope didn't receive the request in time",
		advice: '',
		reason: 'unavailable',
		// 408 means that the request arrived incomplete, but some servers send it when they are slow.
		applied: 'unknown',
	},
	413: {
		what: 'The request is too large for Periskope',
		advice: "Lower 'Batch Size'.",
		reason: 'rejected',
		applied: 'no',
	},
	425: {
		what: "Periskope didn't accept the request yet",
		advice: '',
		reason: 'unavailable',
		applied: 'no',
		isRetryable: true,
	},
	429: {
		what: "Periskope's rate limit is reached",
		advice: "Wait, or lower 'Concurrent Requests'.",
		reason: 'unavailable',
		applied: 'no',
		isRetryable: true,
	},
};

import { z } from 'zod';

import { header, type Answer } from '../../transport/exchange';
import type { Failure } from './failure';

const LONGEST_MESSAGE = 300;
/** Blanks of all kinds, and what would hide or reorder the text around it. */
const NOT_IN_A_LINE = /[\s\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const HTML = /^\s*<(?:[!?]|html|head|body|h\d|p|div|center)/i;

const text = z.string().optional().catch(undefined);
const errorSchema = z.union([
	z.string(),
	z.object({ message: z.string() }).transform(({ message }) => message),
]);
const bodySchema = z.object({
	code: text,
	message: text,
	error: errorSchema.optional().catch(undefined),
	fields: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
const fieldSchema = errorSchema;

/** An answer that is not a success, with Periskope's own words in it wherever there are some. */
export function failureFromAnswer(answer: Answer): Failure {
	const { status, body } = answer;
	const parsed = bodySchema.safeParse(body);
	const { code, message, error, fields } = parsed.success ? parsed.data : textBody(body);
	const own = message || error;
	const words = inOneLine([own, ...fieldMessages(fields, own)]) || inOneLine([rawText(body)]);
	const traceId = header(answer, 'x-periskope-trace-id');
	const { what, ...meaning } = status === 404 && isWebPage(body) ? ELSEWHERE : meaningOf(status);
	return {
		what: words === '' ? `${what} (HTTP status ${status})` : `${what}: ${words}`,
		...meaning,
		httpCode: String(status),
		...(code !== undefined && { code }),
		...(fields !== undefined && { fields }),
		...(traceId !== undefined && { traceId }),
	};
}

/** What a server answers with that is not Periskope's API, or stands before it. */
export const isWebPage = (body: unknown) => typeof body === 'string' && HTML.test(body);

/** A body that isn't JSON speaks for itself, unless it is a web page. */
const textBody = (body: unknown): Partial<z.infer<typeof bodySchema>> =>
	typeof body === 'string' && !isWebPage(body) ? { message: body } : {};

/** What Periskope says of single fields, where its message doesn't say it already. */
function fieldMessages(fields: Record<string, unknown> | undefined, message = ''): string[] {
	return Object.values(fields ?? {}).flatMap((field) => {
		const parsed = fieldSchema.safeParse(field);
		const words = parsed.success ? withoutStop(parsed.data) : '';
		return message.includes(words) ? [] : [words];
	});
}

/** A body that says something in words, but not where they are to be looked for. */
function rawText(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
	const hasWords = Object.values(body).some((value) => typeof value === 'string' && value !== '');
	return hasWords ? JSON.stringify(body) : undefined;
}

function withoutStop(text: string): string {
	let end = text.length;
	while (text.charAt(end - 1) === '.') end--;
	return text.slice(0, end);
}

/** Words of Periskope's, in one line that isn't long, without a full stop. */
export function inOneLine(texts: Array<string | undefined>): string {
	const line = texts
		.flatMap((part) => withoutStop((part ?? '').replace(NOT_IN_A_LINE, ' ').trim()) || [])
		.join('; ');
	return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}

type Meaning = Pick<Failure, 'what' | 'advice' | 'applied' | 'mayPass' | 'isElsewhere'>;

const DOCUMENTED = 'Periskope documents https://api.periskope.app/v1.';

/** Where a web page answers: an API says in its own form that it doesn't find something. */
export const ELSEWHERE: Meaning = {
	what: 'The Base URL answers, but not as the Periskope API does',
	advice: `Check the Base URL in the credential. ${DOCUMENTED}`,
	applied: 'no',
	isElsewhere: true,
};

const CHECK_VALUES = 'Correct the value that Periskope names, and run the row again.';

function meaningOf(status: number): Meaning {
	const known = MEANINGS[status];
	if (known) return known;
	if (status >= 500) {
		return {
			what: 'Periskope could not carry the request out',
			advice: '',
			applied: 'maybe',
		};
	}
	if (status >= 400) {
		return { what: 'Periskope refused the request', advice: CHECK_VALUES, applied: 'no' };
	}
	return {
		what: 'The Base URL sends requests on to another address, where nothing was sent',
		advice: 'Put the final address into the Base URL of the credential.',
		applied: 'no',
	};
}

const MEANINGS: Record<number, Meaning> = {
	401: {
		what: 'Periskope did not accept the API key',
		advice:
			'Check the API key in the credential, and whether the plan of the organization includes the API.',
		applied: 'no',
	},
	403: {
		what: 'Periskope does not allow this API key to do that',
		advice: 'Check which organization and role the API key belongs to.',
		applied: 'no',
	},
	404: {
		what: 'Periskope did not find what the request names',
		advice: `Check the emails, and the Base URL in the credential. ${DOCUMENTED}`,
		applied: 'no',
	},
	408: {
		what: 'Periskope gave up waiting for the request',
		advice: '',
		// Meant for a request that didn't arrive whole, but servers say so of slow work of their own too.
		applied: 'maybe',
	},
	413: {
		what: 'The request is too large for Periskope',
		advice: 'Lower Batch Size in the options.',
		applied: 'no',
	},
	425: {
		what: 'Periskope does not take the request yet',
		advice: '',
		applied: 'no',
		mayPass: true,
	},
	429: {
		what: 'Periskope takes no more requests for now',
		advice: 'Wait a while, or run with fewer Concurrent Requests.',
		applied: 'no',
		mayPass: true,
	},
};

import { join } from 'node:path';

import addFormats from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';

export const DOCUMENT = join(__dirname, 'openapi.yaml');

/** What a request has wrong, by the field or header at fault. */
export interface Problem {
	field: string;
	message: string;
}

export interface Call {
	method: string;
	/** below the base URL */
	path: string;
	headers: Record<string, string | string[] | undefined>;
	rawBody: string;
}

export interface Verdict {
	/** undefined where the document knows no such call */
	operation: string | undefined;
	problems: Problem[];
	/** what the path holds, decoded once */
	params: Record<string, string>;
}

/** What the document says to a call that it does not know. */
export const NO_SUCH_CALL: Verdict = { operation: undefined, problems: [], params: {} };

type SchemaError = NonNullable<ReturnType<OpenAPIBackend['validateRequest']>['errors']>[number];

/** The OpenAPI document, which every request is held against. */
export class Contract {
	private constructor(private readonly api: OpenAPIBackend) {}

	/** @throws when the document is not valid OpenAPI itself */
	static async load(definition: string = DOCUMENT): Promise<Contract> {
		const api = new OpenAPIBackend({
			definition,
			strict: true,
			ignoreTrailingSlashes: false,
			customizeAjv: (ajv) => {
				addFormats(ajv);
				return ajv;
			},
		});
		await api.init();
		return new Contract(api);
	}

	check({ method, path, headers, rawBody }: Call): Verdict {
		const call = {
			method,
			path,
			headers: present(headers),
			...(rawBody !== '' && { body: rawBody }),
		};
		const operation = this.api.router.matchOperation(call);
		if (operation?.operationId === undefined) {
			return NO_SUCH_CALL;
		}
		const { operationId } = operation;
		if (!canBeDecoded(path)) {
			const problem = { field: 'path', message: 'path is not percent-encoded text' };
			return { operation: operationId, problems: [problem], params: {} };
		}
		const bodyError = wrongBodyType(operation.requestBody, headers['content-type'], rawBody);
		const { errors } = this.api.validator.validateRequest(call, operation);
		return {
			operation: operationId,
			problems: [...bodyError, ...(errors ?? []).flatMap(problemFrom)],
			params: texts(this.api.router.parseRequest(call, operation).params),
		};
	}

	/** What an answer of the sandbox has wrong: it is no better a judge than its own answers are. */
	checkAnswer(operation: string, status: number, body: unknown): Problem[] {
		const { errors } = this.api.validator.validateResponse(body, operation, status);
		return (errors ?? []).flatMap(problemFrom);
	}
}

/** The library looks at bodies whatever type they are sent as. */
function wrongBodyType(
	described: object | undefined,
	contentType: Call['headers'][string],
	rawBody: string,
): Problem[] {
	if (rawBody === '') return [];
	if (!described) return [{ field: 'body', message: 'this call takes no body' }];
	if (/^application\/json\s*(;|$)/i.test(String(contentType))) return [];
	return [
		{
			field: 'content-type',
			message: `content-type is ${String(contentType)}; a body is application/json`,
		},
	];
}

function problemFrom({ keyword, instancePath, params, message }: SchemaError): Problem[] {
	// Said already by the branches of the choice.
	if (keyword === 'anyOf') return [];
	const [, ...path] = instancePath.split('/').slice(1);
	const { missingProperty, additionalProperty } = params as Record<string, string | undefined>;
	const named = missingProperty ?? additionalProperty;
	const field = path[0] ?? (named === 'requestBody' ? 'body' : named) ?? 'body';
	if (missingProperty !== undefined) return [{ field, message: `${field} is missing` }];
	if (additionalProperty !== undefined)
		return [{ field, message: `${field} is not a known field` }];
	return [{ field, message: `${path.join('/') || field} ${message ?? 'is not valid'}` }];
}

function canBeDecoded(path: string): boolean {
	try {
		decodeURIComponent(path);
		return true;
	} catch {
		return false;
	}
}

/** The library leaves open what they are; in a path each is text. */
const texts = (params: unknown): Record<string, string> =>
	Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, String(value)]));

const present = (headers: Call['headers']): Record<string, string | string[]> =>
	Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, value] as const],
		),
	);

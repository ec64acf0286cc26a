import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import rateLimit from '@fastify/rate-limit';
import addFormats from 'ajv-formats';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { OpenAPIBackend } from 'openapi-backend';

import { replacesAnswer, sendWithFault, type Fault, type PlainAnswer } from './faults';
import {
	DEFAULT_UNKNOWNS,
	Organization,
	phoneRows,
	type AccessBody,
	type Unknowns,
} from './organization';

export type { Fault } from './faults';

export interface SandboxOptions {
	/** a free one, unless given */
	port?: number;
	/** of every answer */
	latencyMs?: number;
	rateLimit?: { max: number; windowMs: number };
	unknowns?: Partial<Unknowns>;
	/** further members with the role member */
	members?: readonly string[];
}

export interface SeenRequest {
	/** over all requests, from 0 */
	index: number;
	method: string;
	/** below /v1 */
	path: string;
	headers: FastifyRequest['headers'];
	body: unknown;
	rawBody: string;
	startedAt: number;
	status?: number;
	/** what the OpenAPI document has against it */
	violation?: string;
}

const BASE_PATH = '/v1';
const ORG_ID_HEADER = 'acme';
const API_KEY =
	'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJvcmciOiJhY21lIiwic2FuZGJveCI6dHJ1ZX0.c2FuZGJveC1rZXktbm90LWEtc2VjcmV0';

/** A Periskope on loopback: members that it keeps, the contract that it holds requests against, and faults. */
export class Sandbox {
	readonly apiKey = API_KEY;
	organization: Organization;
	unknowns: Unknowns;
	requests: SeenRequest[] = [];
	/** what the next requests meet, in turn */
	faults: Fault[] = [];
	/** decides for each request before `faults` does */
	onRequest: ((request: SeenRequest) => Fault | undefined) | undefined;
	mostInFlight = 0;

	private inFlight = 0;
	private readonly app;
	private readonly contract: OpenAPIBackend;
	private readonly closing = new AbortController();
	private origin = '';

	constructor(private readonly options: SandboxOptions = {}) {
		this.organization = new Organization(options.members);
		this.unknowns = { ...DEFAULT_UNKNOWNS, ...options.unknowns };
		this.app = fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 * 1024 });
		this.contract = new OpenAPIBackend({
			definition: join(__dirname, 'openapi.yaml'),
			strict: true,
			quick: false,
			customizeAjv: (ajv) => {
				addFormats(ajv);
				return ajv;
			},
		});
	}

	get baseUrl(): string {
		return `${this.origin}${BASE_PATH}`;
	}

	/** What the credential of a node has to hold. */
	get credential(): { apiKey: string; baseUrl: string; phone: string } {
		return { apiKey: this.apiKey, baseUrl: this.baseUrl, phone: '' };
	}

	get violations(): string[] {
		return this.requests.flatMap(({ violation }) => (violation === undefined ? [] : [violation]));
	}

	async start(): Promise<this> {
		await this.contract.init();
		// Bodies stay text here, so that what arrives can be compared to the byte.
		this.app.removeAllContentTypeParsers();
		this.app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
			done(null, body);
		});
		const { rateLimit: limit } = this.options;
		if (limit) {
			await this.app.register(rateLimit, {
				max: limit.max,
				timeWindow: limit.windowMs,
				errorResponseBuilder: () => ({
					statusCode: 429,
					code: 'RATE_LIMIT_EXCEEDED',
					message: 'Too many requests',
				}),
			});
		}
		this.app.route({
			method: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
			url: '/*',
			handler: (request, reply) => this.handle(request, reply),
		});
		this.origin = await this.app.listen({ port: this.options.port ?? 0, host: '127.0.0.1' });
		return this;
	}

	/** As it was at the start, but for the port. */
	reset(): void {
		this.organization = new Organization(this.options.members);
		this.unknowns = { ...DEFAULT_UNKNOWNS, ...this.options.unknowns };
		this.requests = [];
		this.faults = [];
		this.onRequest = undefined;
		this.mostInFlight = 0;
	}

	async close(): Promise<void> {
		this.closing.abort();
		await this.app.close();
	}

	private async handle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		this.inFlight += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
		reply.raw.once('close', () => {
			this.inFlight -= 1;
		});
		const seen = this.see(request);
		const fault = this.onRequest?.(seen) ?? this.faults.shift() ?? {};
		// Decided when the request arrives, as a server would that answers too late to be heard.
		const answer = this.answer(seen, !replacesAnswer(fault) || fault.applied === true);
		seen.status = fault.status ?? answer.status;
		const delay = (fault.delayMs ?? 0) + (this.options.latencyMs ?? 0);
		if (delay > 0) {
			await wait(delay, undefined, { signal: this.closing.signal }).catch(() => undefined);
		}
		if (reply.raw.destroyed || reply.raw.socket?.destroyed !== false) {
			reply.hijack();
			return;
		}
		void reply.headers({
			'x-periskope-org-id': ORG_ID_HEADER,
			'x-periskope-trace-id': randomUUID(),
		});
		sendWithFault(reply, answer, fault);
	}

	private see(request: FastifyRequest): SeenRequest {
		const rawBody = typeof request.body === 'string' ? request.body : '';
		const seen: SeenRequest = {
			index: this.requests.length,
			method: request.method,
			path: request.url.startsWith(BASE_PATH) ? request.url.slice(BASE_PATH.length) : request.url,
			headers: request.headers,
			body: parsed(rawBody),
			rawBody,
			startedAt: performance.now(),
		};
		const violation = this.violationOf(seen);
		if (violation !== undefined) seen.violation = violation;
		this.requests.push(seen);
		return seen;
	}

	private violationOf({ method, path, headers, body }: SeenRequest): string | undefined {
		const call = {
			method,
			path,
			headers: headers as Record<string, string>,
			...(body !== undefined && { body }),
		};
		const operation = this.contract.router.matchOperation(call);
		if (!operation) return undefined;
		const { errors } = this.contract.validateRequest(call, operation);
		return errors
			?.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
			.join('; ');
	}

	private answer(request: SeenRequest, mayApply: boolean): PlainAnswer {
		const { method, path, headers, violation } = request;
		if (headers.authorization !== `Bearer ${this.apiKey}`) {
			return json(401, { code: 'UNAUTHORIZED_ERROR', message: 'Invalid API key.' });
		}
		if (violation !== undefined) {
			return invalid('request', `Request is not valid: ${violation}`);
		}
		if (method === 'GET' && path === '/phones/all') return json(200, phoneRows());
		if (method === 'PATCH' && path === '/members/access') {
			if (!mayApply) return json(200, []);
			const result = this.organization.updateAccess(request.body as AccessBody, this.unknowns);
			return Array.isArray(result)
				? json(200, result)
				: invalid(result.field, result.message, result.value);
		}
		return json(404, { code: 'NOT_FOUND', message: `Cannot ${method} ${path}` });
	}
}

export const startSandbox = (options: SandboxOptions = {}): Promise<Sandbox> =>
	new Sandbox(options).start();

const json = (status: number, body: unknown): PlainAnswer => ({
	status,
	body: JSON.stringify(body),
});

const invalid = (field: string, message: string, value?: string): PlainAnswer =>
	json(422, {
		code: 'VALIDATION_ERROR',
		name: 'Validation Error',
		status: 422,
		message,
		fields: { [field]: { message, ...(value !== undefined && { value }) } },
	});

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text === '' ? undefined : text;
	}
}

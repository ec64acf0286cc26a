import { randomUUID } from 'node:crypto';

import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';

import { answerTo } from './answers';
import { Contract } from './contract';
import { cut, replacesAnswer, sendWithFault, type Fault } from './faults';
import { limitRate, type RateLimit } from './limit';
import { Organization } from './organization';
import { pause } from './pause';
import { listenPatiently } from './port';
import { API_KEY, ORG_ID, type SeedPhone } from './seed';
import { arrivalFrom, BASE_PATH, type Arrival, type SeenRequest } from './seenRequest';
import { DEFAULT_UNKNOWNS, type Unknowns } from './unknowns';

export type { Fault } from './faults';
export type { SeenRequest } from './seenRequest';

export interface SandboxOptions {
	/** a free one, unless given */
	port?: number;
	/** how long to wait for a given port that is taken */
	portPatienceMs?: number;
	/** of every answer */
	latencyMs?: number;
	rateLimit?: RateLimit;
	unknowns?: Partial<Unknowns>;
	/** further members with the role member */
	members?: readonly string[];
	/** in place of the seed's */
	phones?: readonly SeedPhone[];
}

const BODY_LIMIT = 64 * 1024 * 1024;

/** A Periskope on loopback: members that it keeps, the contract that it holds requests against, and faults. */
export class Sandbox {
	readonly apiKey: string = API_KEY;
	organization: Organization;
	unknowns: Unknowns;
	/** by email in lower case: what is otherwise for this member */
	unknownsOf: ((email: string) => Partial<Unknowns>) | undefined;
	requests: SeenRequest[] = [];
	/** what the next requests meet, in turn */
	faults: Fault[] = [];
	/** what the next requests about members meet, in turn; lists of org phones pass */
	changeFaults: Fault[] = [];
	/** decides for each request before `faults` does */
	onRequest: ((request: SeenRequest) => Fault | undefined) | undefined;
	mostInFlight = 0;

	private origin = '';
	private resets = 0;
	private inFlight = new Set<SeenRequest>();
	private readonly arrivedAt = new WeakMap<FastifyRequest, number>();
	private readonly arrivals = new WeakMap<FastifyRequest, Arrival>();
	private readonly app = fastify({
		forceCloseConnections: true,
		bodyLimit: BODY_LIMIT,
		// The contract does the routing: Fastify would turn a broken encoding away before it is seen.
		rewriteUrl: () => '/',
	});

	constructor(
		private readonly options: SandboxOptions,
		private readonly contract: Contract,
	) {
		this.organization = new Organization(options.members, options.phones);
		this.unknowns = { ...DEFAULT_UNKNOWNS, ...options.unknowns };
	}

	get baseUrl(): string {
		return `${this.origin}${BASE_PATH}`;
	}

	/** What the credential of a node has to hold. */
	get credential(): { apiKey: string; baseUrl: string; phone: string } {
		return { apiKey: this.apiKey, baseUrl: this.baseUrl, phone: '' };
	}

	/** The requests about members, without those that list the org phones. */
	get changes(): SeenRequest[] {
		return this.requests.filter(({ method }) => method !== 'GET');
	}

	get violations(): string[] {
		return this.requests.flatMap(({ violation }) => violation ?? []);
	}

	/** What holds for one member. */
	unknownsFor(email: string): Unknowns {
		return { ...this.unknowns, ...this.unknownsOf?.(email.toLowerCase()) };
	}

	async start(): Promise<this> {
		const { app } = this;
		// Bodies stay text here, so that what arrives can be compared to the byte.
		app.removeAllContentTypeParsers();
		app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
			done(null, body);
		});
		app.addHook('onRequest', (request, reply, done) => {
			this.arrivedAt.set(request, performance.now());
			void reply.headers({
				'x-periskope-org-id': ORG_ID,
				'x-periskope-trace-id': randomUUID(),
			});
			done();
		});
		app.addHook('preHandler', (request, reply, done) => {
			this.see(request, reply);
			done();
		});
		app.addHook('onSend', (request, reply, _payload, done) => {
			const seen = this.arrivals.get(request)?.seen;
			if (seen) seen.status = reply.statusCode;
			done();
		});
		app.setErrorHandler(({ statusCode = 500, code, message }: FastifyError, _request, reply) => {
			void reply.code(statusCode).send({ code, message });
		});
		const { rateLimit } = this.options;
		if (rateLimit) await limitRate(app, rateLimit, () => String(this.resets));
		app.all('/', (request, reply) => this.handle(request, reply));
		this.origin = await listenPatiently(app, this.options);
		return this;
	}

	/** As it was at the start, on the same port. */
	reset(): void {
		this.organization = new Organization(this.options.members, this.options.phones);
		this.unknowns = { ...DEFAULT_UNKNOWNS, ...this.options.unknowns };
		this.requests = [];
		this.unknownsOf = undefined;
		this.faults = [];
		this.changeFaults = [];
		this.onRequest = undefined;
		this.mostInFlight = 0;
		this.inFlight = new Set();
		this.resets += 1;
	}

	async close(): Promise<void> {
		await this.app.close();
	}

	private see(request: FastifyRequest, reply: FastifyReply): void {
		const startedAt = this.arrivedAt.get(request) ?? performance.now();
		const arrival = arrivalFrom(request, this.requests.length, startedAt, this.contract);
		const { seen } = arrival;
		this.requests.push(seen);
		this.arrivals.set(request, arrival);
		this.inFlight.add(seen);
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight.size);
		reply.raw.once('close', () => this.inFlight.delete(seen));
	}

	private nextFault({ method }: SeenRequest): Fault | undefined {
		return (method === 'GET' ? undefined : this.changeFaults.shift()) ?? this.faults.shift();
	}

	private async handle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		const arrival = this.arrivals.get(request);
		if (!arrival) throw new Error('The request was not seen');
		const { seen } = arrival;
		const fault = this.onRequest?.(seen) ?? this.nextFault(seen) ?? {};
		// Decided when the request arrives, as a server would that answers too late to be heard.
		const { apiKey, organization, unknowns } = this;
		const unknownsOf = (email: string) => this.unknownsFor(email);
		const store = !replacesAnswer(fault) || fault.applied === true;
		const answer = answerTo(arrival, { apiKey, organization, unknowns, unknownsOf, store });
		// Counted from the arrival, or what the sandbox itself takes would come on top.
		const due = seen.startedAt + (fault.delayMs ?? 0) + (this.options.latencyMs ?? 0);
		await pause(due - performance.now(), reply.raw);
		if (reply.raw.destroyed) {
			cut(reply);
			return;
		}
		sendWithFault(reply, answer, fault);
		// Of half an answer too, which goes past Fastify.
		if (reply.raw.headersSent) seen.status = reply.raw.statusCode;
	}
}

export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> =>
	await new Sandbox(options, await Contract.load()).start();

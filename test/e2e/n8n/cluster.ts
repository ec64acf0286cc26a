import { setTimeout as wait } from 'node:timers/promises';

import type { Prepared } from '../setup/prepared';
import { freePort } from './freePort';
import { Program } from './program';
import { Server } from './server';
import { settings } from './settings';
import { UserFolder } from './userFolder';

const PATIENCE_MS = 120_000;
const WORKERS = 2;

/** Queue mode: Redis, an n8n that takes calls, and workers on its database that carry them out. */
export class Cluster {
	private constructor(
		readonly main: Server,
		readonly workers: Worker[],
		private readonly redis: Program,
		private readonly startWorker: (folder: UserFolder) => Promise<Worker>,
		private readonly folders: UserFolder[],
	) {}

	static async start(made: Prepared): Promise<Cluster> {
		const { install, tarball, redisServer } = made;
		const port = await freePort();
		const redis = new Program(
			'Redis',
			redisServer,
			['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
			{ PATH: process.env.PATH },
		);
		await redis.until(() => redis.output.includes('Ready to accept connections'));
		const queue = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(port),
			// How soon the end of a worker that was killed is noticed.
			QUEUE_WORKER_LOCK_DURATION: '6000',
			QUEUE_WORKER_STALLED_INTERVAL: '3000',
			QUEUE_WORKER_MAX_STALLED_COUNT: '0',
		};
		const main = await Server.start({ install, tarball, env: queue });
		const startWorker = async (folder: UserFolder) => {
			const program = new Program('a worker', install.node, [install.n8n, 'worker'], {
				...settings(folder.path, await freePort(), await freePort()),
				...main.postgres.env,
				...queue,
				// Else a worker writes its own address into the links that it makes.
				WEBHOOK_URL: main.origin,
			});
			await program.until(() => program.output.includes('n8n worker is now ready'));
			return new Worker(program);
		};
		const folder = await UserFolder.make();
		await folder.install(tarball);
		const workers: Worker[] = [];
		for (let count = 0; count < WORKERS; count++) workers.push(await startWorker(folder));
		return new Cluster(main, workers, redis, startWorker, [folder]);
	}

	/** Whose files the workers may read and write. */
	get workerFolder(): UserFolder {
		const [folder] = this.folders;
		if (!folder) throw new Error('The workers have no folder');
		return folder;
	}

	/** A new worker in the place of one that has ended. */
	async replace(worker: Worker | undefined): Promise<void> {
		const place = this.workers.findIndex((each) => each === worker);
		if (place < 0) throw new Error('No such worker');
		this.workers[place] = await this.startWorker(this.workerFolder);
	}

	/** From now on the only worker is one that the package was not installed on. */
	async onlyWithoutPackage(): Promise<void> {
		await Promise.all(
			this.workers.map(async ({ program }) => {
				await program.stop();
			}),
		);
		const empty = await UserFolder.make();
		this.folders.push(empty);
		this.workers.splice(0, this.workers.length, await this.startWorker(empty));
	}

	/** @throws with what was waited for, and what is known of it, where it takes too long */
	async eventually(
		what: string,
		isSo: () => boolean | Promise<boolean>,
		known: () => string = () => 'nothing is known',
	): Promise<void> {
		const end = performance.now() + PATIENCE_MS;
		while (!(await isSo())) {
			if (performance.now() > end) {
				throw new Error(`There were no ${what} in time: ${known()}`);
			}
			await wait(100);
		}
	}

	async stop(): Promise<void> {
		await Promise.all(
			this.workers.map(async ({ program }) => {
				await program.stop();
			}),
		);
		await this.main.stop();
		await this.redis.stop();
		for (const folder of this.folders) await folder.remove();
	}
}

/** A worker, and what its log tells of its executions. */
export class Worker {
	constructor(readonly program: Program) {}

	finishedExecutions(): number {
		return this.program.output.match(/Worker finished execution \d+/g)?.length ?? 0;
	}

	isBusyWith(execution: string): boolean {
		return this.program.output.includes(`Worker started execution ${execution} `);
	}
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

const MOST_OUTPUT = 200_000;
const PATIENCE_MS = 120_000;
const GRACE_MS = 20_000;

const running = new Set<Program>();

/** Whose rights a program has. */
export interface Account {
	uid: number;
	gid: number;
}

/** A program that a test starts, with what it prints. None outlives the tests. */
export class Program {
	output = '';
	private readonly child: ChildProcess;
	private readonly exit: Promise<unknown>;

	constructor(
		private readonly name: string,
		file: string,
		parameters: readonly string[],
		env: NodeJS.ProcessEnv,
		account?: Account,
	) {
		// A group of its own, so that what it starts itself ends with it.
		this.child = spawn(file, parameters, {
			...account,
			env,
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		this.exit = once(this.child, 'exit');
		for (const stream of [this.child.stdout, this.child.stderr]) {
			stream?.on('data', (chunk: Buffer) => {
				this.output = `${this.output}${chunk.toString()}`.slice(-MOST_OUTPUT);
			});
		}
		running.add(this);
		void this.exit.then(() => running.delete(this));
	}

	get hasEnded(): boolean {
		return this.child.exitCode !== null || this.child.signalCode !== null;
	}

	/** @throws with what it printed, when it ends or takes two minutes before `isReady` */
	async until(isReady: () => boolean | Promise<boolean>): Promise<void> {
		const end = performance.now() + PATIENCE_MS;
		while (!(await isReady())) {
			if (this.hasEnded || performance.now() > end) {
				throw new Error(`${this.name} did not get ready:\n${this.output.slice(-4000)}`);
			}
			await wait(200);
		}
	}

	async stop(): Promise<void> {
		this.signal('SIGTERM');
		await Promise.race([this.exit, wait(GRACE_MS, undefined, { ref: false })]);
		await this.kill();
	}

	async kill(): Promise<void> {
		this.signal('SIGKILL');
		await this.exit;
	}

	get pid(): number {
		return this.child.pid ?? 0;
	}

	signal(signal: NodeJS.Signals): void {
		if (this.child.pid === undefined) return;
		try {
			process.kill(-this.child.pid, signal);
		} catch {
			// It has ended already.
		}
	}
}

process.once('exit', () => {
	for (const program of running) program.signal('SIGKILL');
});

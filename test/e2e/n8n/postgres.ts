import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { freePort } from './freePort';
import { Program, type Account } from './program';

const run = promisify(execFile);
const USER = 'postgres';

/** A PostgreSQL of its own, in a folder that goes away with it. */
export class Postgres {
	private constructor(
		private readonly program: Program,
		private readonly folder: string,
		/** how n8n is told of it */
		readonly env: NodeJS.ProcessEnv,
	) {}

	/** @param server path of the program `postgres`, beside which `initdb` lies */
	static async start(server: string): Promise<Postgres> {
		const account = accountForServers();
		const folder = await mkdtemp(join(tmpdir(), 'n8n-e2e-postgres-'));
		if (account) await chown(folder, account.uid, account.gid);
		const data = join(folder, 'data');
		const prepare = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--no-sync'];
		await run(join(dirname(server), 'initdb'), prepare, { ...account, cwd: folder });
		const port = await freePort();
		const settings = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
		const program = new Program(
			'PostgreSQL',
			server,
			settings,
			{ PATH: process.env.PATH },
			account,
		);
		await program.until(() => program.output.includes('ready to accept connections'));
		return new Postgres(program, folder, {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: USER,
			DB_POSTGRESDB_USER: USER,
			// With n8n's two, calls that come in by the dozen wait until they time out.
			DB_POSTGRESDB_POOL_SIZE: '10',
		});
	}

	async stop(): Promise<void> {
		await this.program.stop();
		await rm(this.folder, { recursive: true, force: true });
	}
}

/** PostgreSQL refuses to run as root, as containers do; its package brings an account for it. */
function accountForServers(): Account | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (kind: string) => Number(execFileSync('id', [kind, USER], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

import type { N8nInstall } from '../setup/n8nInstall';
import { Api } from './api';
import { freePort } from './freePort';
import { Postgres } from './postgres';
import { Program } from './program';
import { settings } from './settings';
import { UserFolder } from './userFolder';

export interface ServerOptions {
	install: N8nInstall;
	tarball: string;
	env?: NodeJS.ProcessEnv;
}

/** An n8n that is up on a database of its own, with the package installed and an owner signed in. */
export class Server {
	private constructor(
		readonly folder: UserFolder,
		readonly origin: string,
		readonly api: Api,
		readonly program: Program,
		readonly postgres: Postgres,
	) {}

	static async start({ install, tarball, env = {} }: ServerOptions): Promise<Server> {
		const folder = await UserFolder.make();
		await folder.install(tarball);
		const postgres = await Postgres.start(install.postgres);
		const port = await freePort();
		const origin = `http://127.0.0.1:${port}`;
		const program = new Program('n8n', install.node, [install.n8n, 'start'], {
			...settings(folder.path, port, await freePort()),
			...postgres.env,
			...env,
		});
		await program.until(() => answers(`${origin}/healthz/readiness`));
		await program.until(() => answers(`${origin}/rest/settings`));
		const api = new Api(origin);
		await api.setUpOwner();
		return new Server(folder, origin, api, program, postgres);
	}

	async stop(): Promise<void> {
		await this.program.stop();
		await this.postgres.stop();
		await this.folder.remove();
	}
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url)).ok;
	} catch {
		return false;
	}
}

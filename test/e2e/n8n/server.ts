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
		readonly postgres: Postgres,
		private current: Program,
		private readonly startProgram: () => Promise<Program>,
	) {}

	get program(): Program {
		return this.current;
	}

	static async start({ install, tarball, env = {} }: ServerOptions): Promise<Server> {
		const folder = await UserFolder.make();
		await folder.install(tarball);
		const postgres = await Postgres.start(install.postgres);
		const port = await freePort();
		const origin = `http://127.0.0.1:${port}`;
		const environment = {
			...settings(folder.path, port, await freePort()),
			...postgres.env,
			...env,
		};
		const startProgram = async () => {
			const program = new Program('n8n', install.node, [install.n8n, 'start'], environment);
			await program.until(() => answers(`${origin}/healthz/readiness`));
			await program.until(() => answers(`${origin}/rest/settings`));
			return program;
		};
		const program = await startProgram();
		const api = new Api(origin);
		await api.setUpOwner();
		return new Server(folder, origin, api, postgres, program, startProgram);
	}

	/** Stops n8n, and starts it again on its database and its folder, under its address. */
	async restart(): Promise<void> {
		await this.current.stop();
		this.current = await this.startProgram();
	}

	async stop(): Promise<void> {
		await this.current.stop();
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

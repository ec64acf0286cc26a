/** `npm run editor`: n8n's editor with the node in it, an example to run, and a sandbox Periskope behind it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { pack } from '../package/packed';
import { startSandbox } from '../sandbox/server';
import { example, membersFile } from './examples';
import { OWNER } from './n8n/api';
import { Server } from './n8n/server';
import { installN8n } from './setup/n8nInstall';

const EXAMPLE = 'update-access-from-a-sheet';

async function main(): Promise<void> {
	const install = await installN8n(console.log);
	console.log('Starting n8n …');
	const packed = pack();
	const server = await Server.start({ install, tarball: packed.tarball });
	packed.remove();
	const sandbox = await startSandbox();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void Promise.all([server.stop(), sandbox.close()]));
	}
	const { path } = server.folder;
	await writeFile(join(path, 'members.csv'), membersFile());
	const periskopeApi = await server.api.createCredential(
		'Sandbox Periskope',
		'periskopeApi',
		sandbox.credential,
	);
	const id = await server.api.createWorkflow(
		example(EXAMPLE, { credentials: { periskopeApi }, files: path }),
	);
	console.log(`
n8n is up, with the example "${EXAMPLE}" to run, and a sandbox in place of Periskope:

  ${server.origin}/workflow/${id}
  ${OWNER.email}
  ${OWNER.password}

The members file is ${join(path, 'members.csv')}. Nothing is kept after it stops: Ctrl+C.`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

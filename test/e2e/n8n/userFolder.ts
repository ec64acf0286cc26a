import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = 'n8n-nodes-periskope';
const AS_N8N_INSTALLS = [
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

/** What one n8n keeps on disk: its keys, its files, and the packages that were installed. */
export class UserFolder {
	private constructor(readonly path: string) {}

	static async make(): Promise<UserFolder> {
		return new UserFolder(await mkdtemp(join(tmpdir(), 'n8n-e2e-')));
	}

	/**
	 * Puts a packed package where n8n puts one from npm, in the way that it does: unpacked below the
	 * user's nodes, without its development and peer dependencies, then whatever it depends on.
	 *
	 * @see n8n 2.41.1, modules/community-packages/community-packages.service
	 */
	async install(tarball: string): Promise<void> {
		const folder = join(this.path, '.n8n/nodes/node_modules', PACKAGE);
		await mkdir(folder, { recursive: true });
		await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
		const file = join(folder, 'package.json');
		const packed = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
		delete packed.devDependencies;
		delete packed.peerDependencies;
		delete packed.optionalDependencies;
		await writeFile(file, JSON.stringify(packed, undefined, 2));
		await run('npm', ['install', ...AS_N8N_INSTALLS], { cwd: folder });
	}

	async remove(): Promise<void> {
		await rm(this.path, { recursive: true, force: true });
	}
}

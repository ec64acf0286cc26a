import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const chromium = () =>
	program('chromium', ['chromium', 'chromium-browser', 'google-chrome'], inPath());

export const redisServer = () => program('redis-server', ['redis-server'], inPath());

/** Debian keeps it out of the path, beside the programs that it comes with. */
export const postgresServer = () =>
	realpathSync(program('postgresql', ['postgres'], [...ofDebian(), ...inPath()]));

/** @throws with the command that installs it, where the machine doesn't have it */
function program(debianPackage: string, names: readonly string[], folders: string[]): string {
	const found = names
		.flatMap((name) => folders.map((folder) => join(folder, name)))
		.find(isExecutable);
	if (found !== undefined) return found;
	throw new Error(
		`${debianPackage} is missing. On Debian and Ubuntu: sudo apt-get install --yes ${debianPackage}`,
	);
}

const inPath = () => (process.env.PATH ?? '').split(delimiter);

function ofDebian(): string[] {
	const root = '/usr/lib/postgresql';
	return existsSync(root) ? readdirSync(root).map((version) => join(root, version, 'bin')) : [];
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What is large, and the same for every checkout. Safe to delete. */
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'n8n-nodes-periskope');

/**
 * A folder that is filled once, and found by its name from then on. It gets its name only when it
 * is whole, so that an installation that broke off is never taken for one.
 */
export async function cachedFolder(
	name: string,
	fill: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = join(CACHE, name);
	if (existsSync(folder)) return folder;
	await mkdir(CACHE, { recursive: true });
	const unfinished = await mkdtemp(join(CACHE, '.unfinished-'));
	try {
		await fill(unfinished);
		await rename(unfinished, folder);
	} finally {
		await rm(unfinished, { recursive: true, force: true });
	}
	return folder;
}

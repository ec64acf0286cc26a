/** `npm run docs`: writes the pages that come from the code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { ROOT } from '../package/packed';
import { GENERATED_PAGES } from './generated';

async function write(): Promise<void> {
	for (const [path, pageOf] of Object.entries(GENERATED_PAGES)) {
		const file = join(ROOT, path);
		writeFileSync(file, await format(pageOf(), { ...(await resolveConfig(file)), filepath: file }));
	}
}

write().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});

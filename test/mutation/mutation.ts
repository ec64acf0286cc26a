/**
 * `npm run test:mutation [-- plan …]`: does a unit test notice when a line of the product is
 * changed? Each folder is tried with the unit tests of the same name: with all of them it would
 * take hours. Files that only n8n runs are left out.
 */
import { spawnSync } from 'node:child_process';

/** Each mutant is tried on every property, so these are few. */
const PROPERTY_RUNS = '60';
const FOLDERS = ['api', 'read', 'plan', 'send', 'match', 'output'];

const asked = process.argv.slice(2);
const unknown = asked.filter((folder) => !FOLDERS.includes(folder));
if (unknown.length > 0) {
	console.error(`There is no folder ${unknown.join(', ')}, but ${FOLDERS.join(', ')}.`);
	process.exit(1);
}
for (const folder of asked.length > 0 ? asked : FOLDERS) {
	console.log(`\n${folder}`);
	const { status } = spawnSync('npx', ['stryker', 'run', 'test/mutation/stryker.config.mjs'], {
		stdio: 'inherit',
		env: { ...process.env, PROPERTY_RUNS, FOLDER: folder },
	});
	if (status !== 0) process.exitCode = 1;
}

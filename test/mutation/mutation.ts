/**
 * `npm run test:mutation [-- 2-plan …]`: does a unit test notice when a line of the pure steps is
 * changed? Only the tests that steps.json names for a step are asked about it: with all of them it
 * would take hours. What only n8n runs is left out.
 */
import { spawnSync } from 'node:child_process';

import steps from './steps.json';

/** Each mutant is tried on every property, so these are few. */
const PROPERTY_RUNS = '60';

const asked = process.argv.slice(2);
const unknown = asked.filter((step) => !(step in steps));
if (unknown.length > 0) {
	console.error(`There is no step ${unknown.join(', ')}, but ${Object.keys(steps).join(', ')}.`);
	process.exit(1);
}
for (const step of asked.length > 0 ? asked : Object.keys(steps)) {
	console.log(`\n${step}`);
	const { status } = spawnSync('npx', ['stryker', 'run', 'test/mutation/stryker.config.mjs'], {
		stdio: 'inherit',
		env: { ...process.env, PROPERTY_RUNS, STEP: step },
	});
	if (status !== 0) process.exitCode = 1;
}

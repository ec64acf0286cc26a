/** `npm run sandbox`: a Periskope to point a credential, or curl, at. */
import { flagOf, readFlags, USAGE } from './flags';
import { isTaken } from './port';
import { SEED_ADMINS, SEED_INACTIVE, SEED_LABELS, SEED_MEMBERS, SEED_PHONES } from './seed';
import { startSandbox, type Sandbox, type SandboxOptions } from './server';
import { UNKNOWN_NAMES, type Unknowns } from './unknowns';

async function main(): Promise<void> {
	const options = readFlags(process.argv.slice(2));
	if (options === 'help') {
		console.log(USAGE);
		return;
	}
	const sandbox = await startSandbox(options).catch((error: unknown) => {
		throw isTaken(error)
			? new Error(
					`Port ${options.port ?? 0} is taken. Give another one: npm run sandbox -- --port 0`,
				)
			: error;
	});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
	console.log(greeting(sandbox, options));
}

const greeting = (
	{ baseUrl, apiKey, unknowns }: Sandbox,
	{ latencyMs = 0, rateLimit }: SandboxOptions,
) => `A sandbox Periskope is up. Put these into the credential:

  Base URL  ${baseUrl}
  API Key   ${apiKey}

It has ${SEED_MEMBERS.length} members, ${SEED_INACTIVE.length} of them inactive: ${SEED_MEMBERS.slice(0, 3).join(', ')}, …
${SEED_ADMINS.length} admins, whose access never changes: ${SEED_ADMINS.join(', ')}
the labels ${SEED_LABELS.join(', ')}
and the org phones ${SEED_PHONES.flatMap(({ org_phone }) => org_phone?.replace('@c.us', '') ?? []).join(', ')}

What Periskope's pages leave open: ${saidOf(unknowns)}.
${rateLimit ? `At most ${rateLimit.max} requests in ${rateLimit.windowMs / 1000} s. ` : ''}${latencyMs > 0 ? `Every answer takes ${latencyMs} ms. ` : ''}Nothing is kept after it stops: Ctrl+C.`;

const saidOf = (unknowns: Unknowns) =>
	UNKNOWN_NAMES.map((name) => `${flagOf(name).replaceAll('-', ' ')} ${unknowns[name]}`).join(', ');

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

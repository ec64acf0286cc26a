import { parseArgs } from 'node:util';

import { SEED_ADMINS, SEED_LABELS, SEED_MEMBERS, type Unknowns } from './organization';
import { startSandbox } from './server';

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '8080' },
		latency: { type: 'string', default: '0' },
		'rate-limit': { type: 'string' },
		'unknown-emails': { type: 'string', default: 'leftOut' },
		admins: { type: 'string', default: 'leftOut' },
		'unknown-labels': { type: 'string', default: 'created' },
		'email-case': { type: 'string', default: 'kept' },
	},
});

async function main(): Promise<void> {
	const [max, seconds] = (values['rate-limit'] ?? '').split('/').map(Number);
	const sandbox = await startSandbox({
		port: Number(values.port),
		latencyMs: Number(values.latency),
		...(max && seconds && { rateLimit: { max, windowMs: seconds * 1000 } }),
		unknowns: {
			unknownEmails: values['unknown-emails'] as Unknowns['unknownEmails'],
			admins: values.admins as Unknowns['admins'],
			unknownLabels: values['unknown-labels'] as Unknowns['unknownLabels'],
			emailCase: values['email-case'] as Unknowns['emailCase'],
		},
	});
	console.log(`A sandbox Periskope is up. Put these into the credential:

  Base URL  ${sandbox.baseUrl}
  API Key   ${sandbox.apiKey}

It has ${SEED_MEMBERS.length} members (${SEED_MEMBERS[0] ?? ''}, ${SEED_MEMBERS[1] ?? ''}, …), ${SEED_ADMINS.length} admins
(${SEED_ADMINS.join(', ')})
and the labels ${SEED_LABELS.join(', ')}. Stop it with Ctrl+C.`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

void main();

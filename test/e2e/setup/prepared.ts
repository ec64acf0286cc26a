import type { N8nInstall } from './n8nInstall';

/** What is made once, before the first test. */
export interface Prepared {
	install: N8nInstall;
	/** of the package as `npm publish` would publish it */
	tarball: string;
	chromium: string;
	redisServer: string;
}

const VARIABLE = 'PERISKOPE_E2E';

/** Jest hands nothing from its set-up to the tests but the environment. */
export function keepPrepared(prepared: Prepared): void {
	process.env[VARIABLE] = JSON.stringify(prepared);
}

export const prepared = (): Prepared => JSON.parse(process.env[VARIABLE] ?? '') as Prepared;

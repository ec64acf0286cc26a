import { afterAll, beforeAll, beforeEach } from '@jest/globals';

import { startSandbox, type Sandbox, type SandboxOptions } from './server';

/** A sandbox for the tests of a block, as new before each. */
export function withSandbox(options: SandboxOptions = {}): { readonly sandbox: Sandbox } {
	let running: Sandbox | undefined;
	const sandbox = (): Sandbox => {
		if (!running) throw new Error('The sandbox is not up yet');
		return running;
	};
	beforeAll(async () => {
		running = await startSandbox(options);
	}, 60_000);
	beforeEach(() => {
		sandbox().reset();
	});
	afterAll(async () => {
		await running?.close();
	});
	return {
		get sandbox() {
			return sandbox();
		},
	};
}

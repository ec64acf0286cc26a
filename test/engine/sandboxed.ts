import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';

import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/server';
import { Engine } from './engine';

export interface Sandboxed {
	readonly sandbox: Sandbox;
	readonly engine: Engine;
}

/** A sandbox and an engine for a file's tests. Each test must leave no request that breaks the contract. */
export function sandboxed(options: SandboxOptions = {}): Sandboxed {
	let sandbox: Sandbox | undefined;
	const running = (): Sandbox => {
		if (!sandbox) throw new Error('The sandbox is not up yet');
		return sandbox;
	};
	beforeAll(async () => {
		sandbox = await startSandbox(options);
	});
	beforeEach(() => {
		running().reset();
	});
	afterEach(() => {
		expect(running().violations).toEqual([]);
	});
	afterAll(async () => {
		await running().close();
	});
	return {
		get sandbox() {
			return running();
		},
		get engine() {
			return new Engine(running().credential);
		},
	};
}

/** A whole n8n for each file, one file after the other: two at once would starve each other. */
const { resolve } = require('node:path');

module.exports = {
	rootDir: resolve(__dirname, '../..'),
	displayName: 'e2e',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	transform: {
		'^.+\\.ts$': '<rootDir>/test/typescript-transform.js',
	},
	globalSetup: '<rootDir>/test/e2e/setup/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/setup/globalTeardown.ts',
	maxWorkers: 1,
	testTimeout: 180_000,
	verbose: true,
};

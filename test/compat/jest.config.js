/** The engine tests on the n8n release that lies in the folder COMPAT_FOLDER. */
const { resolve } = require('node:path');

module.exports = {
	rootDir: resolve(__dirname, '../..'),
	displayName: 'compat',
	testEnvironment: 'node',
	testTimeout: 30_000,
	testMatch: ['<rootDir>/test/engine/**/*.test.ts', '<rootDir>/test/compat/**/*.test.ts'],
	resolver: '<rootDir>/test/compat/resolver.js',
	setupFiles: ['<rootDir>/test/compat/olderRun.ts'],
	transform: {
		// The types are those of the newest release; the others are only run.
		'^.+\\.ts$': '<rootDir>/test/typescript-transform.js',
	},
};

/** One project per kind of test. */
const { readdirSync, readFileSync } = require('node:fs');
const { resolve } = require('node:path');

const rootDir = resolve(__dirname, '..');

const shared = {
	rootDir,
	testEnvironment: 'node',
	transform: {
		'^.+/dist/.+\\.js$': '<rootDir>/test/built-file-transform.js',
		'^.+\\.ts$': '<rootDir>/test/typescript-transform.js',
	},
};

const project = (displayName, folder, more = {}) => ({
	...shared,
	displayName,
	testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`],
	...more,
});

const API = resolve(rootDir, 'nodes/Periskope/api');
const filesWithZod = readdirSync(API).filter((file) =>
	readFileSync(resolve(API, file), 'utf8').includes("from 'zod'"),
);

const PROPERTIES = { setupFiles: ['<rootDir>/test/unit/properties.ts'] };

module.exports = {
	rootDir,
	// Jest leaves one core to itself, which on a machine with two is half of it.
	maxWorkers: '100%',
	// For machines that are slow or busy. Jest takes it here alone, and not of a project.
	testTimeout: 30_000,
	testSequencer: resolve(__dirname, 'longestFirst.js'),
	projects: [
		project('unit', 'unit', PROPERTIES),
		// n8n may bring either version of zod.
		project('api on zod 4', 'unit/api', {
			...PROPERTIES,
			testMatch: filesWithZod.map(
				(file) => `<rootDir>/test/unit/api/${file.replace('.ts', '.test.ts')}`,
			),
			moduleNameMapper: { '^zod$': 'zod4' },
		}),
		project('sandbox', 'sandbox'),
		project('engine', 'engine'),
		project('expressions', 'expressions'),
		project('structure', 'structure'),
		project('package', 'package'),
		project('docs', 'docs'),
	],
	collectCoverageFrom: [
		'dist/**/*.js',
		// What unit tests run from its source. What only n8n runs is counted as built.
		'nodes/Periskope/*.ts',
		'nodes/Periskope/{api,read,plan,send,match,output}/*.ts',
		'!nodes/**/{Periskope.node,runOperation,tool,client,readRows,sendPlan,session}.ts',
	],
	coverageReporters: ['text-summary'],
	coverageThreshold: { global: { lines: 99, branches: 97 } },
};

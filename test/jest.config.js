/** One project per kind of test; the pure steps run on both zod versions that n8n may bring. */
const { resolve } = require('node:path');

const rootDir = resolve(__dirname, '..');

const shared = {
	rootDir,
	testEnvironment: 'node',
	// For machines that are slow or busy: no test is about time.
	testTimeout: 30_000,
	transform: {
		'^.+/dist/.+\\.js$': '<rootDir>/test/built-file-transform.js',
		'^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json', diagnostics: false }],
	},
};

const project = (displayName, folder, more = {}) => ({
	...shared,
	displayName,
	testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`],
	...more,
});

const PROPERTIES = { setupFiles: ['<rootDir>/test/unit/properties.ts'] };

/** Nothing that they are about uses zod, so one run of them says it all. */
const WITHOUT_ZOD = [
	'answerRows',
	'apiKey',
	'baseUrl',
	'cellMemory',
	'cellText',
	'foldRows',
	'gate',
	'halving',
	'networkFault',
	'orgPhone',
	'planRequests',
	'planRows',
	'progressLog',
	'sendRequests',
	'settle',
	'summary',
	'waits',
];

module.exports = {
	rootDir,
	// Jest leaves one core to itself, which on a machine with two is half of it.
	maxWorkers: '100%',
	testSequencer: resolve(__dirname, 'longestFirst.js'),
	projects: [
		project('unit, zod 3', 'unit', PROPERTIES),
		project('unit, zod 4', 'unit', {
			...PROPERTIES,
			moduleNameMapper: { '^zod$': 'zod4' },
			testPathIgnorePatterns: [`/(?:${WITHOUT_ZOD.join('|')})\\.test\\.ts$`],
		}),
		project('sandbox', 'sandbox'),
		project('engine', 'engine'),
		project('package', 'package'),
		project('docs', 'docs'),
	],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts', 'dist/**/*.js'],
	coverageReporters: ['text'],
};

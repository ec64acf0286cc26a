/** Only n8n runs these. */
const ON_N8N = ['client', 'readRows', 'sendPlan'];

export default {
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: false },
	mutate: [
		`nodes/Periskope/${process.env.FOLDER}/*.ts`,
		...ON_N8N.map((file) => `!nodes/Periskope/**/${file}.ts`),
	],
	reporters: ['clear-text', 'progress'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	coverageAnalysis: 'perTest',
	concurrency: 2,
	tempDirName: '.stryker-tmp',
	ignorePatterns: ['dist', 'coverage'],
};

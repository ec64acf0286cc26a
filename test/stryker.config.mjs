// `npm run test:mutation`: does a test notice when a line of the pure steps is changed?
export default {
	testRunner: 'jest',
	jest: { configFile: 'test/jest.unit.config.js', enableFindRelatedTests: true },
	mutate: [
		'nodes/Periskope/steps/**/*.ts',
		'!nodes/Periskope/steps/1-read/{readRows,rowParameters,optionReader}.ts',
		'!nodes/Periskope/steps/runOperation.ts',
		'!nodes/Periskope/steps/3-send/sendPlan.ts',
		'!nodes/Periskope/steps/5-items/stopError.ts',
	],
	reporters: ['clear-text', 'progress'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	coverageAnalysis: 'perTest',
	concurrency: 2,
	tempDirName: '.stryker-tmp',
	ignorePatterns: ['dist', 'coverage'],
};

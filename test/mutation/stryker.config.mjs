import steps from './steps.json' with { type: 'json' };

const step = process.env.STEP;

export default {
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: false },
	mutate: steps[step].files.map((file) => `nodes/Periskope/steps/${step}/${file}.ts`),
	reporters: ['clear-text', 'progress'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	coverageAnalysis: 'perTest',
	concurrency: 2,
	tempDirName: '.stryker-tmp',
	ignorePatterns: ['dist', 'coverage'],
};

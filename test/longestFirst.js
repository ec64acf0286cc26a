const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST = ['badInput', 'rowByRow', 'secrets'].map((name) => `/test/engine/${name}.test.ts`);
const isLong = ({ path }) => LONGEST.some((end) => path.endsWith(end));

/**
 * The tests that take longest begin first, or in a fresh clone, where jest knows no times yet, the
 * last of them would run alone at the end.
 */
module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		return super.sort(tests).sort((a, b) => Number(isLong(b)) - Number(isLong(a)));
	}
};

/** The unit tests of one folder. */
const [unit] = require('../jest.config').projects;

module.exports = { ...unit, testMatch: [`<rootDir>/test/unit/${process.env.FOLDER}/**/*.test.ts`] };

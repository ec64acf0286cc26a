/** The unit tests of one step, on one zod. */
const [unit] = require('../jest.config').projects;
const { tests } = require('./steps.json')[process.env.STEP];

module.exports = { ...unit, testMatch: tests.map((test) => `<rootDir>/test/unit/${test}.test.ts`) };

/** The unit tests alone, as the mutation tests run them: thousands of times, and on one zod. */
module.exports = require('./jest.config').projects[0];

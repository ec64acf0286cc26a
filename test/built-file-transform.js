/** Hands jest the built file with its source map, so that its coverage counts for the TypeScript. */
const { readFileSync } = require('node:fs');

module.exports = {
	process: (code, path) => ({ code, map: JSON.parse(readFileSync(`${path}.map`, 'utf8')) }),
};

/** Compiles a TypeScript file for jest as gulpfile.js does, so that the coverage of both is one. */
const esbuild = require('esbuild');

module.exports = {
	process(source, path) {
		const { code, map } = esbuild.transformSync(source, {
			sourcefile: path,
			loader: 'ts',
			format: 'cjs',
			platform: 'node',
			target: 'es2022',
			sourcemap: 'external',
		});
		return { code, map: JSON.parse(map) };
	},
};

/** Compiles a TypeScript file for jest as gulpfile.js does, so that the coverage of both is one. */
const esbuild = require('esbuild');

/** How esbuild calls what is imported, unless the import is in the same bundle. */
const IMPORTED = /\(0, (import_\w+\.\w+)\)/g;

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
		// Its brackets have no place in the source map, and the branch that begins with them neither.
		return { code: code.replace(IMPORTED, '    $1 '), map: JSON.parse(map) };
	},
};

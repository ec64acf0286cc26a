/**
 * Hands jest a built file with a source map, so that its coverage counts for the TypeScript. The
 * package has no use for maps without sources, so the map is made here, by building once more.
 */
const { createHash } = require('node:crypto');
const { join, relative } = require('node:path');
const esbuild = require('esbuild');

const ROOT = join(__dirname, '..');

/** In memory, with the options of gulpfile.js. */
function build(path) {
	const entry = relative(join(ROOT, 'dist'), path).replace(/\.js$/, '.ts');
	const { outputFiles } = esbuild.buildSync({
		absWorkingDir: ROOT,
		entryPoints: [entry],
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		packages: 'external',
		platform: 'node',
		target: 'es2022',
		sourcemap: 'external',
		write: false,
	});
	const textOf = (end) => outputFiles.find((file) => file.path.endsWith(end)).text;
	return { code: textOf('.js'), map: textOf('.js.map') };
}

module.exports = {
	process(code, path) {
		const built = build(path);
		if (built.code !== code) {
			throw new Error(`${path} is not what its sources compile to. Run npm run build`);
		}
		return { code, map: JSON.parse(built.map) };
	},
	// The map may differ where the code doesn't: a comment moves lines.
	getCacheKey: (code, path, { configString, instrument }) =>
		createHash('sha256')
			.update([code, build(path).map, configString, instrument].join('\0'))
			.digest('hex'),
};

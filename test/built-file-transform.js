/**
 * Hands jest the built file with a source map, so that its coverage counts for the TypeScript. The
 * package has no use for maps without sources, so the map is made here, by compiling once more.
 */
const { readFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const ts = require('typescript');

const ROOT = join(__dirname, '..');
const { compilerOptions } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config;
const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, ROOT);

module.exports = {
	process(code, path) {
		const fileName = join(ROOT, relative(join(ROOT, 'dist'), path)).replace(/\.js$/, '.ts');
		const { outputText, sourceMapText = '' } = ts.transpileModule(readFileSync(fileName, 'utf8'), {
			fileName,
			compilerOptions: { ...options, sourceMap: true },
		});
		if (outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, '') !== code) {
			throw new Error(`${path} is not what ${fileName} compiles to. Run npm run build`);
		}
		return { code, map: JSON.parse(sourceMapText) };
	},
};

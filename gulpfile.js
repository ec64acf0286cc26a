/**
 * What turns nodes/ and credentials/ into dist/, the only folder that is published:
 *   gulp build   clean, check the types, then one JavaScript file for each class that n8n loads,
 *                and the files that n8n reads as they are
 *   gulp watch   build, and build again what changes
 */
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const esbuild = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');

const DIST = 'dist';
/** What n8n loads, as package.json names it. */
const CLASSES = ['nodes/Periskope/Periskope.node.ts', 'credentials/PeriskopeApi.credentials.ts'];
/** Icons, the codex (what finds the node in the editor's search) and the output schemas. */
const ASSETS = ['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
const SOURCES = ['nodes/**/*.ts', 'credentials/**/*.ts'];

function clean() {
	return rm(DIST, { recursive: true, force: true });
}

function checkTypes() {
	return spawn(process.execPath, [require.resolve('typescript/bin/tsc')], { stdio: 'inherit' });
}

/** Not minified, so that what is published can be read. */
function bundle() {
	return esbuild.build({
		entryPoints: CLASSES,
		outdir: DIST,
		outbase: '.',
		bundle: true,
		packages: 'external',
		platform: 'node',
		target: 'es2022',
		logLevel: 'warning',
	});
}

function assets() {
	// Not decoded: gulp would otherwise rewrite binary icons as text.
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest(DIST));
}

const compile = parallel(checkTypes, bundle);
const build = series(clean, parallel(compile, assets));

function rebuildOnChange() {
	watch(SOURCES, compile);
	watch(ASSETS, assets);
}

exports.build = build;
exports.watch = series(build, rebuildOnChange);
exports.default = build;

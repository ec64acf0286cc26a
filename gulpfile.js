/**
 * What turns nodes/ and credentials/ into dist/, the only folder that is published:
 *   gulp build   clean, then TypeScript, then the files n8n reads as they are
 *   gulp watch   build, and build again what changes
 */
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');

const DIST = 'dist';
/** Icons, the codex (what finds the node in the editor's search) and the output schemas. */
const ASSETS = ['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
const SOURCES = ['nodes/**/*.ts', 'credentials/**/*.ts'];

function clean() {
	return rm(DIST, { recursive: true, force: true });
}

function compile() {
	return spawn(process.execPath, [require.resolve('typescript/bin/tsc')], { stdio: 'inherit' });
}

function assets() {
	// Not decoded: gulp would otherwise rewrite binary icons as text.
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest(DIST));
}

const build = series(clean, parallel(compile, assets));

function rebuildOnChange() {
	watch(SOURCES, compile);
	watch(ASSETS, assets);
}

exports.build = build;
exports.watch = series(build, rebuildOnChange);
exports.default = build;

// Every finding of n8n's community-package scanner, warnings included, as JSON.
// Usage: node scan.mjs DIRECTORY source|packed
import {
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';
import glob from 'fast-glob';

const [directory, kind] = process.argv.slice(2);
const eslint = new ESLint({
	cwd: directory,
	allowInlineConfig: false,
	overrideConfigFile: true,
	overrideConfig: await buildScanConfig(),
});
const patterns = kind === 'source' ? SOURCE_FILE_PATTERNS : ['**/*.js', '**/*.ts', '**/*.json'];
const files = glob.sync(patterns, { cwd: directory, absolute: true });
const results = await eslint.lintFiles(files);
const findings = results.flatMap(({ filePath, messages }) =>
	messages.map(({ ruleId, message, line }) => `${filePath}:${line} ${ruleId}: ${message}`),
);
console.log(JSON.stringify({ files: results.length, findings }));

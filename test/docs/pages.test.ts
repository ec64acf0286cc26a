import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import glob from 'fast-glob';

import { RELEASES } from '../compat/releases';
import { N8N_VERSION } from '../e2e/setup/n8nInstall';
import { ROOT } from '../package/packed';
import { anchorOf, codeIn, Markdown } from './markdown';
import { listedOperations } from './parametersPage';

const PAGES = glob.sync('**/*.md', { cwd: ROOT, ignore: ['node_modules', 'coverage'], dot: true });
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const contributing = new Markdown('CONTRIBUTING.md');

const firstColumn = (page: Markdown, heading: string) =>
	page
		.tablesBelow(heading)
		.flatMap((table) => table.slice(1))
		.map(([cell = '']) => cell);
/** `npm run demo` for demo, `npm test` for test. */
const scriptOf = (command: string) => /^npm (?:run )?([\w:]+)/.exec(command)?.[1] ?? '';

describe.each(PAGES.map((path) => [path]))('%s', (path) => {
	const page = new Markdown(path);

	it('has links and pictures that lead somewhere', () => {
		const broken = page
			.targets()
			.filter((target) => !/^(?:https?|mailto):/.test(target))
			.filter((target) => {
				const [file = '', anchor] = target.split('#');
				const linked = file === '' ? path : normalize(join(dirname(path), file));
				if (!existsSync(join(ROOT, linked))) return true;
				if (anchor === undefined) return false;
				return !new Markdown(linked).headings().map(anchorOf).includes(anchor);
			});
		expect(broken).toEqual([]);
	});

	it('names no script that package.json does not have', () => {
		const named = page
			.commands()
			.flatMap((command) => command.split('&&'))
			.map((command) => command.trim())
			.filter((command) => /^npm (?:run|test)\b/.test(command))
			.map(scriptOf);
		expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
	});
});

it('the pages are found', () => {
	expect(PAGES).toEqual(
		expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'examples/README.md']),
	);
});

it('CI runs every command of the README as written', () => {
	const inCi = read('.ci/run');
	const parts = new Markdown('README.md').commands().flatMap((command) => command.split('&&'));
	expect(parts.length).toBeGreaterThan(3);
	const lines = inCi.split(/\n|&&/).map((line) => line.trim());
	expect(parts.map((part) => part.trim()).filter((part) => !lines.includes(part))).toEqual([]);
});

describe('CONTRIBUTING.md', () => {
	it('has every script of package.json in its table of commands', () => {
		const named = firstColumn(contributing, 'Commands').flatMap(codeIn).map(scriptOf);
		expect(named.sort()).toEqual(Object.keys(scripts).sort());
	});

	it('has every folder of the node, and every file beside them, in the way of the data', () => {
		const named = firstColumn(contributing, 'The way of the data').flatMap(codeIn);
		const files = glob.sync('**/*.ts', { cwd: join(ROOT, 'nodes/Periskope') });
		const rooms = files.map((file) => file.replace(/\/.*/, '/'));
		expect(named.sort()).toEqual([...new Set(rooms)].sort());
	});

	it('has every folder of tests', () => {
		const named = firstColumn(contributing, 'Tests').flatMap(codeIn);
		const folders = glob
			.sync('test/*/**/*.{ts,js}', { cwd: ROOT })
			.map((file) => file.split('/').slice(0, 2).join('/'));
		expect(named.sort()).toEqual([...new Set(folders)].sort());
	});

	it('names every setting of the owner, and nothing else holds a placeholder', () => {
		const placeholder = /\bOWNER\b/;
		const holders = glob
			.sync('**/*', {
				cwd: ROOT,
				dot: true,
				ignore: ['node_modules', 'coverage', 'dist', 'test', '.git', '**/*.png', '.stryker-tmp'],
			})
			.filter((file) => placeholder.test(read(file)));
		const where = contributing.tablesBelow('Before the first release').flat().flat().join(' ');
		expect(holders).toEqual(['package.json']);
		for (const field of ['author', 'homepage', 'bugs', 'repository', 'name']) {
			expect(where).toContain(`\`${field}\``);
		}
	});
});

it('SECURITY.md names tests that are there', () => {
	const named = new Markdown('SECURITY.md').codeSpans().filter((code) => code.startsWith('test/'));
	expect(named.length).toBeGreaterThan(10);
	expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

it('README.md and CONTRIBUTING.md name the releases of n8n that the tests run on', () => {
	const [, tested = ''] = /Tested on (.+)\.$/m.exec(read('README.md')) ?? [];
	expect(tested.split(/, | and /)).toEqual([...RELEASES, N8N_VERSION]);
	expect(firstColumn(contributing, 'Releases of n8n')).toEqual([...RELEASES, N8N_VERSION]);
});

it('examples/README.md has every example', () => {
	const files = glob.sync('*.json', { cwd: join(ROOT, 'examples') });
	const named = new Markdown('examples/README.md')
		.headings()
		.filter((name) => name.endsWith('.json'));
	expect(named.sort()).toEqual(files.sort());
});

it('every picture is shown on a page', () => {
	const shown = PAGES.flatMap((page) =>
		new Markdown(page).targets().map((target) => normalize(join(dirname(page), target))),
	);
	const pictures = glob.sync('docs/images/*', { cwd: ROOT });
	expect(pictures.filter((picture) => !shown.includes(picture))).toEqual([]);
});

it('CHANGELOG.md begins with the version in package.json', () => {
	const { version } = JSON.parse(read('package.json')) as { version: string };
	const [, newest = ''] = new Markdown('CHANGELOG.md').headings();
	expect(newest.split(' ')[0]).toBe(version);
});

it('CHANGELOG.md names every operation', () => {
	const changelog = read('CHANGELOG.md');
	const operations = listedOperations().map(({ heading }) => heading);
	expect(operations.length).toBeGreaterThan(2);
	expect(operations.filter((name) => !changelog.includes(name))).toEqual([]);
});

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import glob from 'fast-glob';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PeriskopeApi } from '../../credentials/PeriskopeApi.credentials';
import { Periskope } from '../engine/built';
import { ROOT } from '../package/packed';
import { codeMessages } from './codeMessages';
import { GENERATED_PAGES } from './generated';
import { codeIn, Markdown } from './markdown';
import { listedOperations } from './parametersPage';

const readme = new Markdown('README.md');
/** The pages that people write by hand. */
const PAGES = glob
	.sync(['*.md', 'docs/*.md', 'examples/*.md'], {
		cwd: ROOT,
		ignore: [...Object.keys(GENERATED_PAGES), 'LICENSE.md', 'CODE_OF_CONDUCT.md'],
	})
	.sort()
	.map((path) => new Markdown(path));

/** What the editor shows in single quotes in messages: the names of parameters, options and choices. */
const names = (() => {
	const { properties } = new Periskope().description;
	const all: INodeProperties[] = [...properties, ...new PeriskopeApi().properties];
	for (const { type, options = [] } of properties) {
		if (type === 'collection') all.push(...(options as INodeProperties[]));
	}
	const choices = all
		.filter(({ type }) => type === 'options')
		.flatMap(({ options = [] }) => (options as INodePropertyOptions[]).map(({ name }) => name));
	// Of n8n itself.
	const ofNode = ['On Error', 'Retry On Fail'];
	return new Set([
		...all.map(({ displayName }) => displayName),
		...choices,
		...ofNode,
		'Org Phones',
	]);
})();

describe('README.md', () => {
	it('is short enough to be read', () => {
		expect(statSync(join(ROOT, 'README.md')).size).toBeLessThanOrEqual(12_000);
	});

	it('begins its commands with the two that need no account', () => {
		expect(readme.commands().slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
	});

	it('has links and pictures that lead somewhere on npm too', () => {
		// npm leads relative ones of Markdown, but not those in HTML, to the repository on GitHub.
		const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
			repository: { url: string };
		};
		expect(repository.url).toMatch(/^git\+https:\/\/github\.com\/[^/]+\/[^/]+\.git$/);
		expect(readme.source).not.toMatch(/<(?:picture|source|img|a)\b/);
		const outside = readme.targets().filter((target) => /^(?:\.\.|\/)/.test(target));
		expect(outside).toEqual([]);
	});

	it('lists each operation, and no other', () => {
		const named = [...readme.source.matchAll(/^- \*\*(\S[^*]+ → [^*]+)\*\*/gm)].map(
			([, name]) => name,
		);
		const listed = listedOperations().map(({ heading }) => heading);
		expect(named.sort()).toEqual(listed.sort());
	});

	it('quotes messages as the node writes them', () => {
		const quoted = readme
			.tablesBelow('Troubleshooting')
			.flatMap((table) => table.slice(1))
			.flatMap(([cell = '']) => codeIn(cell));
		expect(quoted).toHaveLength(8);
		const messages = codeMessages();
		// A quote may be a part of a message, or hold one with an example's own words in it.
		const isMessage = (words: string) =>
			messages.some(({ text, pattern }) => text.includes(words) || pattern.test(words));
		expect(quoted.filter((words) => !isMessage(words))).toEqual([]);
	});
});

describe.each(PAGES.map((page) => [page.path, page] as const))('%s', (_, page) => {
	it('names parameters, options and choices as the editor shows them', () => {
		const text = page.source.replace(/```[\s\S]*?```/g, '').replace(/`[^`]*`/g, '');
		const named = [
			...text.matchAll(/(?<![\p{L}\p{N}])'([A-Z][^'\n]*(?:n't [^'\n]*)?)'(?![\p{L}])/gu),
		].map(([, name = '']) => name);
		expect(named.filter((name) => !names.has(name))).toEqual([]);
	});
});

it('the check of names sees the pages and the names', () => {
	const paths = PAGES.map(({ path }) => path);
	expect(paths).toEqual(
		expect.arrayContaining(['SECURITY.md', 'docs/faq.md', 'examples/README.md']),
	);
	expect(paths).not.toContain('docs/parameters.md');
	for (const name of ['Dry Run', "When a Member Isn't Returned", 'Replace With List', 'Base URL']) {
		expect(names).toContain(name);
	}
	expect(names).not.toContain('Missing Members');
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { OPTION_NAMES, optionOf } from '../../nodes/Periskope/options';
import { ROOT } from '../package/packed';
import { codeMessages } from './codeMessages';
import { GENERATED_PAGES } from './generated';
import { Markdown } from './markdown';
import { messagesPage } from './messagesPage';
import { listedOperations, parametersPage } from './parametersPage';

/** Prettier aligns tables, and a difference is readable by the line. */
const linesOf = (page: string) =>
	page
		.split('\n')
		.map((line) => line.replace(/\s+/g, ' ').replace(/\| ?:?-+ ?(?=\|)/g, '| --- '))
		.map((line) => line.trim())
		.filter((line) => line !== '');

it.each(Object.entries(GENERATED_PAGES))('%s is what the code says', (path, pageOf) => {
	const page = readFileSync(join(ROOT, path), 'utf8');
	expect(linesOf(page)).toEqual(linesOf(pageOf()));
});

describe('the page of parameters', () => {
	it('has a part for each operation, with all of its fields and options', () => {
		const page = new Markdown('docs/parameters.md');
		const operations = listedOperations();
		expect(operations.map(({ heading }) => heading)).toEqual([
			'Member → Delete',
			'Member → Invite',
			'Member → Update Access',
			'Org Phone → Get Many',
		]);
		for (const { heading, fields, options } of operations) {
			const named = page
				.tablesBelow(heading)
				.flatMap((table) => table.slice(1).map(([name]) => name));
			expect(named).toEqual([...fields, ...options].map(({ displayName }) => displayName));
			expect(options.length).toBeGreaterThan(0);
		}
	});

	it('says what has no limit, what is required, and when a field is shown', () => {
		const page = parametersPage();
		for (const text of [
			'| Max Members | no limit; 100 once added | whole number, 1 to 100,000 |',
			'| Emails | (required) |',
			"Shown if 'Role' is 'Member' and 'Label Access' is 'Replace With List'.",
			"_Notice, if 'Label Access' is 'Clear (Send Null)' or",
		]) {
			expect(page).toContain(text);
		}
		expect(page).not.toMatch(/ is (?:''|$)|undefined|<a /m);
	});

	it('says which options hold for the run', () => {
		for (const name of OPTION_NAMES) {
			const { label, scope } = optionOf(name);
			expect(parametersPage().includes(`\n- ${label}\n`)).toBe(scope === 'run');
		}
	});
});

it('the page of messages has all of them', () => {
	const page = messagesPage();
	expect(codeMessages().length).toBeGreaterThan(150);
	for (const text of [
		"isn't an email address",
		"The run has … members, and '…' allows",
		'Periskope rejected the API key',
		'Periskope returned different access than requested',
	]) {
		expect(page).toContain(text);
	}
});

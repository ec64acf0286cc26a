import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import MarkdownIt, { type Token } from 'markdown-it';

import { ROOT } from '../package/packed';

/** Texts of the cells as they are written, backticks and all. The first row is the heading. */
export type Table = string[][];

/** A page of the documentation, as far as it makes claims that can be checked. */
export class Markdown {
	readonly source: string;
	private readonly tokens: Token[];

	/** @param path from the root of the project */
	constructor(readonly path: string) {
		this.source = readFileSync(join(ROOT, path), 'utf8');
		this.tokens = new MarkdownIt({ html: true }).parse(this.source, {});
	}

	headings(): string[] {
		return this.tokens.flatMap((token, index) =>
			token.type === 'heading_open' ? [this.tokens[index + 1]?.content ?? ''] : [],
		);
	}

	/** The tables below a heading and those below it, up to the next one that is as high. */
	tablesBelow(heading: string): Table[] {
		const start = this.tokens.findIndex(
			(token, index) =>
				token.type === 'heading_open' && this.tokens[index + 1]?.content === heading,
		);
		if (start < 0) throw new Error(`${this.path} has no heading "${heading}"`);
		const level = this.tokens[start]?.tag ?? '';
		const after = this.tokens.slice(start + 1);
		const end = after.findIndex(({ type, tag }) => type === 'heading_open' && tag <= level);
		const tables: Table[] = [];
		for (const [index, { type }] of after.slice(0, end < 0 ? undefined : end).entries()) {
			if (type === 'table_open') tables.push([]);
			if (type === 'tr_open') tables.at(-1)?.push([]);
			if (type === 'th_open' || type === 'td_open') {
				tables
					.at(-1)
					?.at(-1)
					?.push(after[index + 1]?.content ?? '');
			}
		}
		return tables;
	}

	/** Where its links and pictures lead. */
	targets(): string[] {
		const inline = this.tokens.flatMap(({ children }) => children ?? []);
		const inHtml = this.tokens
			.filter(({ type }) => type === 'html_block' || type === 'html_inline')
			.flatMap(({ content }) => [...content.matchAll(/(?:src|srcset|href)="([^"]+)"/g)])
			.map(([, target]) => target ?? '');
		return [
			...inline.flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? []),
			...inHtml,
		];
	}

	/** Lines of its blocks of shell code, and what it names in a sentence as a command of npm. */
	commands(): string[] {
		const blocks = this.blocks('sh').flatMap((content) => content.trim().split('\n'));
		return [...blocks, ...this.codeSpans().filter((code) => /^(?:npm|npx) /.test(code))];
	}

	/** What stands in its blocks of code of a language. */
	blocks(language: string): string[] {
		return this.tokens
			.filter(({ type, info }) => type === 'fence' && info === language)
			.map(({ content }) => content);
	}

	codeSpans(): string[] {
		return this.tokens.flatMap(({ children }) =>
			(children ?? []).filter(({ type }) => type === 'code_inline').map(({ content }) => content),
		);
	}
}

/** The spans of code in a cell. */
export const codeIn = (cell: string) =>
	[...cell.matchAll(/(`+)(.+?)\1/g)].map(([, , code]) => (code ?? '').trim());

/** How GitHub names a heading in an address. */
export const anchorOf = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replace(/\s/g, '-');

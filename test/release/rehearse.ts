/**
 * `npm run release:rehearse`: both halves of a release on a copy of the project, with a repository of
 * its own to push to. Nothing leaves the machine.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { ROOT } from '../package/packed';

interface Manifest {
	name: string;
	version: string;
	repository: { url: string };
}

const manifestOf = (text: string) => JSON.parse(text) as Manifest;
const place = mkdtempSync(join(tmpdir(), 'n8n-periskope-release-'));
const copy = join(place, 'copy');
const remote = join(place, 'remote.git');

const LEFT_OUT = new Set(['.git', 'node_modules', 'dist', 'coverage', '.stryker-tmp', 'reports']);

const git = (...parameters: string[]) =>
	execFileSync('git', parameters, { cwd: copy, encoding: 'utf8' }).trim();

function prepare(): void {
	cpSync(ROOT, copy, {
		recursive: true,
		filter: (file) => !LEFT_OUT.has(relative(ROOT, file)),
	});
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
	execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
	git('init', '--quiet', '--initial-branch=main');
	const url = manifestOf(readFileSync(join(copy, 'package.json'), 'utf8')).repository.url;
	git('remote', 'add', 'origin', url.replace(/^git\+/, ''));
	// What is pushed to GitHub goes to the repository beside the copy.
	git('config', `url.${remote}.insteadOf`, url.replace(/^git\+/, ''));
	git('config', 'user.name', 'Rehearsal');
	git('config', 'user.email', 'rehearsal@example.com');
	git('add', '--all');
	git('commit', '--quiet', '--message', 'feat: all of it');
	git('push', '--quiet', '--set-upstream', 'origin', 'main');
}

function release(environment: Record<string, string>): string {
	const { status, stdout, stderr } = spawnSync('npm', ['run', 'release'], {
		cwd: copy,
		encoding: 'utf8',
		env: { ...process.env, GITHUB_ACTIONS: '', GITHUB_TOKEN: '', ...environment },
	});
	const output = `${stdout}\n${stderr}`;
	if (status !== 0) throw new Error(`It ended with ${String(status)}:\n${output}`);
	return output;
}

function demand(isSo: boolean, what: string): void {
	if (!isSo) throw new Error(`Not so: ${what}`);
	console.log(`- ${what}`);
}

/** What a maintainer runs, without the question for the version. */
function rehearseAtHome(): Manifest {
	const before = manifestOf(git('show', 'HEAD:package.json'));
	const changelog = git('show', 'HEAD:CHANGELOG.md');
	const output = release({ CI: 'true' });
	const after = manifestOf(git('show', 'origin/main:package.json'));
	console.log(`\nAt home: ${before.version} to ${after.version}`);
	demand(/npm run lint && npm run build/.test(output), 'lint and build ran first');
	demand(after.version !== before.version, 'the version was raised and committed');
	const [tag, tagged] = [`v${after.version}`, git('rev-parse', `v${after.version}^{commit}`)];
	demand(
		git('ls-remote', 'origin', tag, `${tag}^{}`).includes(tagged) &&
			git('rev-parse', 'origin/main') === tagged,
		`commit and tag ${tag} were pushed`,
	);
	demand(git('show', 'origin/main:CHANGELOG.md') === changelog, 'CHANGELOG.md stayed as written');
	demand(git('status', '--porcelain') === '', 'nothing was left lying about');
	demand(output.includes('not published to NPM'), 'nothing was published');
	return after;
}

/** What publish.yml runs when the tag arrives, with a npm that only tells what it would do. */
function rehearseOnGitHub({ name, version }: Manifest): void {
	const output = release({ GITHUB_ACTIONS: 'true', NPM_CONFIG_DRY_RUN: 'true' });
	console.log('\nOn GitHub');
	demand(output.includes(`+ ${name}@${version}`), `${name} ${version} would be published`);
	demand(output.includes('(dry-run)'), 'nothing was published');
}

try {
	prepare();
	rehearseOnGitHub(rehearseAtHome());
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	rmSync(place, { recursive: true });
}

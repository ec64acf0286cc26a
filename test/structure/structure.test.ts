import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ROOT } from '../package/packed';

interface Cruise {
	modules: Array<{ source: string }>;
	summary: { violations: Array<{ from: string; to: string; rule: { name: string } }> };
}

function cruise(folder: string): Cruise {
	const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
	const rules = join(ROOT, 'test/structure/rules.cjs');
	const args = [program, '--config', rules, '--output-type', 'json', 'nodes', 'credentials'];
	const options = { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
	return JSON.parse(execFileSync(process.execPath, args, options)) as Cruise;
}

const violationsIn = ({ summary }: Cruise) =>
	summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);

describe('the folders of the node', () => {
	it('import each other in the direction of the data alone, without a circle', () => {
		const found = cruise(ROOT);
		expect(found.modules.length).toBeGreaterThan(40);
		expect(violationsIn(found)).toEqual([]);
	});
});

describe('the rules', () => {
	/** An import that is added to a file, and the rule that has to notice it. */
	const WRONG: ReadonlyArray<[rule: string, file: string, imported: string]> = [
		['not-in-allowed', 'read/cellList.ts', '../plan/planRows'],
		['not-in-allowed', 'plan/combineRows.ts', '../send/bisect'],
		['not-in-allowed', 'send/bisect.ts', '../match/matchRows'],
		['not-in-allowed', 'api/reply.ts', '../send/rateLimiter'],
		['not-in-allowed', 'methods/loadOptions.ts', '../send/retryDelay'],
		['not-in-allowed', 'resources/member/invite.ts', '../../send/retryDelay'],
		['not-in-allowed', 'model.ts', './api/member'],
		['n8n-at-the-edges', 'plan/planRequests.ts', 'n8n-workflow'],
		['zod-for-responses', 'read/email.ts', 'zod'],
		['no-circle', 'api/member.ts', './orgPhones'],
	];
	let folder = '';
	let violations: string[] = [];

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'structure-'));
		for (const name of ['nodes', 'credentials', 'tsconfig.json', 'package.json']) {
			cpSync(join(ROOT, name), join(folder, name), { recursive: true });
		}
		symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
		for (const [, file, imported] of WRONG) {
			appendFileSync(join(folder, 'nodes/Periskope', file), `import '${imported}';\n`);
		}
		appendFileSync(join(folder, 'nodes/Periskope/api/orgPhones.ts'), "import './member';\n");
		violations = violationsIn(cruise(folder));
	});
	afterAll(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	it.each(WRONG)('notice %s in %s, which imports %s', (rule, file) => {
		const found = violations.filter((violation) => violation.startsWith(`${rule}: `));
		expect(found.join('\n')).toContain(`nodes/Periskope/${file} → `);
	});
});

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox/server';
import { example, exampleNames, exampleText, membersFile, type Adaptation } from './examples';
import type { Execution, WorkflowToSave } from './n8n/api';
import { Server } from './n8n/server';
import { prepared } from './setup/prepared';

const BUTTON = 'When clicking Execute workflow';
const ASHA = 'asha.rao@acme.example';
const SECRET = { name: 'x-secret', value: 'only-for-tests' };

let sandbox: Sandbox;
let server: Server;
let files: string;
let credentials: Record<string, string>;

beforeAll(async () => {
	sandbox = await startSandbox();
	server = await Server.start(prepared());
	files = join(server.folder.path, 'files');
	await mkdir(files);
	await writeFile(join(files, 'members.csv'), membersFile());
	credentials = {
		periskopeApi: await server.api.createCredential(
			'Periskope',
			'periskopeApi',
			sandbox.credential,
		),
		httpHeaderAuth: await server.api.createCredential('Secret', 'httpHeaderAuth', SECRET),
	};
});
beforeEach(() => {
	sandbox.reset();
});
afterAll(async () => {
	await server.stop();
	await sandbox.close();
});

const prepare = (name: string, more: Partial<Adaptation> = {}) =>
	example(name, { credentials, files, ...more });

const run = async (workflow: WorkflowToSave) =>
	await server.api.run(await server.api.createWorkflow(workflow), BUTTON);

const items = ({ data }: Execution, node: string, output = 0): IDataObject[] =>
	(data.resultData.runData[node]?.[0]?.data?.main?.[output] ?? []).map(({ json }) => json);

const post = async (path: string, body: object, headers: Record<string, string> = {}) =>
	await fetch(`${server.origin}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
const secret = { [SECRET.name]: SECRET.value };

describe.each(exampleNames())('the example %s', (name) => {
	it('can be imported, has the npm type, and holds no credential', async () => {
		const text = exampleText(name);
		expect(text).not.toContain('CUSTOM.');
		expect(text).not.toContain('"credentials"');
		const { nodes } = JSON.parse(text) as WorkflowToSave;
		expect(nodes.some(({ type }) => type.startsWith('n8n-nodes-periskope.periskope'))).toBe(true);
		const types = await server.api.call<Array<{ name: string; version: number | number[] }>>(
			'GET',
			'/types/nodes.json',
		);
		for (const { type, typeVersion } of nodes) {
			const known = types.filter((each) => each.name === type).flatMap(({ version }) => version);
			expect([type, known]).toEqual([type, expect.arrayContaining([typeVersion])]);
		}
		expect(await server.api.createWorkflow(JSON.parse(text) as WorkflowToSave)).not.toBe('');
	});
});

const written = (name: string): IDataObject[] =>
	parse(readFileSync(join(files, name)), { columns: true, bom: true });

describe('a members file', () => {
	it('is read as CSV, and answered with a file of the updated and one of the rows to correct', async () => {
		const execution = await run(prepare('update-access-from-a-sheet'));
		expect([execution.status, execution.data.resultData.error?.message]).toEqual([
			'success',
			undefined,
		]);
		const updated = written('members-updated.csv');
		const failed = written('members-not-updated.csv');
		expect(updated.map(({ email }) => email)).toContain(ASHA);
		expect(sandbox.organization.accessOf(ASHA)?.labels).toEqual(['Sales', 'VIP']);
		expect(failed.length).toBeGreaterThan(0);
		for (const row of failed) expect(row.error).toMatch(/^Row \d+/);
		// A spreadsheet shows what a formula would begin with as text.
		for (const row of [...updated, ...failed]) {
			for (const text of Object.values(row)) expect(text).not.toMatch(/^[=+@-]/);
		}
		const rows: Array<{ email: string }> = parse(membersFile(), {
			columns: true,
			skip_empty_lines: true,
			relax_column_count: true,
		});
		const asked = rows.flatMap(({ email }) => email.split(/[,;\n]/));
		expect(failed.length + updated.length).toBe(asked.length);
	});

	it('is read as an Excel file too', async () => {
		const make = prepare('update-access-from-a-sheet', {
			standIns: {
				'Update access': {
					type: 'n8n-nodes-base.convertToFile',
					typeVersion: 1.1,
					parameters: { operation: 'xlsx', options: {} },
				},
				Updated: { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
				'Write the updated members': {
					type: 'n8n-nodes-base.readWriteFile',
					typeVersion: 1,
					parameters: { operation: 'write', fileName: `${files}/members.xlsx`, options: {} },
				},
			},
		});
		await run(make);
		expect(existsSync(join(files, 'members.xlsx'))).toBe(true);
		const workflow = prepare('update-access-from-a-sheet');
		const text = JSON.stringify(workflow).replaceAll('members.csv', 'members.xlsx');
		const execution = await run(JSON.parse(text) as WorkflowToSave);
		expect([execution.status, execution.data.resultData.error?.message]).toEqual([
			'success',
			undefined,
		]);
		expect(items(execution, 'Rows of the CSV file')).toEqual([]);
		expect(items(execution, 'Update access').map(({ email }) => email)).toContain(ASHA);
	});
});

describe('update or invite', () => {
	it('updates who is there, invites who is not with the same access, and reports everybody', async () => {
		const rows = [
			['email', 'labels', 'phones'],
			[ASHA, 'VIP', '918527184400'],
			['nina.new@acme.example', '"Sales, VIP"', '918527184401'],
			['otto.new@acme.example', 'Sales', ''],
			['oops', 'Sales', ''],
		];
		await writeFile(join(files, 'members.csv'), rows.map((cells) => cells.join(',')).join('\n'));
		try {
			const execution = await run(prepare('update-or-invite-from-a-sheet'));
			expect([execution.status, execution.data.resultData.error?.message]).toEqual([
				'success',
				undefined,
			]);
		} finally {
			await writeFile(join(files, 'members.csv'), membersFile());
		}
		expect(sandbox.organization.accessOf(ASHA)?.labels).toEqual(['VIP']);
		expect(sandbox.organization.mails).toEqual(['nina.new@acme.example']);
		expect(sandbox.organization.accessOf('nina.new@acme.example')).toEqual({
			labels: ['Sales', 'VIP'],
			orgPhones: ['918527184401'],
		});
		expect(written('members-report.csv')).toMatchObject([
			{ email: ASHA, outcome: 'updated' },
			{ email: 'nina.new@acme.example', outcome: 'invited' },
			{ outcome: expect.stringContaining("'Org Phones' is empty") as unknown },
			{ outcome: expect.stringContaining('"oops" isn\'t an email address') as unknown },
		]);
	});

	it('says of a dry run that it is planned, and sends nothing', async () => {
		const workflow = prepare('update-or-invite-from-a-sheet');
		for (const { type, parameters } of workflow.nodes) {
			if (type !== 'n8n-nodes-periskope.periskope') continue;
			parameters.options = { ...(parameters.options as IDataObject), dryRun: true };
		}
		await run(workflow);
		const outcomes = written('members-report.csv').map(({ outcome }) => outcome);
		expect(outcomes).toContain('planned, nothing sent');
		expect(outcomes).not.toContain('updated');
		expect(sandbox.changes).toEqual([]);
	});
});

describe('Google Sheets', () => {
	it('gets a status on every row, and Slack what failed', async () => {
		const rows = [
			{ row_number: 2, email: ASHA, labels: 'VIP', phones: '' },
			{ row_number: 3, email: 'not an email', labels: 'VIP', phones: '' },
		];
		const passOn = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		const { nodes } = prepare('google-sheets-with-status');
		// Its expressions are evaluated as they stand; only the call to Google is left out.
		const written = (name: string) => {
			const { columns } = nodes.find((node) => node.name === name)?.parameters as {
				columns: { value: Record<string, string> };
			};
			const assignments = Object.entries(columns.value).map(([field, value]) => ({
				id: field,
				name: field,
				value,
				type: 'string',
			}));
			return {
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: { mode: 'manual', assignments: { assignments }, options: {} },
			};
		};
		const execution = await run(
			prepare('google-sheets-with-status', {
				standIns: {
					'Read the sheet': {
						type: 'n8n-nodes-base.code',
						typeVersion: 2,
						parameters: { jsCode: `return ${JSON.stringify(rows)}.map((json) => ({ json }));` },
					},
					'Write the status of updated rows': written('Write the status of updated rows'),
					'Write the status of failed rows': written('Write the status of failed rows'),
					'Tell the team': passOn,
				},
			}),
		);
		expect([execution.status, execution.data.resultData.error?.message]).toEqual([
			'success',
			undefined,
		]);
		expect(items(execution, 'Write the status of updated rows')).toMatchObject([
			{ row_number: '2', status: expect.stringMatching(/^Updated \d{4}-/) as unknown },
		]);
		expect(items(execution, 'Write the status of failed rows')).toMatchObject([
			{ row_number: '3', status: expect.stringContaining("isn't an email address.") as unknown },
		]);
		expect(items(execution, 'Tell the team')).toEqual([
			{ error: ['Row 3: Emails: "not an email" isn\'t an email address.'] },
		]);
	});
});

describe('onboarding', () => {
	beforeAll(async () => {
		const id = await server.api.createWorkflow(prepare('onboarding-by-webhook'));
		await server.api.activate(id, 'periskope-onboarding');
	});

	it('gives a colleague the access of the team, and answers with the member', async () => {
		const answer = await post('periskope-onboarding', { email: ASHA, team: 'Support' }, secret);
		expect(await answer.json()).toMatchObject({ email: ASHA });
		expect(sandbox.organization.accessOf(ASHA)).toEqual({
			labels: ['Support'],
			orgPhones: ['918527184401'],
		});
	});

	it('gives no access for a team that is not in the table, and says so', async () => {
		const answer = await post('periskope-onboarding', { email: ASHA, team: 'Nobody' }, secret);
		expect(answer.status).toBe(422);
		expect(await answer.json()).toMatchObject({
			error: expect.stringContaining("'Labels' is empty") as unknown,
		});
		expect(sandbox.requests).toEqual([]);
	});

	it('gives nothing to a caller without the secret', async () => {
		const answer = await post('periskope-onboarding', { email: ASHA, team: 'Sales' });
		expect(answer.status).toBe(403);
		expect(sandbox.requests).toEqual([]);
	});
});

describe('a large sheet', () => {
	it('is cut into parts that are executions of their own, with each email in one part alone', async () => {
		const text = JSON.stringify(prepare('large-sheet-over-workers')).replace(
			'https://n8n.example.com',
			server.origin,
		);
		const id = await server.api.createWorkflow(JSON.parse(text) as WorkflowToSave);
		await server.api.activate(id, 'periskope-part');
		const execution = await server.api.run(id, BUTTON);
		expect([execution.status, execution.data.resultData.error?.message]).toEqual([
			'success',
			undefined,
		]);
		const parts = items(execution, 'Cut into parts').length;
		const listed = await server.api.executions(id);
		const done = await Promise.all(listed.map(async (each) => await server.api.finished(each.id)));
		expect(done).toHaveLength(1 + parts);
		expect(done.map(({ status }) => status)).toEqual(Array(1 + parts).fill('success'));
		const emails = sandbox.changes.flatMap(({ body }) =>
			(body as { emails: string[] }).emails.map((email) => email.toLowerCase()),
		);
		expect(new Set(emails).size).toBe(emails.length);
		expect(sandbox.organization.accessOf(ASHA)?.labels).toEqual(['Sales', 'VIP']);
	});
});

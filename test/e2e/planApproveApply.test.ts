import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { IDataObject, INode } from 'n8n-workflow';
import type { Browser } from 'playwright-core';

import { startSandbox, type Sandbox } from '../sandbox/server';
import { openBrowser, openPage } from './editor/browser';
import { Editor } from './editor/editor';
import { node } from './editor/workflows';
import { askingFor, example, nodeNamed, type Adaptation } from './examples';
import type { Api, Execution, WorkflowToSave } from './n8n/api';
import { Approval, wasApplied } from './n8n/approval';
import { Cluster } from './n8n/cluster';
import { Server } from './n8n/server';
import { prepared } from './setup/prepared';

const EXAMPLE = 'plan-approve-apply';
const BUTTON = 'When clicking Execute workflow';
const PATH = 'periskope-plan';
/** In place of the button, for executions that are not started in the editor. */
const BY_WEBHOOK: Adaptation['standIns'] = {
	[BUTTON]: {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { path: PATH, httpMethod: 'POST', options: {} },
	},
};
const ASHA = 'asha.rao@acme.example';
const LONG_EMAIL = `asha.rao@acme.example.${'with-more-'.repeat(6)}at.the-end.evil.example`;
const BEN = 'ben.okafor@acme.example';
const CARLA = 'carla.mendes@acme.example';
const DEV = 'dev.patel@acme.example';
const NOBODY = 'nobody@acme.example';
const NOT_PLANNED = 'mei.chen@acme.example';

type Row = [email: string, labels: string, phones: string];
const SHEET: Row[] = [
	[ASHA, 'Sales, VIP', 'Support'],
	[BEN.toUpperCase(), 'VIP; Sales', '918527184400'],
	['wendy.clark@acme', 'Sales', ''],
	[CARLA, 'Billing', ''],
	[NOBODY, 'Billing', ''],
	[DEV, 'Sales', ''],
	[DEV, 'VIP', ''],
];
const PLANNED = [ASHA, BEN, CARLA, NOBODY];

const csv = (rows: readonly Row[]) =>
	[['email', 'labels', 'phones'], ...rows]
		.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
		.join('\n');

/** With a node in place that tells the approver, and returns what looks like a decision. */
function withMessenger(workflow: WorkflowToSave): WorkflowToSave {
	const fields = { text: '={{ $json.message }}', Decision: 'Approve' };
	const assignments = Object.entries(fields).map(([name, value]) => ({
		id: name,
		name,
		value,
		type: 'string',
	}));
	const parameters = { mode: 'manual', assignments: { assignments }, options: {} };
	const messenger = node('Slack', 'n8n-nodes-base.set', parameters, 0, { typeVersion: 3.4 });
	const { 'Ask the approver': ask, ...connections } = workflow.connections;
	return {
		...workflow,
		nodes: [...workflow.nodes, messenger],
		connections: {
			...connections,
			'Ask the approver': { main: [[{ node: 'Slack', type: 'main', index: 0 }]] },
			...(ask && { Slack: ask }),
		},
	};
}

const waitOf = (workflow: WorkflowToSave) => nodeNamed(workflow, 'Wait for the decision');
const optionsOf = ({ parameters }: INode) => parameters.options as IDataObject;

/** An organization, and the sheet and the report of those who change its access. */
class Desk {
	private constructor(
		readonly api: Api,
		readonly sandbox: Sandbox,
		private readonly files: string,
		private readonly credential: string,
	) {}

	static async of(api: Api, folder: string, members: readonly string[] = []): Promise<Desk> {
		const sandbox = await startSandbox({ members });
		const files = join(folder, `files-${sandbox.baseUrl.replace(/\D/g, '')}`);
		await mkdir(files);
		const credential = await api.createCredential('Periskope', 'periskopeApi', sandbox.credential);
		return new Desk(api, sandbox, files, credential);
	}

	async write(rows: readonly Row[]): Promise<void> {
		await this.writeFile(csv(rows));
	}

	async writeFile(content: string): Promise<void> {
		await writeFile(join(this.files, 'members.csv'), content);
		for (const name of this.reports) await rm(join(this.files, name));
	}

	workflow(standIns: Adaptation['standIns'] = {}): WorkflowToSave {
		const { credential: periskopeApi, files } = this;
		return example(EXAMPLE, { credentials: { periskopeApi }, files, standIns });
	}

	/** Runs the example on these rows, as with the editor's button. */
	async start(rows: readonly Row[], workflow = this.workflow()): Promise<string> {
		await this.write(rows);
		return await this.api.start(await this.api.createWorkflow(workflow), BUTTON);
	}

	async plan(rows: readonly Row[] = SHEET, workflow = this.workflow()): Promise<Approval> {
		return await Approval.of(this.api, await this.start(rows, workflow));
	}

	/** Runs a copy of the example that others than the editor start. */
	async planByWebhook(rows: readonly Row[], origin: string): Promise<Approval> {
		const id = await this.api.createWorkflow(this.workflow(BY_WEBHOOK));
		await this.api.activate(id, PATH);
		await this.write(rows);
		await fetch(`${origin}/webhook/${PATH}`, { method: 'POST' });
		for (;;) {
			const [execution] = await this.api.executions(id);
			if (execution) return await Approval.of(this.api, execution.id);
			await wait(100);
		}
	}

	/** Of each execution since the sheet was written, its own. */
	get reports(): string[] {
		return readdirSync(this.files).filter((name) => name.startsWith('access-report-'));
	}

	/** The only report, a line a row: `2 | asha.rao@acme.example | Updated`. */
	get report(): string[] {
		const [name, ...others] = this.reports;
		if (name === undefined) return [];
		expect(others).toEqual([]);
		return this.reportIn(name);
	}

	reportIn(name: string): string[] {
		const lines: Array<Record<string, string>> = parse(readFileSync(join(this.files, name)), {
			columns: true,
			bom: true,
		});
		return lines.map(({ row, email, outcome }) => `${row} | ${email} | ${outcome}`);
	}

	get changedEmails(): string[] {
		return this.sandbox.changes
			.flatMap(({ body }) => (body as { emails: string[] }).emails)
			.map((email) => email.toLowerCase())
			.sort();
	}
}

const CONFLICT = `${DEV} is on Row 7 and Row 8, which differ in Labels.`;
/** The report: what happened to the planned rows 2, 3, 5 and 6, and the others. */
const reportWith = (second: unknown, third: unknown, fifth: unknown, sixth: unknown) => [
	second,
	third,
	'4 | wendy.clark@acme | Row 4: Emails: "wendy.clark@acme" isn\'t an email address.',
	fifth,
	sixth,
	`7 | ${DEV} | Row 7: ${CONFLICT}`,
	`8 | ${DEV} | Row 8: ${CONFLICT}`,
];
const allPlannedRows = (outcome: string) =>
	reportWith(
		`2 | ${ASHA} | ${outcome}`,
		`3 | ${BEN.toUpperCase()} | ${outcome}`,
		`5 | ${CARLA} | ${outcome}`,
		`6 | ${NOBODY} | ${outcome}`,
	);
const text = (html: string) =>
	html
		.replace(/<\/?b>/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/[\u2068\u2069]/g, '')
		.replace(/\s+/g, ' ')
		.trim();

let server: Server;
let desk: Desk;
let slowDesk: Desk;
let browser: Browser;
/** A plan on which nobody decides, made early: n8n looks once a minute for those whose time is up. */
let undecided: Approval;

beforeAll(async () => {
	server = await Server.start(prepared());
	browser = await openBrowser(prepared().chromium);
	const { api, folder } = server;
	desk = await Desk.of(api, folder.path);
	slowDesk = await Desk.of(api, folder.path);
	const workflow = withMessenger(slowDesk.workflow());
	Object.assign(waitOf(workflow).parameters, { resumeAmount: 2, resumeUnit: 'seconds' });
	undecided = await slowDesk.plan(SHEET, workflow);
});
beforeEach(() => {
	desk.sandbox.reset();
});
afterAll(async () => {
	await browser.close();
	await server.stop();
	await desk.sandbox.close();
	await slowDesk.sandbox.close();
});

/** Waits for the end, and expects everybody to have what the plan says, and nobody else to be asked for. */
async function expectApplied(at: Desk, approval: Approval): Promise<void> {
	const execution = await at.api.finished(approval.execution);
	expect([execution.status, execution.data.resultData.error?.message]).toEqual([
		'success',
		undefined,
	]);
	const { organization } = at.sandbox;
	expect(organization.accessOf(ASHA)).toEqual({
		labels: ['Sales', 'VIP'],
		orgPhones: ['918527184400'],
	});
	expect(organization.accessOf(BEN)).toEqual(organization.accessOf(ASHA));
	expect(organization.accessOf(CARLA)?.labels).toEqual(['Billing']);
	expect(at.changedEmails).toEqual(PLANNED);
	expect(at.report).toEqual(
		reportWith(
			`2 | ${ASHA} | Updated`,
			`3 | ${BEN.toUpperCase()} | Updated`,
			`5 | ${CARLA} | Updated`,
			expect.stringMatching(/^6 \| nobody@acme\.example \| Row 6, .+ didn't return this member/),
		),
	);
}

/** Waits for the end, and expects that the plan got nowhere. */
async function expectNothingApplied(at: Desk, execution: string): Promise<Execution> {
	const ended = await at.api.finished(execution);
	expect(wasApplied(ended)).toBe(false);
	expect(at.sandbox.changes).toEqual([]);
	return ended;
}

describe('the page for the approver', () => {
	it('says who gets what, grouped by access, and which rows are not used and why', async () => {
		const approval = await desk.plan();
		const page = text(await approval.page());
		expect(page).toContain('If you approve, 4 members will be updated with 2 requests.');
		expect(page).toContain('3 rows need correction. The plan leaves out what needs correction');
		expect(page).toContain(
			`2 members Labels: "Sales", "VIP" Org phones: Support (918527184400) ${ASHA}, ${BEN} ` +
				`2 members Labels: "Billing" Org phones: not sent ${CARLA}, ${NOBODY}`,
		);
		expect(page).toContain('Row 4: Emails: "wendy.clark@acme" isn\'t an email address.');
		expect(page).toContain(`Row 7: ${CONFLICT} Row 8: ${CONFLICT}`);
		expect(approval.message).toContain('4 members, 2 requests, 3 rows to correct.');
		expect(desk.sandbox.changes).toEqual([]);
	});

	it('shows what a hostile sheet writes as text', async () => {
		const expression = "{{ 6 * 7 }}{{ $('Plan').all() }}";
		const approval = await desk.plan([
			[ASHA, '<iframe src=//evil.example>;<video controls>;R&D "{x}"', ''],
			[BEN, "US$& $' $`;VIP\u202e gnp", ''],
			[`<img src=x onerror=alert(1)>${expression}`, '<script>alert(2)</script>', ''],
			[CARLA, 'x'.repeat(1000), ''],
			[DEV, Array.from({ length: 300 }, (_, index) => `L${index}`).join(';'), ''],
			[LONG_EMAIL, '\u05e2\u05d1, VIP', ''],
		]);
		const isolated = await approval.page();
		expect(isolated).toContain('"<b>\u2068\u05e2\u05d1\u2069</b>", "<b>\u2068VIP\u2069</b>"');
		const html = isolated.replace(/[\u2068\u2069]/g, '');
		expect(html.match(/<(?!\/?(?:p|b|h2|h3|ul|li|br)\b)/g)).toBeNull();
		expect(html).toContain(
			'"<b>&lt;iframe src=//evil.example&gt;</b>", "<b>&lt;video controls&gt;</b>", "<b>R&amp;D "{x}"</b>"',
		);
		expect(html).toContain('"<b>US$&amp; $\' $`</b>", "<b>VIP gnp</b>"');
		expect(html).toContain(`onerror=alert(1)›${expression}" isn't an email address`);
		expect(html).toContain(`<b>${'x'.repeat(80)}…</b>`);
		expect(html).toContain('"<b>L199</b>" and 100 more');
		expect(html).toContain(LONG_EMAIL);
		expect(html.length).toBeLessThan(10_000);
	});

	it('begins with what is cleared, and names the domains of all emails', async () => {
		const workflow = desk.workflow();
		nodeNamed(workflow, 'Plan').parameters.labelsMode =
			"={{ $json.labels === '' ? 'clear' : 'set' }}";
		const rows = Array.from({ length: 120 }, (_, index): Row => [
			`m${index}@acme.example`,
			`Team ${index % 60}`,
			'',
		]);
		const approval = await desk.plan([...rows, ['omar@evil.example', '', 'Sales']], workflow);
		const page = text(await approval.page());
		expect(page).toContain('For 1 member, a list is cleared: see the top of "Who gets what".');
		expect(page).toContain('Emails by domain: acme.example (120), evil.example (1).');
		expect(page).toContain(
			'Who gets what 1 member Labels: cleared, which may remove all access or grant all ' +
				'Org phones: Sales (918527184401) omar@evil.example 2 members ',
		);
		expect(page).toContain('11 more groups with 22 members, not listed here.');
	});

	it('counts a row once, however many of its emails cannot be used', async () => {
		const approval = await desk.plan([
			[ASHA, 'Sales', ''],
			[`${BEN}, ${CARLA}, ${DEV}`, '#N/A', ''],
		]);
		const page = text(await approval.page());
		expect(page).toContain('1 row needs correction.');
		expect(page.match(/Row 3/g)).toHaveLength(1);
		expect(page).toContain('(and 2 more in this row)');
	});

	it('says that org phones are not checked where Periskope does not list them', async () => {
		desk.sandbox.onRequest = ({ path }) => (path === '/phones/all' ? { status: 403 } : undefined);
		const page = text(await (await desk.plan([[ASHA, 'Sales', '918527184409']])).page());
		expect(page).toContain('whether each label exists, and whether each org phone exists.');
		expect(page).toContain('Org phones: 918527184409 ');
	});

	it('says which number is no org phone where the check is off', async () => {
		const workflow = desk.workflow();
		optionsOf(nodeNamed(workflow, 'Plan')).checkOrgPhones = false;
		const approval = await desk.plan([[ASHA, 'Sales', '918527184409']], workflow);
		expect(text(await approval.page())).toContain(
			"Org phones: 918527184409, which isn't in the list of org phones ",
		);
	});

	it("isn't shown where Plan isn't a dry run: the execution fails with the reason", async () => {
		const workflow = desk.workflow();
		optionsOf(nodeNamed(workflow, 'Plan')).dryRun = false;
		const { status, data } = await desk.api.finished(await desk.start(SHEET, workflow));
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toContain("'Dry Run' is off in Plan");
	});

	it('can be made from a file with a byte order mark, and with blank lines', async () => {
		await desk.writeFile(
			`\ufeff${csv([
				[ASHA, 'Sales', ''],
				['', '', ''],
				[BEN, 'VIP', ''],
			])}`,
		);
		const id = await desk.api.createWorkflow(desk.workflow());
		const approval = await Approval.of(desk.api, await desk.api.start(id, BUTTON));
		await approval.submit('Approve');
		await desk.api.finished(approval.execution);
		expect(desk.report).toEqual([`2 | ${ASHA} | Updated`, `4 | ${BEN} | Updated`]);
	});

	it('can still be read with thousands of rows', async () => {
		const rows = Array.from({ length: 5000 }, (_, index): Row => {
			if (index % 50 === 0) return [`nobody ${index}`, 'VIP', ''];
			return [`m${index}@acme.example`, index % 25 === 1 ? `Team ${index}` : 'VIP', ''];
		});
		const html = await (await desk.plan(rows)).page();
		const page = text(html);
		expect(page).toContain('4,900 members will be updated with 247 requests.');
		expect(page).toContain('4,700 members Labels: "VIP" Org phones: not sent m2@acme.example, ');
		expect(page).toContain(' and 4,680 more');
		expect(page).toContain('151 more groups with 151 members, not listed here.');
		expect(page).toContain('50 more rows, not listed here.');
		expect(html.length).toBeLessThan(20_000);
	});

	it("isn't shown when nothing is planned: the report says why", async () => {
		const unusable = await desk.api.finished(await desk.start([['oops', 'VIP', '']]));
		expect(unusable.status).toBe('success');
		expect(desk.report).toEqual(['2 | oops | Row 2: Emails: "oops" isn\'t an email address.']);
		const empty = await desk.api.finished(await desk.start([]));
		expect(empty.status).toBe('success');
		expect(desk.report).toEqual([expect.stringContaining("'Emails' is empty.")]);
		expect(desk.sandbox.requests).toEqual([]);
	});
});

describe('an approval', () => {
	it('applies exactly the plan that was shown, whatever happened to sheet and workflow since', async () => {
		const approval = await desk.plan();
		await desk.write([[NOT_PLANNED, 'VIP', '']]);
		const changed = desk.workflow();
		nodeNamed(changed, 'Apply').parameters.emails = NOT_PLANNED;
		const { workflowId } = await desk.api.call<{ workflowId: string }>(
			'GET',
			`/rest/executions/${approval.execution}`,
		);
		await desk.api.call('PATCH', `/rest/workflows/${workflowId}`, changed);
		const more = { email: NOT_PLANNED, plan: JSON.stringify([{ email: NOT_PLANNED }]) };
		expect(await approval.submit('Approve', { ...more, 'field-0': NOT_PLANNED })).toBe(200);
		await expectApplied(desk, approval);
	});

	it('applies it once, however often it is submitted', async () => {
		const approval = await desk.plan();
		await Promise.all([1, 2, 3].map(async () => await approval.submit('Approve')));
		await expectApplied(desk, approval);
		await approval.submit('Approve');
		await expectApplied(desk, approval);
	});

	it('can be asked for by a node such as Slack', async () => {
		const approval = await desk.plan(SHEET, withMessenger(desk.workflow()));
		const { data } = await desk.api.waiting(approval.execution);
		const [sent] = data.resultData.runData.Slack?.[0]?.data?.main?.[0] ?? [];
		expect(sent?.json).toEqual({ text: approval.message, Decision: 'Approve' });
		expect(text(await approval.page())).toContain('4 members will be updated');
		await approval.submit('Approve');
		await expectApplied(desk, approval);
	});

	it('can be asked for by a node that answers nothing', async () => {
		const workflow = withMessenger(desk.workflow());
		Object.assign(nodeNamed(workflow, 'Slack'), {
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			alwaysOutputData: true,
			parameters: { jsCode: 'return [];' },
		});
		const approval = await desk.plan(SHEET, workflow);
		await approval.submit('Approve');
		await expectApplied(desk, approval);
	});

	it('changes nothing while Apply is a dry run, and the report says so', async () => {
		const workflow = desk.workflow();
		optionsOf(nodeNamed(workflow, 'Apply')).dryRun = true;
		const approval = await desk.plan(SHEET, workflow);
		await approval.submit('Approve');
		await desk.api.finished(approval.execution);
		expect(desk.sandbox.changes).toEqual([]);
		expect(desk.report[0]).toBe(`2 | ${ASHA} | Planned, nothing sent by this execution`);
		expect(desk.report.join()).not.toContain('Updated');
	});

	it('can be given by somebody who only clicks', async () => {
		await desk.write(SHEET);
		const editor = new Editor(await openPage(browser), server.origin);
		await editor.signIn();
		await editor.openWorkflow(await desk.api.createWorkflow(desk.workflow()));
		const form = await editor.runUntilForm();
		await form.getByText('Approve', { exact: true }).click();
		await form.getByRole('button', { name: 'Submit' }).click();
		await form.getByText('The first decision within the time limit counts.').waitFor();
		await editor.page.getByText('Workflow executed successfully').first().waitFor();
		await editor.close();
		expect(desk.report).toContain(`2 | ${ASHA} | Updated`);
		expect(desk.changedEmails).toEqual(PLANNED);
	});
});

describe('nothing is applied', () => {
	it('when it is declined', async () => {
		const approval = await desk.plan();
		await approval.submit('Decline');
		const { status } = await expectNothingApplied(desk, approval.execution);
		expect(status).toBe('success');
		expect(desk.report).toEqual(allPlannedRows('The plan was declined. No access was changed.'));
		await approval.submit('Approve');
		await expectNothingApplied(desk, approval.execution);
	});

	it('when an execution that broke off is retried', async () => {
		const standIns = { 'The plan of the page': askingFor(`${desk.sandbox.baseUrl}/up`) };
		desk.sandbox.onRequest = ({ path }) => (path === '/up' ? { status: 500 } : undefined);
		const approval = await desk.plan([[ASHA, 'VIP', '']], desk.workflow(standIns));
		await approval.submit('Approve');
		expect((await desk.api.finished(approval.execution)).status).toBe('error');
		const body = JSON.stringify({
			plan: [
				{ email: ASHA, labelsMode: 'set', labels: ['VIP'], orgPhonesMode: 'keep', row_number: 2 },
			],
		});
		desk.sandbox.onRequest = ({ path }) => (path === '/up' ? { status: 200, body } : undefined);
		const retried = await desk.api.retry(approval.execution);
		expect([retried.status, wasApplied(retried)]).toEqual(['success', true]);
		expect(desk.sandbox.changes).toEqual([]);
		expect(desk.report).toEqual([`2 | ${ASHA} | Planned, nothing sent by this execution`]);
	});

	it('when the execution was retried after a messenger that failed, and the page says so', async () => {
		const workflow = withMessenger(desk.workflow());
		Object.assign(nodeNamed(workflow, 'Slack'), askingFor(`${desk.sandbox.baseUrl}/up`));
		desk.sandbox.onRequest = ({ path }) => (path === '/up' ? { status: 500 } : undefined);
		const failed = await desk.start([[ASHA, 'VIP', '']], workflow);
		expect((await desk.api.finished(failed)).status).toBe('error');
		desk.sandbox.onRequest = ({ path }) =>
			path === '/up' ? { status: 200, body: '{}' } : undefined;
		const approval = await Approval.ofRetried(desk.api, failed, await desk.api.startRetry(failed));
		expect(text(await approval.page())).toContain('so nothing will be applied');
		await approval.submit('Approve');
		await desk.api.finished(approval.execution);
		expect(desk.sandbox.changes).toEqual([]);
		expect(desk.report).toEqual([`2 | ${ASHA} | Planned, nothing sent by this execution`]);
	});

	it('when a plan that waits is retried, and the approver can still decide', async () => {
		const approval = await desk.plan();
		const retried = await desk.api.retry(approval.execution);
		expect(wasApplied(retried)).toBe(false);
		expect(desk.sandbox.changes).toEqual([]);
		expect(desk.report).toEqual(allPlannedRows("The plan wasn't approved. No access was changed."));
		await approval.submit('Approve');
		await desk.api.finished(approval.execution);
		expect(desk.changedEmails).toEqual(PLANNED);
		expect(desk.reports).toHaveLength(2);
	});

	it.each<[string, Record<string, string>]>([
		['another word', { 'field-1': '["approve"]' }],
		['no decision', {}],
		['both decisions', { 'field-1': '["Decline","Approve"]' }],
		['something that is no choice at all', { 'field-1': 'Approve' }],
		['a decision under its name', { Decision: 'Approve', 'data[Decision]': 'Approve' }],
	])('when the form is submitted with %s', async (_, fields) => {
		const approval = await desk.plan();
		await approval.post(fields);
		await expectNothingApplied(desk, approval.execution);
	});

	it('without the password, where the form asks for one', async () => {
		const login = { user: 'approver', password: 'only-for-tests' };
		const id = await desk.api.createCredential('Approvers', 'httpBasicAuth', login);
		const workflow = desk.workflow();
		Object.assign(waitOf(workflow), { credentials: { httpBasicAuth: { id, name: 'Approvers' } } });
		waitOf(workflow).parameters.incomingAuthentication = 'basicAuth';
		const approval = await desk.plan(SHEET, workflow);
		expect((await fetch(approval.link)).status).toBe(401);
		expect(await approval.submit('Approve')).toBe(401);
		const execution = await desk.api.execution(approval.execution);
		expect(execution?.status).toBe('waiting');
		expect(desk.sandbox.changes).toEqual([]);
		const known = Buffer.from(`${login.user}:${login.password}`).toString('base64');
		const headers = { authorization: `Basic ${known}` };
		expect((await fetch(approval.link, { headers })).status).toBe(200);
		expect(await approval.submit('Approve', {}, headers)).toBe(200);
		await expectApplied(desk, approval);
	});

	it('when the answer comes from somebody without the link, and the approver can still decide', async () => {
		const approval = await desk.plan();
		const { link } = approval;
		const approve = { 'field-1': '["Approve"]' };
		const [address = ''] = link.split('?');
		const forged = link.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
		const otherDoor = link.replace('/form-waiting/', '/webhook-waiting/');
		expect(await approval.post(approve, address)).toBe(401);
		expect(await approval.post(approve, forged)).toBe(401);
		expect(await approval.post(approve, otherDoor)).not.toBe(200);
		// Opening the link, as previews in chats do, is no decision.
		expect((await fetch(`${link}&Decision=Approve`)).status).toBe(200);
		const execution = await desk.api.execution(approval.execution);
		expect(execution?.status).toBe('waiting');
		expect(desk.sandbox.changes).toEqual([]);
		await approval.submit('Approve');
		await expectApplied(desk, approval);
	});
});

describe('the pictures', () => {
	it('of the canvas are taken', async () => {
		const editor = new Editor(await openPage(browser), server.origin);
		await editor.signIn();
		const workflow = example(EXAMPLE, {
			credentials: {
				periskopeApi: await desk.api.createCredential(
					'Acme',
					'periskopeApi',
					desk.sandbox.credential,
				),
			},
		});
		await editor.openWorkflow(await desk.api.createWorkflow(workflow));
		await editor.canvasPicture('plan-approve-apply-1', '1. Read the sheet', '2. Plan');
		await editor.canvasPicture('plan-approve-apply-2', '3. Ask for approval', '4. Apply');
		await editor.canvasPicture('plan-approve-apply-3', '5. Report');
		await editor.close();
	});

	it('of the page for the approver is taken', async () => {
		const team = (emails: string[], labels: string, phones: string) =>
			emails.map((name): Row => [`${name}@acme.example`, labels, phones]);
		const approval = await desk.planByWebhook(
			[
				...team(['asha.rao', 'ben.okafor', 'carla.mendes', 'rosa.lopez'], 'Sales, VIP', 'Sales'),
				...team(['dev.patel', 'elif.kaya', 'uma.iyer'], 'Support', 'Support'),
				...team(['priya.singh', 'quinn.baker'], 'Onboarding', ''),
				...team(['zoe.dubois'], 'South, Suport', '4915735983450'),
				['wendy.clark@acme', 'Support', '918527184400'],
				['bianca.rossi@acme.example', '#N/A', '918527184400'],
			],
			server.origin,
		);
		const editor = new Editor(await openPage(browser), server.origin);
		await editor.page.setViewportSize({ width: 640, height: 900 });
		await editor.page.goto(approval.link);
		await editor.page.getByText('Who gets what').waitFor();
		expect(await editor.page.getByText('test version').count()).toBe(0);
		await editor.pagePicture('approval-page');
		await editor.close();
	});
});

describe('while the plan waits', () => {
	it('nothing is applied when the time is up without a decision', async () => {
		const { status } = await expectNothingApplied(slowDesk, undecided.execution);
		expect(status).toBe('success');
		expect(slowDesk.report).toEqual(
			allPlannedRows("The plan wasn't approved. No access was changed."),
		);
		await undecided.submit('Approve');
		await expectNothingApplied(slowDesk, undecided.execution);
	});

	it('n8n can be restarted', async () => {
		const approval = await desk.plan();
		await server.restart();
		expect(text(await approval.page())).toContain('4 members will be updated');
		expect(await approval.submit('Approve')).toBe(200);
		await expectApplied(desk, approval);
	});
});

describe('in queue mode', () => {
	let cluster: Cluster;
	let queued: Desk;

	beforeAll(async () => {
		cluster = await Cluster.start(prepared());
		queued = await Desk.of(cluster.main.api, cluster.workerFolder.path);
	});
	afterAll(async () => {
		await cluster.stop();
		await queued.sandbox.close();
	});

	it('the worker that planned can be gone when the plan is approved', async () => {
		const approval = await queued.planByWebhook(SHEET, cluster.main.origin);
		const planner = cluster.workers.find((worker) => worker.isBusyWith(approval.execution));
		await planner?.program.kill();
		await cluster.replace(planner);
		expect(await approval.submit('Approve')).toBe(200);
		await expectApplied(queued, approval);
		expect(cluster.workers.some((worker) => worker.isBusyWith(approval.execution))).toBe(true);
	});
});

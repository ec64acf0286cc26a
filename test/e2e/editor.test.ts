import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Browser } from 'playwright-core';

import { SEED_MEMBERS } from '../sandbox/seed';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { openBrowser, openPage, type Session } from './editor/browser';
import { Editor } from './editor/editor';
import { sheetWorkflow, UPDATE } from './editor/workflows';
import { example } from './examples';
import { Server } from './n8n/server';
import { prepared } from './setup/prepared';

const ASHA = { email: 'asha.rao@acme.example', labels: 'Sales' };
const BEN = { email: 'ben.okafor@acme.example', labels: 'VIP, Support' };
const STRANGER = { email: 'nobody@acme.example', labels: 'VIP' };
const SIMPLIFIED = { options: { dryRun: false, simplify: true } };
const MIXED = [ASHA, { email: '', labels: 'Sales' }, { ...BEN, labels: '' }, STRANGER];

let sandbox: Sandbox;
let server: Server;
let browser: Browser;
let session: Session;
let editor: Editor;

beforeAll(async () => {
	sandbox = await startSandbox();
	server = await Server.start(prepared());
	browser = await openBrowser(prepared().chromium);
	const first = new Editor(await openPage(browser), server.origin);
	session = await first.signIn();
	await first.close();
});
afterAll(async () => {
	await browser.close();
	await server.stop();
	await sandbox.close();
});
// No test needs what another one leaves: each has a window and members of its own, and makes the
// workflow and the credential that it is about.
beforeEach(async () => {
	sandbox.reset();
	editor = new Editor(await openPage(browser, session), server.origin);
});
afterEach(async () => {
	await editor.close();
});

const newCredential = async () =>
	await server.api.createCredential('Periskope', 'periskopeApi', sandbox.credential);

/** Runs these rows in the editor, and leaves the node open. */
async function run(
	name: string,
	rows: IDataObject[],
	parameters: INodeParameters = {},
	settings: Partial<INode> = {},
): Promise<void> {
	const workflow = sheetWorkflow(name, await newCredential(), rows, parameters, settings);
	const id = await server.api.createWorkflow(workflow);
	await editor.openWorkflow(id);
	await editor.runWorkflow();
	await editor.page
		.getByText(/Workflow executed|Problem in node/)
		.first()
		.waitFor();
	await editor.openNode(settings.name ?? UPDATE);
}

describe('an operator who has never seen the node', () => {
	beforeEach(async () => {
		// Else n8n gives the node one that is there, and asks for none.
		await server.api.deleteCredentials();
		await editor.startWorkflow();
	});

	/** As it comes from the nodes panel. */
	async function addNode(): Promise<void> {
		await editor.search('Periskope');
		await editor.found('Periskope').click();
		await editor.found('Update member access').click();
	}

	it.each(['Periskope', 'WhatsApp', 'permissions'])('finds it by "%s"', async (words) => {
		await editor.search(words);
		await editor.found('Periskope').waitFor();
	});

	it('chooses what it does, and sees the fields that matter for it', async () => {
		await addNode();
		for (const name of ['emails', 'labelsMode', 'labels', 'orgPhonesMode']) {
			await editor.parameter(name).waitFor();
		}
		expect(await editor.parameter('orgPhones').count()).toBe(0);
		// Nobody has to know of it to find it.
		await editor.parameter('dryRun').waitFor();
	});

	it("is told why a wrong key doesn't work, in Periskope's own words, and that the right one does", async () => {
		const { page } = editor;
		await addNode();
		await editor.connect('Periskope');
		await editor.fill('apiKey', 'wrong-key');
		await editor.fill('baseUrl', sandbox.baseUrl);
		await page.getByTestId('credential-save-button').click();
		await page.getByText('More details').click();
		await page.getByText('Periskope rejected the API key: Invalid API key.').waitFor();
		await editor.fill('apiKey', sandbox.apiKey);
		await page.getByTestId('credential-save-button').click();
		await page.getByTestId('credential-save-button').waitFor({ state: 'hidden' });
		await editor.fill('emails', ASHA.email);
		await editor.fill('labels', 'Sales');
		await editor.execute();
		await editor.shows(ASHA.email);
	});
});

describe('a node that is filled in by hand', () => {
	beforeEach(async () => {
		const parameters = { emails: '', labels: '' };
		const workflow = sheetWorkflow('By hand', await newCredential(), [{}], parameters);
		await editor.openWorkflow(await server.api.createWorkflow(workflow));
		await editor.openNode(UPDATE);
	});

	async function choosePhone(): Promise<void> {
		const listed = editor.page.waitForResponse(/dynamic-node-parameters/);
		await editor.choose('orgPhonesMode', 'Replace With List');
		await listed;
		await editor.parameter('orgPhones').click();
		await editor.option('918527184400').click();
		await editor.page.keyboard.press('Escape');
	}

	it('has phones to choose from as soon as the mode asks for them', async () => {
		await choosePhone();
		expect(await editor.parameter('orgPhones').innerText()).toContain('918527184400');
	});

	it('has no labels while they are kept', async () => {
		await editor.choose('labelsMode', 'Keep Unchanged');
		await editor.parameter('labels').waitFor({ state: 'detached' });
		await editor.choose('labelsMode', 'Replace With List');
		await editor.parameter('labels').waitFor();
	});

	it('says what is not documented before null is sent', async () => {
		await editor.choose('labelsMode', 'Clear (Send Null)');
		await editor.shows(/'Label Access' is 'Clear \(Send Null\)'\. .* Test on one member first\./);
		await editor.page
			.getByText(/^Periskope's documentation doesn't say clearly whether null/)
			.first()
			.waitFor();
	});

	it.each([
		['labelsMode', ['Replace With List', 'Keep Unchanged', 'Clear (Send Null)']],
		['orgPhonesMode', ['Replace With List', 'Keep Unchanged', 'Clear (Send Null)']],
	])('cuts no description in the dropdown of %s', async (name, choices) => {
		await editor.parameter(name).click();
		for (const choice of choices) {
			const description = editor.option(choice).locator('.option-description');
			await description.waitFor();
			expect([choice, await editor.isCut(description)]).toEqual([choice, false]);
		}
	});

	it('has a link to the page of the package, which is the README', async () => {
		const docs = editor.page.getByTestId('ndv').getByRole('link', { name: 'Docs' });
		expect(await docs.getAttribute('href')).toMatch(/npmjs\.com\/package\/n8n-nodes-periskope$/);
	});

	it('runs, and shows the members and the sum', async () => {
		await editor.fill('emails', `${ASHA.email}, ${BEN.email}`);
		await choosePhone();
		await editor.fill('labels', 'Sales, Support');
		await editor.execute();
		await editor.output.getByText('2 members updated with 1 request.').waitFor();
		await editor.output.getByText('Asha Rao').first().waitFor();
		expect(sandbox.organization.accessOf(ASHA.email)).toEqual({
			labels: ['Sales', 'Support'],
			orgPhones: ['918527184400'],
		});
	});
});

describe('a sheet', () => {
	it('fills the node from the columns of the node before it', async () => {
		await run('A sheet', [ASHA, BEN], SIMPLIFIED);
		await editor.shows('2 members updated with 2 requests.');
		await editor.page.getByText('{{ $json.email }}').first().waitFor();
		await editor.picture('update-access-light');
	});

	it('shows each row that needs correction on a line of its own, and that nothing was sent', async () => {
		await run('Stop', MIXED);
		await editor.shows('2 rows need correction. Nothing was sent.');
		expect(await editor.output.innerText()).toContain(
			"Row 2: 'Emails' is empty.\nRow 3: 'Labels' is empty.",
		);
		expect(sandbox.requests).toEqual([]);
		await editor.picture('stopped-before-sending');
	});

	it('takes a column of phones, and calls none of them not supported', async () => {
		const rows = [{ ...ASHA, phones: 918527184400 }];
		const phones = { orgPhonesMode: 'set', orgPhones: '={{ $json.phones }}' };
		await run('Phones', rows, { ...SIMPLIFIED, ...phones });
		await editor.shows(ASHA.email);
		expect(await editor.page.getByText('is not supported').count()).toBe(0);
	});

	it('shows what was requested and what came back where they differ', async () => {
		sandbox.unknowns.unknownLabels = 'dropped';
		const rows = [ASHA, { ...BEN, labels: 'VIP, Suport' }];
		await run('Mismatch', rows, {}, { onError: 'continueErrorOutput' });
		await editor.output.getByText('Error Branch (1 item)').click();
		await editor.shows('Labels: 2 requested, 1 returned.');
		await editor.picture('access-differs');
	});

	it('shows which member did not come back, and what had been updated', async () => {
		await run('Missing', [ASHA, STRANGER]);
		await editor.shows('Row 2, nobody@acme.example');
		await editor.shows('1 of 2 emails updated, 1 with unknown outcome.');
	});

	it('goes on past the rows that fail, and says which and why', async () => {
		await run('Continue', MIXED, {}, { onError: 'continueRegularOutput' });
		await editor.shows('1 member updated with 2 requests. 3 emails failed.');
		await editor.output.getByText("Row 2: 'Emails' is empty.").waitFor();
	});

	it('puts the failed rows with their cells on the error branch', async () => {
		await run('Branch', MIXED, {}, { onError: 'continueErrorOutput' });
		await editor.shows('Success Branch (1 item)');
		await editor.output.getByText('Error Branch (3 items)').click();
		expect(await editor.output.innerText()).toContain('VIP');
		await editor.picture('error-branch');
	});

	it('shows the plan alone in a dry run', async () => {
		await run('Dry run', [ASHA, BEN], { options: { dryRun: true } });
		await editor.shows('Dry run: 2 emails planned, nothing sent.');
		expect(sandbox.requests).toEqual([]);
		await editor.picture('dry-run');
	});

	it('looks as well in the dark', async () => {
		await editor.page.emulateMedia({ colorScheme: 'dark' });
		await run('A sheet in the dark', [ASHA, BEN], SIMPLIFIED);
		await editor.picture('update-access-dark');
	});
});

describe('the other operations', () => {
	const NEW = { email: 'nina.new@acme.example', labels: 'Sales' };

	it('invite a member with labels and org phones, and an admin with neither', async () => {
		const parameters = {
			...SIMPLIFIED,
			operation: 'invite',
			orgPhones: ['918527184400'],
		};
		await run('Invite', [NEW], parameters, { name: 'Invite' });
		await editor.shows(NEW.email);
		expect(sandbox.organization.accessOf(NEW.email)).toEqual({
			labels: ['Sales'],
			orgPhones: ['918527184400'],
		});
		await editor.parameter('orgPhones').getByText('Support').waitFor();
		await editor.picture('invite');
		await editor.choose('role', 'Admin');
		for (const name of ['labelsMode', 'labels', 'orgPhonesMode', 'orgPhones']) {
			await editor.parameter(name).waitFor({ state: 'detached' });
		}
	});

	it('delete nobody where the sheet names more than the limit allows', async () => {
		const rows = SEED_MEMBERS.slice(0, 11).map((email) => ({ email }));
		const parameters = { operation: 'delete', emails: '={{ $json.email }}' };
		await run('Delete', rows, parameters, { name: 'Delete' });
		await editor.shows("The run has 11 members, and 'Max Deletions' allows 10.");
		expect(sandbox.requests.map(({ method }) => method)).not.toContain('DELETE');
		await editor.picture('too-many-to-delete');
	});
});

describe('before a run', () => {
	it('the editor says that members will be deleted, unless it is a dry run', async () => {
		const parameters = { operation: 'delete', emails: ASHA.email };
		const workflow = sheetWorkflow('Warned', await newCredential(), [{}], parameters);
		await editor.openWorkflow(await server.api.createWorkflow(workflow));
		await editor.openNode(UPDATE);
		await editor.shows(
			"This run deletes members. To see which ones without deleting them, turn on 'Dry Run'.",
		);
	});
});

describe('org phones', () => {
	it('are listed with their names and numbers', async () => {
		const parameters = { resource: 'orgPhone', operation: 'getAll', options: { simplify: true } };
		await run('Org phones', [{}], parameters);
		await editor.shows('US Desk');
		await editor.picture('org-phones');
	});
});

describe('as a tool of an AI agent', () => {
	it('lets the model fill in emails and labels, is on Dry Run, and offers no null', async () => {
		const workflow = example('ai-agent-with-dry-run', {
			credentials: { periskopeApi: await newCredential() },
		});
		const id = await server.api.createWorkflow(workflow);
		await editor.openWorkflow(id);
		await editor.openNode('Update access');
		const description = editor.parameter('toolDescription').locator('textarea');
		expect(await description.inputValue()).toMatch(/^Sets which labels and org phones .*can't/);
		await editor.page.getByText('Defined automatically by the model').nth(1).waitFor();
		await editor.picture('as-a-tool');
		await editor.parameter('dryRun').locator('.is-checked').waitFor();
		await editor.choose('orgPhonesMode', 'Replace With List');
		await editor.fill('orgPhones', 'US Desk, 918527184400');
		await editor.parameter('orgPhonesMode').click();
		await editor.option('Keep Unchanged').waitFor();
		expect(await editor.option('Clear (Send Null)').count()).toBe(0);
	});
});

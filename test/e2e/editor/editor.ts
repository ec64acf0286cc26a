import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Locator, Page, PageScreenshotOptions } from 'playwright-core';

import { OWNER } from '../n8n/api';
import type { Session } from './browser';

const IMAGES = resolve(__dirname, '../../../docs/images');

const WHOLE_CANVAS = { width: 4000, height: 1900 };
const MARGIN = 8;

/** n8n's editor, in the hands of an operator. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly origin: string,
	) {}

	/** @returns by which other windows are signed in too */
	async signIn(): Promise<Session> {
		await this.page.goto(`${this.origin}/signin`);
		await this.page.locator('input[name=emailOrLdapLoginId]').fill(OWNER.email);
		await this.page.locator('input[name=password]').fill(OWNER.password);
		await this.page.getByTestId('form-submit-button').click();
		await this.page.waitForURL(/home|workflow/);
		return await this.page.context().storageState();
	}

	/** A new workflow that starts with the button. */
	async startWorkflow(): Promise<void> {
		await this.page.goto(`${this.origin}/workflow/new`);
		await this.page.getByTestId('canvas-add-button').click();
		await this.search('manual');
		await this.found('Manual Trigger').click();
		await this.page.getByTestId('canvas-handle-plus').first().click();
	}

	async search(words: string): Promise<void> {
		await this.page.getByTestId('node-creator-search-bar').fill(words);
	}

	/** An entry of the nodes panel. */
	found(name: string | RegExp): Locator {
		return this.page.getByTestId('node-creator-item-name').filter({ hasText: name }).first();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.origin}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** The note on the canvas that begins with this heading. */
	note(heading: string): Locator {
		const { page } = this;
		return page
			.getByTestId('sticky')
			.filter({ has: page.getByRole('heading', { name: heading, exact: true }) });
	}

	/** The window in which n8n shows the form that the workflow waits for, once it is run. */
	async runUntilForm(): Promise<Page> {
		const opened = this.page.context().waitForEvent('page');
		await this.runWorkflow();
		return await opened;
	}

	async runWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	async openNode(name: string): Promise<void> {
		await this.page.getByTestId('canvas-node').filter({ hasText: name }).first().dblclick();
		await this.page.getByTestId('ndv').waitFor();
	}

	/**
	 * Opens the form for a first credential. n8n asks its server for a name to propose, shows it when
	 * it comes, and refuses to save before.
	 */
	async connect(service: string): Promise<void> {
		await this.page.getByRole('button', { name: `Connect to ${service}` }).click();
		await this.page.getByTestId('credential-name').waitFor();
	}

	parameter(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`);
	}

	async fill(parameter: string, text: string): Promise<void> {
		await this.parameter(parameter).locator('input, textarea').first().fill(text);
	}

	async choose(parameter: string, option: string): Promise<void> {
		await this.parameter(parameter).click();
		await this.option(option).click();
		// It fades away, and would be taken for the next one.
		await this.option(option).waitFor({ state: 'hidden' });
	}

	/** An entry of the dropdown that is open. */
	option(name: string | RegExp): Locator {
		return this.page.locator('.el-select-dropdown__item:visible').filter({ hasText: name }).first();
	}

	/** Whether the editor shows less of a text than there is. */
	async isCut(text: Locator): Promise<boolean> {
		// As text, for the types of a page are not those of Node.js.
		const isCut: unknown = await text.evaluate(
			'(element) => element.scrollHeight > element.clientHeight',
		);
		return isCut === true;
	}

	get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	/** Waits until the output says so: the editor draws it some time after it has its frame. */
	async shows(text: string | RegExp): Promise<void> {
		await this.output.filter({ hasText: text }).waitFor();
	}

	async execute(): Promise<void> {
		await this.page.getByTestId('node-execute-button').first().click();
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}

	/** Keeps a picture of the open node for the pages. */
	async picture(name: string): Promise<void> {
		await this.screenshot(this.page.getByTestId('ndv'), name);
	}

	/** Keeps a picture of a whole page, such as that of a form. */
	async pagePicture(name: string): Promise<void> {
		await this.screenshot(this.page, name, { fullPage: true });
	}

	/**
	 * Keeps a picture of a part of the canvas: these notes, and the nodes on and between them. The
	 * window gets as large as the whole workflow needs to be read, so what lies at its edges is left out.
	 */
	async canvasPicture(name: string, ...notes: readonly string[]): Promise<void> {
		await this.page.setViewportSize(WHOLE_CANVAS);
		await this.page.getByTestId('zoom-to-fit').click();
		// It moves there.
		await this.page.waitForTimeout(800);
		const boxes = await Promise.all(notes.map(async (note) => await this.boxOf(note)));
		const x = Math.min(...boxes.map((box) => box.x)) - MARGIN;
		const y = Math.min(...boxes.map((box) => box.y)) - MARGIN;
		const right = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN;
		const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN;
		const clip = { x, y, width: right - x, height: bottom - y };
		await this.screenshot(this.page, name, { clip });
	}

	private async boxOf(note: string) {
		const box = await this.note(note).boundingBox();
		if (!box) throw new Error(`The note ${note} is not on the canvas`);
		return box;
	}

	/** Without the notes that n8n pops up, and the neighbours of a node that it shows at its edges. */
	private async screenshot(
		shown: Page | Locator,
		name: string,
		part: PageScreenshotOptions = {},
	): Promise<void> {
		await this.page.addStyleTag({
			content:
				'.el-notification, [class*="_floatingNodes_"] ' +
				'{ display: none !important } * { caret-color: transparent }',
		});
		await this.page.mouse.move(0, 0);
		await this.page.waitForTimeout(800);
		await mkdir(IMAGES, { recursive: true });
		await shown.screenshot({ path: join(IMAGES, `${name}.png`), ...part });
	}
}

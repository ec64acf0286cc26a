import { chromium, selectors, type Browser, type Page } from 'playwright-core';

const PATIENCE_MS = 30_000;
selectors.setTestIdAttribute('data-test-id');

/** Chromium as it runs in a container, without a call to its makers. */
export async function openBrowser(executablePath: string): Promise<Browser> {
	return await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--lang=en-US'],
	});
}

export async function openPage(browser: Browser, colorScheme: 'light' | 'dark'): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width: 1440, height: 900 },
		colorScheme,
		locale: 'en-US',
		timezoneId: 'UTC',
		reducedMotion: 'reduce',
	});
	// What the editor loads from elsewhere would only keep it waiting where there is no network.
	await context.route(isElsewhere, async (route) => {
		await route.abort();
	});
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	return page;
}

const isElsewhere = ({ protocol, hostname }: URL) =>
	/^https?:$/.test(protocol) && hostname !== '127.0.0.1';

import { chromium, selectors, type Browser, type BrowserContext, type Page } from 'playwright-core';

const PATIENCE_MS = 30_000;
selectors.setTestIdAttribute('data-test-id');

/** What a browser keeps of somebody who has signed in. */
export type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/**
 * Chromium as it runs in a container. It finds no name of a server: what it or a page would load
 * from elsewhere would only keep it waiting where there is no network.
 */
export async function openBrowser(executablePath: string): Promise<Browser> {
	return await chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-background-networking',
			'--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
			'--lang=en-US',
		],
	});
}

/** A window with nothing in it but what the session brings. */
export async function openPage(browser: Browser, session?: Session): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width: 1440, height: 900 },
		...(session && { storageState: session }),
		locale: 'en-US',
		timezoneId: 'UTC',
		reducedMotion: 'reduce',
	});
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	return page;
}

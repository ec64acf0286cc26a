import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { isTransientStatus } from '../../nodes/Periskope/api/httpErrors';
import { DEFAULTS, optionOf, type OptionName } from '../../nodes/Periskope/options';
import { isRejectionOfContent } from '../../nodes/Periskope/send/bisect';
import { ROOT } from '../package/packed';
import { codeIn, Markdown } from './markdown';

const scale = new Markdown('docs/scale.md').source;
const results = new Markdown('docs/results.md');
const STATUSES = Array.from({ length: 500 }, (_, index) => index + 100);

/** `500, 502 and 520 to 524` */
const numbersIn = (text: string) =>
	[...text.matchAll(/(\d{3})(?: to (\d{3}))?/g)].flatMap(([, first, last = first]) =>
		STATUSES.filter((status) => status >= Number(first) && status <= Number(last)),
	);

it('the page on scale names the statuses that are retried', () => {
	const [, named = ''] = /^- the HTTP statuses (.+)$/m.exec(scale) ?? [];
	// The rate limit has a part of its own on the page.
	const retried = STATUSES.filter((status) => isTransientStatus(status) && status !== 429);
	expect(numbersIn(named)).toEqual(retried);
});

it('the page on scale names the statuses for which a batch is halved', () => {
	const [, named = ''] = /several emails \(HTTP status ([^)]+)\)/.exec(scale) ?? [];
	const halved = STATUSES.filter((status) =>
		isRejectionOfContent({
			what: '',
			advice: '',
			reason: 'rejected',
			applied: 'no',
			details: { httpCode: String(status) },
		}),
	);
	expect(numbersIn(named)).toEqual(halved);
});

it.each<[page: string, option: OptionName]>([
	['docs/scale.md', 'batchSize'],
	['docs/scale.md', 'concurrentRequests'],
	['docs/scale.md', 'maxRetries'],
	['docs/scale.md', 'timeout'],
	['README.md', 'maxDeletions'],
	['SECURITY.md', 'maxDeletions'],
])('%s tells the default of %s', (page, option) => {
	const { source } = new Markdown(page);
	expect(source).toContain(`'${optionOf(option).label}' (${DEFAULTS[option]})`);
});

it('the page on results has every reason and every detail of a failure', () => {
	const source = readFileSync(join(ROOT, 'nodes/Periskope/rowFailure.ts'), 'utf8');
	const part = (start: string, end: string) => source.split(start)[1]?.split(end)[0] ?? '';
	const reasons = [...part('type FailureReason =', ';').matchAll(/\| '(\w+)'/g)];
	const details = [...part('interface FailureDetails {', '\n}').matchAll(/^\t(\w+)\??:/gm)];
	expect(reasons.length).toBeGreaterThan(5);
	expect(details.length).toBeGreaterThan(5);
	const named = results
		.tablesBelow('Failed')
		.flatMap((table) => table.slice(1))
		.flatMap(([cell = '']) => codeIn(cell));
	expect(named.sort()).toEqual([...details, ...reasons].map(([, name]) => name).sort());
});

import { codeTexts } from './codeMessages';

/** The headings of docs/messages.md, and the files whose texts stand below each. */
const SECTIONS: ReadonlyArray<[heading: string, about: string, files: RegExp]> = [
	[
		'Rows that need correction',
		'Nothing is sent for these rows; where errors stop the workflow, nothing at all is sent.',
		/\/(?:read|plan)\//,
	],
	[
		'Requests that failed',
		"Periskope's own words follow a colon, or the HTTP status where it has none.",
		/\/(?:api|send)\//,
	],
	['What differs between operations', '', /\/resources\/member\/(?!accessFields)/],
	[
		'Results',
		'In items, in the error of the node, and in the hint above the output.',
		/\/(?:match|output)\//,
	],
	['The run, the editor and the credential', '', /./],
];

/** The page of all messages, as the code has them. Written by `npm run docs`, compared by a test. */
export function messagesPage(): string {
	const left = new Map(codeTexts().map(({ text, file }) => [text, file]));
	const sections = SECTIONS.map(([heading, about, files]) => {
		const texts = [...left].flatMap(([text, file]) => (files.test(file) ? [text] : []));
		for (const text of texts) left.delete(text);
		const list = texts.sort((a, b) => a.localeCompare(b, 'en')).map((text) => `- \`${text}\``);
		return [`## ${heading}`, about, list.join('\n')].filter((part) => part !== '').join('\n\n');
	});
	return `${[
		'# Messages',
		'Every message of the node, as its code has it: what happened, then what to do. `…` stands for what differs. This page is written by `npm run docs`.',
		"A message about a row begins with the number of the row, as in _Row 3, asha@example.com:_. It is the row's `row_number`, which n8n's Google Sheets node adds, or else it is counted from 1 without the heading of the sheet. n8n adds its own `[item 1]` to a message and counts from 0: see [the FAQ](faq.md#what-does-item-1-mean).",
		...sections,
	].join('\n\n')}\n`;
}

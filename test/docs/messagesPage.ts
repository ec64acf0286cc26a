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
		"Periskope's own message follows after a colon. If there is none, the HTTP status follows in brackets.",
		/\/(?:api|send)\//,
	],
	['What differs between operations', '', /\/resources\/member\/(?!accessFields)/],
	[
		'As the tool of an AI agent',
		'What the model is told beside these messages.',
		/\/output\/toolItems/,
	],
	[
		'Results',
		'In items, in the error of the node, and in the hint above the output.',
		/\/(?:match|output)\//,
	],
	['The run, the editor and the credential', '', /./],
];

/** A shorter text says nothing without the message that it is part of. */
const isTelling = (text: string) => /\S+ \S+ \S+/.test(text);

/** What begins with a small letter follows a value, or the name of a field. */
const withStart = (text: string) => (/^\p{Ll}/u.test(text) ? `… ${text}` : text);

/** The page of all messages, as the code has them. Written by `npm run docs`, compared by a test. */
export function messagesPage(): string {
	const left = new Map(codeTexts().map(({ text, file }) => [text, file]));
	const sections = SECTIONS.map(([heading, about, files]) => {
		const texts = [...left].flatMap(([text, file]) => (files.test(file) ? [text] : []));
		for (const text of texts) left.delete(text);
		const list = texts
			.filter(isTelling)
			.sort((a, b) => a.localeCompare(b, 'en'))
			.map((text) => `- \`${withStart(text)}\``);
		return [`## ${heading}`, about, list.join('\n')].filter((part) => part !== '').join('\n\n');
	});
	return `${[
		'# Messages',
		'What the messages of the node are made of, sorted by letter. `…` stands for what differs. A message says what happened, then what to do. To find yours, search this page for a few of its words. The page is written by `npm run docs`.',
		"A message about a row begins with the number of the row, as in _Row 3, asha@example.com:_. It is the row's `row_number`, which n8n's Google Sheets node adds, or else it is counted from 1 without the heading of the sheet. n8n adds its own `[item 1]` to a message and counts from 0: see [the FAQ](faq.md#what-does-item-1-mean).",
		...sections,
	].join('\n\n')}\n`;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import glob from 'fast-glob';
import ts from 'typescript';

import { ROOT } from '../package/packed';

/** A sentence of the code that an operator can get to see. */
export interface CodeMessage {
	file: string;
	/** with … for each part that differs */
	text: string;
	/** finds it in a text that stands in for those parts as it likes */
	pattern: RegExp;
}

/** Names and descriptions of parameters, which are on the page of parameters; and what is recognised in cells. */
const NO_MESSAGES = [
	'**/Periskope.node.ts',
	'nodes/Periskope/model.ts',
	'nodes/Periskope/options.ts',
	'**/noValue.ts',
];
const OF_FIELDS: ReadonlySet<string> = new Set([
	...['action', 'description', 'displayName', 'label', 'name', 'placeholder', 'toolDescription'],
]);
/** Of a file that is about fields else, what it says before a run. */
const ONLY: ReadonlyArray<[file: string, declarations: ReadonlySet<string>]> = [
	['/accessFields.ts', new Set(['NULL_IS_UNCLEAR', 'nullHints'])],
	['/emailsField.ts', new Set()],
];
/** Two words or more. A single one can't be told from a name. */
const IS_SENTENCE = /[\p{L}\p{N}).;:][ ]["“(…]*\p{L}/u;

/** Each text of the code, with … for each part that differs; one that says what to do too is whole. */
export function codeTexts(): Array<{ file: string; text: string }> {
	return glob
		.sync('nodes/**/*.ts', { cwd: ROOT, ignore: NO_MESSAGES })
		.sort()
		.flatMap((file) =>
			textsIn(file)
				.map((text) => text.replace(/^[…\s,.]+|[…\s.:]+$/g, ''))
				.filter((text) => IS_SENTENCE.test(text))
				.map((text) => ({ file, text })),
		);
}

/** By sentence. */
export const codeMessages = (): CodeMessage[] =>
	codeTexts().flatMap(({ file, text }) =>
		text
			.split(/(?<=\.) (?=[A-Z])/)
			.map((sentence) => sentence.replace(/^[…\s,.]+|[…\s.:]+$/g, ''))
			.filter((sentence) => IS_SENTENCE.test(sentence))
			.map((sentence) => ({ file, text: sentence, pattern: patternOf(sentence) })),
	);

function textsIn(file: string): string[] {
	const source = ts.createSourceFile(
		file,
		readFileSync(join(ROOT, file), 'utf8'),
		ts.ScriptTarget.ES2023,
		true,
	);
	const isAboutFields = /\/resources\/(?:\w+\/|optionsField)/.test(file);
	const only = ONLY.find(([end]) => file.endsWith(end))?.[1];
	const texts: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
		if (only && node.parent === source && !declares(node, only)) return;
		if (isAboutFields && ts.isPropertyAssignment(node) && OF_FIELDS.has(node.name.getText()))
			return;
		if (ts.isStringLiteralLike(node)) texts.push(node.text);
		if (ts.isTemplateExpression(node)) {
			texts.push(
				[node.head, ...node.templateSpans.map((span) => span.literal)].map(textOf).join('…'),
			);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return texts;
}

const declares = (node: ts.Node, names: ReadonlySet<string>): boolean =>
	ts.isVariableStatement(node) &&
	node.declarationList.declarations.some(({ name }) => names.has(name.getText()));

const textOf = ({ text }: { text: string }) => text;

const patternOf = (text: string) =>
	new RegExp(
		text
			.split(/…+/)
			.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
			.join('[^|\\n]{1,40}?'),
		'i',
	);

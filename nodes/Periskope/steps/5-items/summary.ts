import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import type { Progress } from '../3-send/sendRequests';
import type { RowAnswer } from '../4-settle/answerRows';
import { membersDone, type Settled } from '../4-settle/settle';
import type { OperationWords } from '../operationWords';

/** The run in a sentence or two, for the panel above the output. Nothing for a single one that went well. */
export function hintsFor(
	answers: readonly RowAnswer[],
	{ outcomes, unasked }: Settled,
	progress: Progress | undefined,
	{ done }: OperationWords,
): NodeExecutionHint[] {
	const { requestsSent = 0, retries = 0 } = progress ?? {};
	const retried = retries > 0 ? `, ${count(retries, 'retry', 'retries')} among them` : '';
	const emails = {
		planned: answers.filter(({ kind }) => kind === 'planned').length,
		failed: answers.filter(({ kind }) => kind === 'failed').length,
		reported: answers.filter((a) => a.kind === 'missing' && a.missingMembers === 'report').length,
		ignored: answers.filter((a) => a.kind === 'missing' && a.missingMembers === 'ignore').length,
		unasked: [...unasked.values()].flat().length,
	};
	const isWarning = emails.failed + emails.reported + emails.ignored + emails.unasked > 0;
	if (!isWarning && answers.length < 2) return [];
	const sentences = [
		requestsSent > 0 &&
			`${count(membersDone(outcomes), 'member')} ${done} with ${count(requestsSent, 'request')}${retried}.`,
		emails.planned > 0 &&
			`Dry run: ${count(emails.planned, 'email')} planned, nothing sent for them.`,
		emails.failed > 0 &&
			`${count(emails.failed, 'email')} not ${done}: see the items with an error.`,
		emails.reported > 0 &&
			`${count(emails.reported, 'email')} not in Periskope's answer: see the items with "${done}": false.`,
		emails.ignored > 0 &&
			`${count(emails.ignored, 'email')} not in Periskope's answer and left out, as Missing Members says.`,
		emails.unasked > 0 && `${count(emails.unasked, 'member')} came back without being asked for.`,
	].filter((sentence) => sentence !== false);
	return [
		{ message: sentences.join(' '), type: isWarning ? 'warning' : 'info', location: 'outputPane' },
	];
}

/** As the tool of an agent, a node has no panel for hints before n8n 1.119. */
export function showHints(
	context: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>>,
	hints: readonly NodeExecutionHint[],
): void {
	context.addExecutionHints?.(...hints);
}

export const count = (number: number, one: string, more = `${one}s`) =>
	`${number.toLocaleString('en-US')} ${number === 1 ? one : more}`;

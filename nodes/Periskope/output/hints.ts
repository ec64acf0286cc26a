import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { membersDone, type Matched } from '../match/matchMembers';
import type { RowResult } from '../match/matchRows';
import type { OperationMessages } from '../operationMessages';
import type { Progress } from '../send/progressLog';
import { count, distinct, foldEmail, formatted, shown } from '../text';

const MAX_NAMED = 5;

/** The run in a sentence or two, for the panel above the output. None for a single email that succeeded. */
export function hintsFor(
	results: readonly RowResult[],
	{ outcomes, unexpected, remarks }: Matched,
	{ requestsSent, retries }: Pick<Progress, 'requestsSent' | 'retries'>,
	{ done }: OperationMessages,
): NodeExecutionHint[] {
	const retried = retries > 0 ? `, ${count(retries, 'retry', 'retries')} among them` : '';
	const numberOf = (matches: (result: RowResult) => boolean) => results.filter(matches).length;
	const planned = numberOf(({ kind }) => kind === 'planned');
	const failed = numberOf(({ kind }) => kind === 'failed');
	const missing = (handling: 'report' | 'ignore') =>
		numberOf((result) => result.kind === 'notReturned' && result.missingMembers === handling);
	const reported = missing('report');
	const ignored = missing('ignore');

	const strangers = distinct(unexpected, foldEmail);
	const isWarning = failed + reported + ignored + strangers.length + remarks.length > 0;
	if (!isWarning && results.length < 2) return [];
	const sentences = [
		requestsSent > 0 &&
			`${count(membersDone(outcomes), 'member')} ${done} with ${count(requestsSent, 'request')}${retried}.`,
		planned > 0 && `Dry run: ${count(planned, 'email')} planned, nothing sent for them.`,
		failed > 0 && `${count(failed, 'email')} not ${done}: see the items with an error.`,
		reported > 0 &&
			`${count(reported, 'email')} not in Periskope's answer: see the items with "${done}": false.`,
		ignored > 0 &&
			`${count(ignored, 'email')} not in Periskope's answer and left out, as Missing Members says.`,
		strangers.length > 0 &&
			`${count(strangers.length, 'member')} returned but not requested: ${named(strangers.map(shown), ', ')}. Check in Periskope what changed for them.`,
		remarks.length > 0 && `Periskope also said: ${named(distinct(remarks), '; ')}.`,
	].filter((sentence) => sentence !== false);
	return [
		{ message: sentences.join(' '), type: isWarning ? 'warning' : 'info', location: 'outputPane' },
	];
}

/** The first few, and how many more there are. */
function named(texts: readonly string[], between: string): string {
	const more = texts.length - MAX_NAMED;
	const first = texts.slice(0, MAX_NAMED).join(between);
	return more > 0 ? `${first} and ${formatted(more)} more` : first;
}

/** As the tool of an agent, a node has no panel for hints before n8n 1.119. */
export function showHints(
	context: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>>,
	hints: readonly NodeExecutionHint[],
): void {
	context.addExecutionHints?.(...hints);
}

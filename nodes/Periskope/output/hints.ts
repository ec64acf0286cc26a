import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { isNotCompared } from '../match/compareAccess';
import { membersDone, type Matched } from '../match/matchMembers';
import type { RowResult } from '../match/matchRows';
import type { OperationMessages } from '../operationMessages';
import type { Plan } from '../plan/planRows';
import type { Problem } from '../rowFailure';
import type { Progress } from '../send/progressLog';
import { count, distinct, firstOf, foldEmail, shown } from '../text';

const MAX_NAMED = 5;

/** What a run has to say beside its results. */
export interface Remarks {
	/** why org phones weren't checked, where they should have been */
	notChecked?: Problem | undefined;
	/** why a run that isn't a dry run would send nothing */
	wouldBeBlockedBy?: Plan['wouldBeBlockedBy'];
}

/** The run in a sentence or two, for the panel above the output. None for a single email that succeeded. */
export function hintsFor(
	results: readonly RowResult[],
	{ outcomes, unexpected, remarks }: Matched,
	{ requestsSent, retries }: Pick<Progress, 'requestsSent' | 'retries'>,
	{ done }: OperationMessages,
	{ notChecked, wouldBeBlockedBy }: Remarks = {},
): NodeExecutionHint[] {
	const numberOf = (matches: (result: RowResult) => boolean) => results.filter(matches).length;
	const missing = (handling: 'report' | 'ignore') =>
		numberOf((result) => result.kind === 'notReturned' && result.missingMembers === handling);
	const planned = numberOf(({ kind }) => kind === 'planned');
	const failed = numberOf(({ kind }) => kind === 'failed');
	const differing = numberOf((result) => result.kind === 'done' && result.differences.length > 0);
	const notCompared = numberOf(
		(result) => result.kind === 'done' && isNotCompared(result.member, result.access),
	);
	const reported = missing('report');
	const ignored = missing('ignore');
	const notRequested = distinct(unexpected, foldEmail);
	const retried = retries > 0 ? `, including ${count(retries, 'retry', 'retries')}` : '';

	const warnings = [
		failed > 0 && `${emails(failed)} failed. The items with "error" say why.`,
		differing > 0 && `Periskope returned different access than requested for ${emails(differing)}.`,
		notCompared > 0 &&
			`Periskope returned ${emails(notCompared)} without the requested lists, so access wasn't compared.`,
		reported > 0 &&
			`Periskope didn't return ${emails(reported)}. See the items with "${done}": false.`,
		ignored > 0 && `Left out ${emails(ignored)} that Periskope didn't return.`,
		notRequested.length > 0 &&
			`Periskope returned ${count(notRequested.length, 'member')} that you didn't request: ${firstOf(notRequested.map(shown), MAX_NAMED)}. Check in Periskope what changed for them.`,
		remarks.length > 0 && `Periskope's message: ${firstOf(distinct(remarks), MAX_NAMED, '; ')}.`,
		notChecked && `Org phones weren't checked. ${notChecked.what}.`,
		wouldBeBlockedBy && `Without 'Dry Run' nothing would be sent. ${wouldBeBlockedBy.what}.`,
	].filter((sentence) => typeof sentence === 'string');
	if (warnings.length === 0 && results.length < 2) return [];
	const sentences = [
		requestsSent > 0 &&
			`${count(membersDone(outcomes), 'member')} ${done} with ${count(requestsSent, 'request')}${retried}.`,
		planned > 0 && `Dry run: ${emails(planned)} planned, nothing sent.`,
		...warnings,
	].filter((sentence) => typeof sentence === 'string');
	const type = warnings.length > 0 ? 'warning' : 'info';
	return [{ message: sentences.join(' '), type, location: 'outputPane' }];
}

const emails = (number: number) => count(number, 'email');

/** As the tool of an agent, a node has no panel for hints before n8n 1.119. */
export function showHints(
	context: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>>,
	hints: readonly NodeExecutionHint[],
): void {
	context.addExecutionHints?.(...hints);
}

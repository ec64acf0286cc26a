import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { RunOptions } from './1-read/options';
import { readRows, type SheetForm } from './1-read/readRows';
import { planRows, refusalsOf, type PlanLimits } from './2-plan/planRows';
import { sendPlan, type MemberCall } from './3-send/sendPlan';
import { answerRows } from './4-settle/answerRows';
import { settle } from './4-settle/settle';
import { hasErrorBranch, itemsFrom } from './5-items/items';
import { stopBeforeSending, stopOnFailures } from './5-items/stopError';
import { hintsFor, showHints } from './5-items/summary';
import type { OperationWords } from './operationWords';

/** What one operation on members has of its own. The steps are the same for all of them. */
export interface MemberOperation extends SheetForm, MemberCall {
	limits(options: RunOptions): PlanLimits;
	words: OperationWords;
}

/** Takes all rows of the input through the five steps. */
export async function runOperation(
	context: IExecuteFunctions,
	operation: MemberOperation,
): Promise<INodeExecutionData[]> {
	const { words } = operation;
	const stopsOnErrors = !context.continueOnFail();

	const { rows, options } = readRows(context, operation);
	const plan = planRows(rows, options && operation.limits(options));
	if (stopsOnErrors) {
		stopBeforeSending(
			context.getNode(),
			rows.flatMap((row) => [...refusalsOf(row, plan).values()]),
		);
	}

	const sent = options && (await sendPlan(context, operation, plan.toSend.requests, options));
	const settled = settle(sent?.requests ?? []);
	const answers = answerRows(rows, plan, settled, words);
	if (stopsOnErrors) {
		stopOnFailures(context.getNode(), sent?.requests ?? [], settled, answers, words);
	}

	showHints(context, hintsFor(answers, settled, sent?.progress, words));
	return itemsFrom(answers, words, hasErrorBranch(context.getNode()));
}

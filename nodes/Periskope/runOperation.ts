import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { MemberCall } from './api/reply';
import { matchMembers, matchPlan } from './match/matchMembers';
import { matchRows } from './match/matchRows';
import type { OperationMessages } from './operationMessages';
import { optionOf, type OptionName, type RunOptions } from './options';
import { hintsFor, showHints } from './output/hints';
import { hasErrorOutput, itemsFrom } from './output/items';
import { stopBeforeSending, stopOnFailures } from './output/stopError';
import { planRows, type PlanLimits } from './plan/planRows';
import type { Problem } from './rowFailure';
import { readRows, type SheetForm } from './read/readRows';
import { NOTHING_SENT, sendPlan } from './send/sendPlan';

/** What one operation on members has of its own. The steps are the same for all of them. */
export interface MemberOperation extends SheetForm, MemberCall {
	limits(options: RunOptions): PlanLimits;
	/** why the whole node may not run again on its own; undefined where it may */
	whyNotAgain?: Problem;
	messages: OperationMessages;
}

const unclear = (brake: OptionName): Problem => ({
	what: `'${optionOf(brake).label}' isn't the same on all rows`,
	advice: 'Nothing was sent. Give it one value for all rows.',
});

/** Takes all rows of the input through the five steps. */
export async function runOperation(
	context: IExecuteFunctions,
	operation: MemberOperation,
): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const { messages } = operation;
	const stopsOnErrors = !context.continueOnFail();

	const { rows, options, unclearBrake } = readRows(context, operation);
	const plan = planRows(rows, options, {
		...operation.limits(options),
		// n8n runs the whole node again then, also for the rows that had succeeded.
		...(node.retryOnFail && { blockedBy: operation.whyNotAgain }),
		...(unclearBrake && { blockedBy: unclear(unclearBrake) }),
	});
	if (stopsOnErrors) stopBeforeSending(node, plan);

	const sent = options.dryRun
		? NOTHING_SENT
		: await sendPlan(context, operation, plan.requests, options);
	const matched = options.dryRun ? matchPlan(plan.requests) : matchMembers(sent.requests);
	const results = matchRows(rows, plan, matched, messages);
	if (stopsOnErrors) stopOnFailures(node, sent.requests, matched.outcomes, results, messages);

	showHints(context, hintsFor(results, matched, sent.progress, messages));
	return itemsFrom(results, messages, hasErrorOutput(node));
}

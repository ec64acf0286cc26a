import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { MemberCall } from './api/reply';
import { matchMembers, matchPlan } from './match/matchMembers';
import { matchRows } from './match/matchRows';
import type { OperationMessages } from './operationMessages';
import { optionOf, type OptionName, type RunOptions } from './options';
import { hintsFor, showHints } from './output/hints';
import { hasErrorOutput, itemsFrom, type ItemForm } from './output/items';
import { stopBeforeSending, stopOnFailures } from './output/stopError';
import { checkOrgPhones, setsOrgPhones } from './plan/checkOrgPhones';
import { planRows, type PlanLimits } from './plan/planRows';
import { readRows, type ReadRow, type SheetForm } from './read/readRows';
import type { Failure, Problem } from './rowFailure';
import { NOTHING_SENT, sendPlan } from './send/sendPlan';
import { startSession, type Session } from './send/session';

/** What one operation on members has of its own. The steps are the same for all of them. */
export interface MemberOperation extends SheetForm, MemberCall, ItemForm {
	limits(options: RunOptions): PlanLimits;
	/** why the whole node may not run again on its own; undefined where it may */
	whyNotAgain?: Problem;
	messages: OperationMessages;
}

/** Takes all rows of the input through the five steps. */
export async function runOperation(
	context: IExecuteFunctions,
	operation: MemberOperation,
): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const { messages } = operation;
	const stopsOnErrors = !context.continueOnFail();

	const read = readRows(context, operation);
	const { options } = read;
	const session = startSession(context, options);
	const { rows, notChecked } = await withCheckedPhones(read.rows, options, session);
	const blockedBy = options.dryRun
		? undefined
		: whyBlocked(operation, read.unclearBrake, node.retryOnFail);
	const plan = planRows(
		rows,
		options,
		operation.limits(options),
		blockedBy ?? whyKeyRejected(notChecked),
	);
	if (stopsOnErrors) stopBeforeSending(node, plan);

	const sent = options.dryRun
		? NOTHING_SENT
		: await sendPlan(context, session, operation, plan.requests, options);
	const matched = options.dryRun ? matchPlan(plan.requests) : matchMembers(sent.requests);
	const results = matchRows(rows, plan, matched, messages);
	if (stopsOnErrors) stopOnFailures(node, rows, sent.requests, matched.outcomes, results, messages);

	const { wouldBeBlockedBy } = plan;
	const hints = hintsFor(results, matched, sent.progress, messages, {
		notChecked,
		wouldBeBlockedBy,
	});
	showHints(context, hints);
	return itemsFrom(results, operation, hasErrorOutput(node));
}

/** @returns the rows, and why their org phones weren't checked, where they should have been */
async function withCheckedPhones(
	rows: readonly ReadRow[],
	options: RunOptions,
	session: Session,
): Promise<{ rows: readonly ReadRow[]; notChecked?: Failure }> {
	if (!options.checkOrgPhones || !setsOrgPhones(rows)) return { rows };
	const listed = await session.orgPhones();
	const checked = checkOrgPhones(rows, listed);
	return listed.kind === 'failed'
		? { rows: checked, notChecked: listed.failure }
		: { rows: checked };
}

function whyBlocked(
	{ whyNotAgain }: MemberOperation,
	unclearBrake: OptionName | undefined,
	retryOnFail = false,
): Failure | undefined {
	// n8n runs the whole node again then, also for the rows that succeeded.
	const problem = unclearBrake ? unclear(unclearBrake) : retryOnFail ? whyNotAgain : undefined;
	return problem && { ...problem, reason: 'notSent', applied: 'no', details: {} };
}

const unclear = (brake: OptionName): Problem => ({
	what: `'${optionOf(brake).label}' isn't the same on all rows`,
	advice: 'Nothing was sent. Give it one value for all rows.',
});

/** No request can succeed without a key that Periskope accepts, and a plan would be misleading. */
const whyKeyRejected = (notChecked: Failure | undefined): Failure | undefined =>
	notChecked?.details.httpCode === '401'
		? { ...notChecked, advice: `Nothing was sent. ${notChecked.advice}` }
		: undefined;

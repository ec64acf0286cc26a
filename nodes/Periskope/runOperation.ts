import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { MemberCall } from './api/reply';
import { matchMembers, matchPlan } from './match/matchMembers';
import { matchRows } from './match/matchRows';
import { keyOf, type MemberRequest } from './model';
import type { OperationMessages } from './operationMessages';
import { optionOf, type OptionName, type RunOptions } from './options';
import { hintsFor, showHints } from './output/hints';
import { hasErrorOutput, itemsFrom, type ItemForm } from './output/items';
import { stopBeforeSending, stopOnFailures } from './output/stopError';
import { toolItems } from './output/toolItems';
import { checkOrgPhones, setsOrgPhones } from './plan/checkOrgPhones';
import { planRows, type PlanLimits } from './plan/planRows';
import { readRows, type ReadRow, type ReadRows, type SheetForm } from './read/readRows';
import type { Failure, Problem } from './rowFailure';
import { NOTHING_SENT, sendPlan } from './send/sendPlan';
import { startSession, type Session } from './send/session';
import { distinct } from './text';
import { isTool, stopsOnErrors, toolCalls, type ToolCalls } from './tool';

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
	const stops = stopsOnErrors(context);

	const read = readRows(context, operation);
	const { options } = read;
	const session = startSession(context, options);
	const { rows, notChecked } = await withCheckedPhones(read.rows, options, session);
	const problem = whyBlocked(operation, read, node.retryOnFail);
	const blockedBy = problem ? blocked(problem) : whyKeyRejected(notChecked);
	const calls = toolCalls(context);
	const plan = planRows(rows, options, operation.limits(options), blockedBy, calls);
	if (stops) stopBeforeSending(node, plan);

	if (calls && !options.dryRun) countMembers(calls, plan.requests);
	const sent = options.dryRun
		? NOTHING_SENT
		: await sendPlan(context, session, operation, plan.requests, options);
	const matched = options.dryRun ? matchPlan(plan.requests) : matchMembers(sent.requests);
	const results = matchRows(rows, plan, matched, messages);
	if (stops) stopOnFailures(node, rows, sent.requests, matched.outcomes, results, messages);

	const { wouldBeBlockedBy } = plan;
	const hints = hintsFor(results, matched, sent.progress, messages, {
		notChecked,
		wouldBeBlockedBy,
	});
	showHints(context, hints);
	return isTool(node)
		? toolItems(results, messages.done)
		: itemsFrom(results, operation, hasErrorOutput(node));
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

function countMembers(calls: ToolCalls, requests: readonly MemberRequest[]): void {
	const keys = requests.flatMap(({ emails }) => emails.map((email) => keyOf('emails', email)));
	calls.members = distinct([...(calls.members ?? []), ...keys]);
}

function whyBlocked(
	{ whyNotAgain }: MemberOperation,
	{ options: { dryRun }, leftToModel, unclearOption }: ReadRows,
	retryOnFail = false,
): Problem | undefined {
	if (leftToModel) return decidedByModel(leftToModel);
	if (dryRun) return undefined;
	if (unclearOption) return unclear(unclearOption);
	// n8n runs the whole node again then, also for the rows that succeeded.
	return retryOnFail ? whyNotAgain : undefined;
}

const blocked = (problem: Problem): Failure => ({
	...problem,
	reason: 'notSent',
	applied: 'no',
	details: {},
});

const unclear = (brake: OptionName): Problem => ({
	what: `'${optionOf(brake).label}' isn't the same on all rows`,
	advice: 'Nothing was sent. Give it one value for all rows.',
});

const decidedByModel = (label: string): Problem => ({
	what: `'${label}' is left to the model`,
	advice: 'Nothing was sent. The author of the workflow has to set a fixed value.',
});

/** No request can succeed without a key that Periskope accepts, and a plan would be misleading. */
const whyKeyRejected = (notChecked: Failure | undefined): Failure | undefined =>
	notChecked?.details.httpCode === '401'
		? { ...notChecked, advice: `Nothing was sent. ${notChecked.advice}` }
		: undefined;

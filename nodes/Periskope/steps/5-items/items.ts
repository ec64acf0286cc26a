import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Member } from '../3-send/member';
import type { MissingEmail, PlannedEmail, RowAnswer } from '../4-settle/answerRows';
import type { OperationWords } from '../operationWords';
import { lineOf, type RowFailure } from '../rowFailure';

/**
 * One item for each answer, linked to its row; none for a missing member that is to be ignored.
 *
 * @param marksFailed whether the node's failed rows leave by an output of their own
 */
export function itemsFrom(
	answers: readonly RowAnswer[],
	words: OperationWords,
	marksFailed = false,
): INodeExecutionData[] {
	const given = new Set<Member>();
	const items: INodeExecutionData[] = [];
	for (const answer of answers) {
		const json = jsonOf(answer, given, words);
		// One row, never a list of rows: a list breaks expressions downstream that look back.
		if (!json) continue;
		const isMarked = marksFailed && answer.kind === 'failed';
		items.push(itemFrom(json, answer.row, isMarked));
	}
	return items;
}

/** Every row of the input failed alike, for a run that ended before it could answer them. */
export function itemsOfFailedRun(
	rows: number,
	failure: Pick<RowFailure, 'what' | 'advice'>,
	marksFailed: boolean,
): INodeExecutionData[] {
	return Array.from({ length: rows }, (_, row) =>
		itemFrom(failedJson({ ...failure, row, details: {} }), row, marksFailed),
	);
}

export const hasErrorBranch = ({ onError }: INode) => onError === 'continueErrorOutput';

function itemFrom(json: IDataObject, row: number, isMarked: boolean): INodeExecutionData {
	const item: INodeExecutionData = { json, pairedItem: { item: row } };
	return isMarked ? markAsFailed(item) : item;
}

/**
 * Sends an item to the error branch on n8n before 2.34 too, which doesn't know an error item by
 * its keys when `details` is one of them: failed rows would pass for updated ones. Not enumerable,
 * so that it is gone once n8n has sorted the items; what stays, n8n turns into its bare message.
 */
const markAsFailed = (item: INodeExecutionData): INodeExecutionData =>
	Object.defineProperty(item, 'error', {
		value: { message: item.json.error },
		writable: true,
	});

function jsonOf(
	answer: RowAnswer,
	given: Set<Member>,
	words: OperationWords,
): IDataObject | undefined {
	switch (answer.kind) {
		case 'member':
			return answer.output === 'full' ? full(answer.member, given) : simplified(answer.member);
		case 'planned':
			return plannedJson(answer.planned);
		case 'failed':
			return failedJson(answer.failure);
		case 'missing':
			return answer.missingMembers === 'report' ? missingJson(answer.missing, words) : undefined;
	}
}

/** A member that several rows ask for is an object of its own on each, as nodes may write on it. */
function full(member: Member, given: Set<Member>): IDataObject {
	const isShared = given.has(member);
	given.add(member);
	return asData(isShared ? { ...member } : member);
}

/** Exactly these keys: with any other, n8n would take the item for data. */
function failedJson(failure: RowFailure): IDataObject {
	const { advice, details } = failure;
	return { error: lineOf(failure), message: advice, details: asData({ ...details }) };
}

/** With the access that the email was to have, so that it can be invited with the same. */
const missingJson = ({ email, reason, access }: MissingEmail, { done }: OperationWords) =>
	asData({ email, [done]: false, reason, ...structuredClone(access) });

function plannedJson({ email, request, number }: PlannedEmail): IDataObject {
	// Lists of its own, for the request's are shared by all of its emails.
	return asData({ email, ...structuredClone(request.access), request: number, dryRun: true });
}

/** The fields that most workflows go on with; org phones as digits, as this node takes them. */
function simplified(member: Member): IDataObject {
	const { email, member_name, role, is_active, is_owner, label_ids, org_phones } = member;
	const digits = Array.isArray(org_phones)
		? org_phones.map((phone: unknown) =>
				typeof phone === 'string' ? phone.replace(/@c\.us$/, '') : phone,
			)
		: org_phones;
	const fields = { member_name, role, is_active, is_owner, label_ids, org_phones: digits };
	const known = Object.entries(fields).map(([name, value]) => [name, value ?? null]);
	return asData({ email, ...Object.fromEntries(known) });
}

/** What was JSON on its way in is data for n8n. */
const asData = (json: object) => json as IDataObject;

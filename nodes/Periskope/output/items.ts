import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Member } from '../api/member';
import type { RowResult } from '../match/matchRows';
import { withoutSuffix } from '../model';
import type { OperationMessages } from '../operationMessages';
import { lineOf, type RowFailure } from '../rowFailure';

/**
 * One item for each result, linked to its row; none for a missing member that is to be ignored.
 *
 * @param marksFailed whether the node's failed rows leave by an output of their own
 */
export function itemsFrom(
	results: readonly RowResult[],
	messages: OperationMessages,
	marksFailed = false,
): INodeExecutionData[] {
	const items: INodeExecutionData[] = [];
	for (const result of results) {
		const json = jsonOf(result, messages);
		if (json) items.push(itemFrom(json, result.row, marksFailed && result.kind === 'failed'));
	}
	return items;
}

/** Every row of the input failed alike, for a run that ended before it had results. */
export function itemsOfFailedRun(
	rows: number,
	failure: Pick<RowFailure, 'what' | 'advice'>,
	marksFailed: boolean,
): INodeExecutionData[] {
	return Array.from({ length: rows }, (_, row) =>
		itemFrom(failedJson({ ...failure, row, details: {} }), row, marksFailed),
	);
}

export const hasErrorOutput = ({ onError }: INode) => onError === 'continueErrorOutput';

/** Linked to one row, never to a list of rows: that breaks expressions downstream that look back. */
function itemFrom(json: IDataObject, row: number, isMarked: boolean): INodeExecutionData {
	const item: INodeExecutionData = { json, pairedItem: { item: row } };
	return isMarked ? markAsFailed(item) : item;
}

/**
 * Sends an item to the error output on n8n before 2.34 too, which doesn't know an error item by
 * its keys when `details` is one of them: failed rows would pass for updated ones. Not enumerable,
 * so that it is gone once n8n has sorted the items; what stays, n8n turns into its bare message.
 */
const markAsFailed = (item: INodeExecutionData): INodeExecutionData =>
	Object.defineProperty(item, 'error', {
		value: { message: item.json.error },
		writable: true,
	});

function jsonOf(result: RowResult, { done }: OperationMessages): IDataObject | undefined {
	switch (result.kind) {
		case 'done':
			// An object of its own on each row that asks for the member, as nodes may write on it.
			return result.output === 'full'
				? asData(copyOf(result.member))
				: simplified(copyOf(result.member));
		case 'planned': {
			const { email, access, request } = result;
			// Lists of its own, for the request's are shared by all of its emails.
			return asData({ email, ...structuredClone(access), request, dryRun: true });
		}
		case 'failed':
			return failedJson(result.failure);
		case 'notReturned': {
			const { email, reason, access, missingMembers } = result;
			return missingMembers === 'ignore'
				? undefined
				: asData({ email, [done]: false, reason, ...structuredClone(access) });
		}
	}
}

/** What was JSON when it arrived, with own keys of any name, `__proto__` too. */
const copyOf = (member: Member) => JSON.parse(JSON.stringify(member)) as Member;

/** Exactly these keys: with any other, n8n would take the item for data. */
function failedJson(failure: RowFailure): IDataObject {
	const { advice, details } = failure;
	return { error: lineOf(failure), message: advice, details: asData({ ...details }) };
}

/** The fields that most workflows go on with; org phones as digits, as this node takes them. */
function simplified(member: Member): IDataObject {
	const { email, member_name, role, is_active, is_owner, label_ids, org_phones } = member;
	const digits = Array.isArray(org_phones)
		? org_phones.map((phone: unknown) => (typeof phone === 'string' ? withoutSuffix(phone) : phone))
		: org_phones;
	const fields = { member_name, role, is_active, is_owner, label_ids, org_phones: digits };
	const known = Object.entries(fields).map(([name, value]) => [name, value ?? null]);
	return asData({ email, ...Object.fromEntries(known) });
}

/** What was JSON when it arrived is data for n8n. */
const asData = (json: object) => json as IDataObject;

import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Member } from '../api/member';
import type { DoneResult, RowResult } from '../match/matchRows';
import { withoutSuffix, type Access, type ListField, type Mode } from '../model';
import type { OperationMessages } from '../operationMessages';
import {
	lineOf,
	type FailureDetails,
	type Problem,
	type RowFailure,
	type RowId,
} from '../rowFailure';

/** In what the items of operations differ. */
export interface ItemForm {
	/** what the modes of labels and org phones take; none where there are no such fields */
	modes: readonly Mode[];
	/** whether the response holds members */
	returnsMembers: boolean;
	messages: Pick<OperationMessages, 'done'>;
}

/**
 * One item for each result, linked to its row; none for a missing member that is to be ignored.
 *
 * @param marksFailed whether the node's failed rows leave by an output of their own
 */
export function itemsFrom(
	results: readonly RowResult[],
	form: ItemForm,
	marksFailed = false,
): INodeExecutionData[] {
	const items: INodeExecutionData[] = [];
	for (const result of results) {
		const json = jsonOf(result, form);
		const isMarked = marksFailed && result.kind === 'failed';
		if (json) items.push(itemFrom(json, result.row.index, isMarked));
	}
	return items;
}

/** Every row of the input failed alike, for a run that ended before it had results. */
export function itemsOfFailedRun(
	rows: number,
	problem: Problem,
	details: FailureDetails,
	marksFailed: boolean,
): INodeExecutionData[] {
	return Array.from({ length: rows }, (_, row) =>
		itemOfFailure({ ...problem, row, details }, marksFailed),
	);
}

export const hasErrorOutput = ({ onError }: INode) => onError === 'continueErrorOutput';

/** @param marksFailed as for `itemsFrom` */
export const itemOfFailure = (failure: RowFailure, marksFailed: boolean): INodeExecutionData =>
	itemFrom(failedJson(failure), failure.row, marksFailed);

/** Linked to one row. With several, `$('…').item` in later nodes fails. */
export function itemFrom(json: IDataObject, row: number, isMarked = false): INodeExecutionData {
	const item: INodeExecutionData = { json, pairedItem: { item: row } };
	return isMarked ? markAsFailed(item) : item;
}

/**
 * Sends an item to the error output on n8n before 2.34 too, which takes an error item with
 * `details` for a success. Not enumerable, so that it is gone once n8n has sorted the items:
 * otherwise n8n would keep only the message.
 */
const markAsFailed = (item: INodeExecutionData): INodeExecutionData =>
	Object.defineProperty(item, 'error', {
		value: { message: item.json.error },
		writable: true,
	});

/** An object of its own for each item, nested ones too: nodes may write on it. */
function jsonOf(result: RowResult, form: ItemForm): IDataObject | undefined {
	switch (result.kind) {
		case 'done': {
			const { accessMismatch } = result;
			return asData({
				...(result.simplify || !form.returnsMembers
					? simplified(result, result.row, form)
					: copyOf(result.member)),
				...(accessMismatch !== undefined && { accessMismatch }),
			});
		}
		case 'planned': {
			const { email, access, request } = result;
			const columns = accessColumns(access, form);
			return asData({ email, ...columns, request, ...numberOf(result.row), dryRun: true });
		}
		case 'failed':
			return failedJson(result.failure);
		case 'notReturned': {
			const { email, reason, access, missingMembers } = result;
			if (missingMembers === 'ignore') return undefined;
			const said = { email, [form.messages.done]: false, reason };
			return asData({ ...said, ...accessColumns(access, form), ...numberOf(result.row) });
		}
	}
}

/** An object of its own for an item, of what was JSON when it arrived. */
export const dataOf = (json: object) => copyOf(json) as IDataObject;

/** With own keys of any name, `__proto__` too. */
const copyOf = <Json>(json: Json) => JSON.parse(JSON.stringify(json)) as Json;

/** Exactly these keys: with any other, n8n would take the item for data. */
function failedJson(failure: RowFailure): IDataObject {
	const { advice, details } = failure;
	return { error: lineOf(failure), message: advice, details: asData({ ...details }) };
}

/** `row_number`, with which a result is written back to its row. */
const numberOf = ({ rowNumber }: RowId) =>
	rowNumber === undefined ? {} : { row_number: rowNumber };

/** Access as the node's parameters take it, so that the item can be fed back in. */
function accessColumns({ role, labels, orgPhones }: Access, { modes }: ItemForm) {
	const nullMode = modes.includes('all') ? 'all' : 'clear';
	const modeOf = (list: Access[ListField]) =>
		list === undefined ? 'keep' : list === null ? nullMode : 'set';
	return {
		...(role !== undefined && { role }),
		// Admins have access to everything.
		...(modes.length > 0 &&
			role !== 'admin' && {
				labelsMode: modeOf(labels),
				...(labels !== undefined && { labels: copyOf(labels) }),
				orgPhonesMode: modeOf(orgPhones),
				...(orgPhones !== undefined && { orgPhones: copyOf(orgPhones) }),
			}),
	};
}

/**
 * Labels by the names that were requested, where they are confirmed, and org phones as digits. What
 * isn't known is undefined.
 */
export function confirmedLists({ member, access, differences }: DoneResult) {
	const { label_ids, org_phones } = member;
	// Where the role differs, nothing else was compared.
	const isConfirmed =
		label_ids !== undefined && !differences.some(({ field }) => field !== 'orgPhones');
	return { labels: isConfirmed ? access.labels : undefined, orgPhones: digitsOf(org_phones) };
}

function simplified(result: DoneResult, row: RowId, { messages }: ItemForm): object {
	const { email, member } = result;
	const { label_ids, role, member_name, is_active } = member;
	const fields = {
		...confirmedLists(result),
		role,
		member_name,
		is_active,
		label_ids,
	};
	return {
		email,
		[messages.done]: true,
		// What is undefined is left out.
		...copyOf(fields),
		...numberOf(row),
	};
}

const digitsOf = (phones: Member[string]): unknown =>
	Array.isArray(phones)
		? phones.map((phone: unknown) => (typeof phone === 'string' ? withoutSuffix(phone) : phone))
		: phones;

/** What was JSON when it arrived is data for n8n. */
const asData = (json: object) => json as IDataObject;

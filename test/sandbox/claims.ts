import type { IDataObject } from 'n8n-workflow';

import type { NamedAccess } from './organization';
import type { Unknowns } from './unknowns';

/** What a row asks for: names of labels and digits of phones; nothing of a field that it keeps. */
export type AskedAccess = Partial<NamedAccess>;

/** A member before and after a run, and what was otherwise for it than documented. */
export interface Truth {
	asked: AskedAccess;
	before: NamedAccess | undefined;
	after: NamedAccess | undefined;
	/** whose access isn't limited, whatever it is */
	isAdmin: boolean;
	unknowns: Unknowns;
}

const FIELDS = ['labels', 'orgPhones'] as const;

/**
 * Holds an item of the node against the sandbox's state.
 *
 * @returns what the item claims although it isn't so; undefined where all of it is true
 */
export function falseClaim(json: IDataObject, truth: Truth): string | undefined {
	const { asked, before, after } = truth;
	const details = json.details as { applied?: string; reason?: string } | undefined;
	const isUnchanged = isSame(before, after);
	if (json.dryRun === true) return isUnchanged ? undefined : 'a dry run changed access';
	const saysDifferent = json.accessMismatch !== undefined || details?.reason === 'accessMismatch';
	if (details) {
		switch (details.applied) {
			case 'no':
				return isUnchanged ? undefined : 'not applied, but access has changed';
			case 'yes':
				break;
			default:
				return undefined;
		}
	}
	if (json.updated === false || json.invited === false) return undefined;
	if (!after) return 'done, but there is no such member';
	const differs = FIELDS.some((field) => !isAsked(asked[field], after[field]));
	if (saysDifferent) {
		const isShown = truth.unknowns.listsComeBack === 'asStored';
		return differs || truth.isAdmin || !isShown
			? undefined
			: 'said to differ, but it is as it was asked for';
	}
	if (!differs || !canBeKnown(truth)) return undefined;
	return `done, but ${JSON.stringify(after)} where ${JSON.stringify(asked)} was asked for`;
}

/**
 * A response that doesn't show a list, or shows null for every list, says nothing of it. Labels come
 * back as IDs, so only their number can be compared: labels that were dropped and as many that
 * stayed make the same number.
 */
function canBeKnown({ asked, after, unknowns }: Truth): boolean {
	const { listsComeBack } = unknowns;
	if (listsComeBack === 'leftOut') return false;
	return FIELDS.some((field) => {
		const [wanted, has] = [asked[field], after?.[field]];
		if (isAsked(wanted, has)) return false;
		if (listsComeBack === 'asNull') return wanted !== null;
		return field === 'orgPhones' || wanted?.length !== has?.length;
	});
}

/** Null and an empty list are the same where null was asked for: which of them Periskope stores isn't documented. */
const isAsked = (asked: string[] | null | undefined, has: string[] | null | undefined): boolean =>
	asked === undefined || (asked === null ? (has ?? []).length === 0 : isSameList(asked, has));

const isSame = (one: NamedAccess | undefined, other: NamedAccess | undefined) =>
	FIELDS.every((field) => isSameList(one?.[field], other?.[field]));

function isSameList(one: string[] | null | undefined, other: string[] | null | undefined): boolean {
	if (!one || !other) return one === other;
	const plain = (list: string[]) => [...new Set(list.map((entry) => entry.toLowerCase()))].sort();
	return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

import { keyOf, type MemberRequest } from '../model';
import { optionOf, type OptionName, type RunOptions } from '../options';
import type { ReadRow } from '../read/readRows';
import type { Failure } from '../rowFailure';
import { formatted } from '../text';
import type { ToolCalls } from '../tool';
import { combineRows } from './combineRows';
import { planRequests } from './planRequests';
import { rejectRows, type RejectedEmails } from './rejectRows';

export interface PlanLimits {
	batchSize: number;
	/** how many members a run may be about, and the option that says so */
	max: { members: number; option: OptionName };
}

export interface Plan {
	requests: MemberRequest[];
	/** rows, or some of their emails, that can't be sent; by index of the row */
	rejected: ReadonlyMap<number, RejectedEmails>;
	/** why no row at all may be sent */
	blockedBy?: Failure;
	/** in a dry run: why a run wouldn't be sent */
	wouldBeBlockedBy?: Failure;
}

/**
 * Plans the requests for all rows that can be read, and says of all others why they aren't sent.
 *
 * @param blockedBy why nothing may be sent, where that is known already
 * @param calls of the tool before this one, where the node is one
 */
export function planRows(
	rows: readonly ReadRow[],
	{ dryRun, duplicateEmails }: Pick<RunOptions, 'dryRun' | 'duplicateEmails'>,
	{ batchSize, max }: PlanLimits,
	blockedBy?: Failure,
	calls?: ToolCalls,
): Plan {
	const changes = rows.filter((row) => row.kind === 'change');
	const { desired, conflicts } = combineRows(changes, duplicateEmails);
	const unreadable = firstUnreadableRows(rows);
	for (const key of unreadable.keys()) desired.delete(key);
	const rejected = rejectRows(rows, conflicts, unreadable);
	if (blockedBy) return { requests: [], rejected, blockedBy };
	// As a tool, calls count together, or a model would split what is too much for one.
	const number = new Set([...desired.keys(), ...(calls?.members ?? [])]).size;
	const excess = number > max.members ? tooMany(number, max) : undefined;
	// A dry run shows people all members, for them to see whether so many are meant.
	if (excess && (!dryRun || calls)) return { requests: [], rejected, blockedBy: excess };
	return {
		requests: planRequests(desired.values(), batchSize),
		rejected,
		...(excess && { wouldBeBlockedBy: excess }),
	};
}

/**
 * An email is held back on all rows if one of them can't be read: what that row wanted to change, or
 * to take away, isn't known.
 *
 * @returns the first such row of each email, by the key of the email
 */
function firstUnreadableRows(rows: readonly ReadRow[]): Map<string, number> {
	const first = new Map<string, number>();
	for (const row of rows) {
		if (row.kind === 'change' || row.asksNothing) continue;
		for (const email of [...row.emails, ...(row.mentioned ?? [])]) {
			const key = keyOf('emails', email);
			if (!first.has(key)) first.set(key, row.index);
		}
	}
	return first;
}

const tooMany = (members: number, max: PlanLimits['max']): Failure => ({
	what: `The run has ${formatted(members)} members, and '${optionOf(max.option).label}' allows ${formatted(max.members)}`,
	advice: `Nothing was sent. Check the rows. If they are right, raise '${optionOf(max.option).label}'.`,
	reason: 'tooMany',
	applied: 'no',
	details: {},
});

import { keyOf, type MemberRequest } from '../model';
import type { RunOptions } from '../options';
import type { ReadRow } from '../read/readRows';
import type { Problem } from '../rowFailure';
import { formatted } from '../text';
import { combineRows } from './combineRows';
import { planRequests } from './planRequests';
import { rejectRows, type RejectedEmails } from './rejectRows';

export interface PlanLimits {
	batchSize: number;
	/** how many members a run that isn't a dry run may be about; any number, unless given */
	maxMembers?: number;
	/** why nothing may be sent, except in a dry run */
	blockedBy?: Problem | undefined;
}

export interface Plan {
	requests: MemberRequest[];
	/** rows, or some of their emails, that can't be sent; by index of the row */
	rejected: ReadonlyMap<number, RejectedEmails>;
	/** why no row at all may be sent */
	blockedBy?: Problem;
}

/** Plans the requests for all rows that can be read, and says of all others why they aren't sent. */
export function planRows(
	rows: readonly ReadRow[],
	{ dryRun, duplicateEmails }: Pick<RunOptions, 'dryRun' | 'duplicateEmails'>,
	{ batchSize, maxMembers = Infinity, blockedBy }: PlanLimits,
): Plan {
	const changes = rows.filter((row) => row.kind === 'change');
	const { desired, conflicts } = combineRows(changes, duplicateEmails);
	const unreadable = firstUnreadableRows(rows);
	for (const key of unreadable.keys()) desired.delete(key);
	const rejected = rejectRows(rows, conflicts, unreadable);
	// A dry run shows them all, for people to see whether so many are meant.
	const problem = blockedBy ?? (desired.size > maxMembers && tooMany(desired.size, maxMembers));
	return problem && !dryRun
		? { requests: [], rejected, blockedBy: problem }
		: { requests: planRequests(desired.values(), batchSize), rejected };
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

const tooMany = (members: number, max: number): Problem => ({
	what: `The run would delete ${formatted(members)} members, and Max Deletions allows ${formatted(max)}`,
	advice:
		'Nothing was sent. Look through the rows, and if all of them are meant, raise Max Deletions in the options.',
});

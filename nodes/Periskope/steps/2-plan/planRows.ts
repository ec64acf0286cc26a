import { FIELD_NAMES } from '../1-read/memberChange';
import { caseless } from '../1-read/distinct';
import type { RunOptions } from '../1-read/options';
import type { ReadRow } from '../1-read/readRows';
import type { RowFailure } from '../rowFailure';
import { foldRows, type Conflict, type RowChange } from './foldRows';
import { planRequests, type MemberRequest } from './planRequests';

export interface PlanLimits extends Pick<RunOptions, 'batchSize' | 'duplicateEmails'> {
	/** most members that a run may be about; any number, unless given */
	mostMembers?: number;
}

/** Rows that share their fate: those to be sent, or those of a dry run. */
export interface PlannedRows {
	requests: MemberRequest[];
	conflicts: Map<string, Conflict>;
	/** where there are too many members, so that there is no request */
	tooMany?: TooMany;
}

interface TooMany {
	members: number;
	most: number;
}

export interface Plan {
	toSend: PlannedRows;
	dryRun: PlannedRows;
}

export function planRows(rows: readonly ReadRow[], limits: PlanLimits | undefined): Plan {
	const plan = (isDryRun: boolean): PlannedRows => {
		if (limits === undefined) return { requests: [], conflicts: new Map() };
		const changes: RowChange[] = [];
		for (const row of rows) {
			if ('change' in row && row.options.dryRun === isDryRun) {
				changes.push({ row: row.index, change: row.change });
			}
		}
		const { desired, conflicts } = foldRows(changes, limits.duplicateEmails);
		const { mostMembers: most = Infinity } = limits;
		// A dry run shows them all, for people to see whether so many are meant.
		if (!isDryRun && desired.size > most) {
			return { requests: [], conflicts, tooMany: { members: desired.size, most } };
		}
		return { requests: planRequests(desired.values(), limits.batchSize), conflicts };
	};
	return { toSend: plan(false), dryRun: plan(true) };
}

export const plannedWith = (row: ReadRow, plan: Plan): PlannedRows =>
	row.options.dryRun ? plan.dryRun : plan.toSend;

const MOST_PROBLEMS_NAMED = 10;

const NONE: ReadonlyMap<string, RowFailure> = new Map();

/**
 * What keeps a row, or some of its emails, from being sent; by email without regard to case. A
 * row that can't be read is refused with all of its emails, or once where it has none.
 */
export function refusalsOf(row: ReadRow, plan: Plan): ReadonlyMap<string, RowFailure> {
	const { conflicts, tooMany } = plannedWith(row, plan);
	if ('change' in row && conflicts.size === 0 && !tooMany) return NONE;
	const refusals = new Map<string, RowFailure>();
	if ('problems' in row) {
		const failure = {
			row: row.index,
			what: inShort(row.problems),
			advice: 'Nothing was sent for this row. Correct it and run it again.',
			adviceForMany: 'Correct these rows and run again.',
		};
		for (const email of row.emails) {
			refusals.set(caseless(email), { ...failure, details: { email } });
		}
		if (row.emails.length === 0) refusals.set('', { ...failure, details: {} });
		return refusals;
	}
	for (const email of row.change.emails) {
		const conflict = conflicts.get(caseless(email));
		if (conflict) refusals.set(caseless(email), conflictFailure(row.index, email, conflict));
		else if (tooMany) refusals.set(caseless(email), tooManyFailure(row.index, email, tooMany));
	}
	return refusals;
}

/** A wrong column can bring thousands of problems, and each email of the row would repeat them all. */
function inShort(problems: readonly string[]): string {
	const more = problems.length - MOST_PROBLEMS_NAMED;
	const named = problems.slice(0, MOST_PROBLEMS_NAMED).join('. ');
	return more > 0 ? `${named}. … and ${more.toLocaleString('en-US')} more` : named;
}

const tooManyFailure = (row: number, email: string, { members, most }: TooMany): RowFailure => ({
	row,
	what: `The run would delete ${members.toLocaleString('en-US')} members, and Max Deletions allows ${most.toLocaleString('en-US')}`,
	advice:
		'Nothing was sent. Look through the rows, and if all of them are meant, raise Max Deletions in the options.',
	details: { email },
	isOfRun: true,
});

function conflictFailure(
	row: number,
	email: string,
	{ field, rows: [one, other] }: Conflict,
): RowFailure {
	return {
		row,
		what: `${email} is on several rows that differ in ${FIELD_NAMES[field]} (row ${one + 1} and row ${other + 1})`,
		advice:
			'Nothing was sent for this email. Leave one row for it, or choose under Duplicate Emails to merge the rows or to use the last one. Null cannot be merged with a list, nor one role with another.',
		details: { email },
	};
}

import { FIELD_NAMES } from '../1-read/accessChange';
import { caseless } from '../1-read/distinct';
import type { RunOptions } from '../1-read/options';
import type { ReadRow } from '../1-read/readRows';
import type { RowFailure } from '../rowFailure';
import { foldRows, type Conflict, type RowChange } from './foldRows';
import { planRequests, type AccessRequest } from './planRequests';

/** Rows that share their fate: those to be sent, or those of a dry run. */
export interface PlannedRows {
	requests: AccessRequest[];
	conflicts: Map<string, Conflict>;
}

export interface AccessPlan {
	toSend: PlannedRows;
	dryRun: PlannedRows;
}

export function planAccess(
	rows: readonly ReadRow[],
	options: Pick<RunOptions, 'batchSize' | 'duplicateEmails'> | undefined,
): AccessPlan {
	const plan = (isDryRun: boolean): PlannedRows => {
		if (options === undefined) return { requests: [], conflicts: new Map() };
		const changes: RowChange[] = [];
		for (const row of rows) {
			if ('change' in row && row.options.dryRun === isDryRun) {
				changes.push({ row: row.index, change: row.change });
			}
		}
		const { desired, conflicts } = foldRows(changes, options.duplicateEmails);
		return { requests: planRequests(desired.values(), options.batchSize), conflicts };
	};
	return { toSend: plan(false), dryRun: plan(true) };
}

export const plannedWith = (row: ReadRow, plan: AccessPlan): PlannedRows =>
	row.options.dryRun ? plan.dryRun : plan.toSend;

const NONE: ReadonlyMap<string, RowFailure> = new Map();

/**
 * What keeps a row, or some of its emails, from being sent; by email without regard to case. A
 * row that can't be read is refused with all of its emails, or once where it has none.
 */
export function refusalsOf(row: ReadRow, plan: AccessPlan): ReadonlyMap<string, RowFailure> {
	const { conflicts } = plannedWith(row, plan);
	if ('change' in row && conflicts.size === 0) return NONE;
	const refusals = new Map<string, RowFailure>();
	if ('problems' in row) {
		const failure = {
			row: row.index,
			what: row.problems.join('. '),
			advice: 'Nothing was sent for this row. Correct it and run it again.',
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
	}
	return refusals;
}

function conflictFailure(
	row: number,
	email: string,
	{ field, rows: [one, other] }: Conflict,
): RowFailure {
	return {
		row,
		what: `${email} is on several rows that differ in ${FIELD_NAMES[field]} (row ${one + 1} and row ${other + 1})`,
		advice:
			'Nothing was sent for this email. Leave one row for it, or choose under Duplicate Emails to merge the rows or to use the last one. A row that clears a field cannot be merged with one that sets it.',
		details: { email },
	};
}

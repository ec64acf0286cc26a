import type { EngineRun } from '../engine/engine';
import { contradictions } from '../sandbox/mismatch';
import { isSame, wasApplied } from '../sandbox/applied';
import { falseClaim, truthOf, type Truth } from '../sandbox/claims';
import type { NamedAccess } from '../sandbox/organization';
import type { Sandbox } from '../sandbox/server';
import type { ChaosRow } from './rows';

/** A run, and what the members had before it. */
export interface Survived {
	operation: 'updateAccess' | 'invite';
	rows: readonly ChaosRow[];
	sandbox: Sandbox;
	/** by email */
	before: ReadonlyMap<string, NamedAccess>;
	/** whether a response may have come that showed nobody */
	mayBeLeftOut: boolean;
	/** how many requests about members arrived, where none of an earlier run may be among them */
	requests?: number;
}

const truthOfRow = ({ sandbox, before, ...run }: Survived, { email, asked }: ChaosRow): Truth =>
	truthOf(sandbox, email, { ...run, asked, before: before.get(email) });

/** Says what is wrong with a run's items and hints, when held against the members as the sandbox has them. */
export function wrongItems(run: Survived, result: EngineRun): string[] {
	const wrong: string[] = [];
	const done = new Set<string>();
	let failed = 0;
	const items = result.items();
	let next = 0;
	for (const [index, row] of run.rows.entries()) {
		const say = (what: string) => wrong.push(`Row ${index + 1}, ${row.email}: ${what}`);
		const item = items[next];
		const isOfRow = (item?.pairedItem as { item: number } | undefined)?.item === index;
		const truth = truthOfRow(run, row);
		if (!item || !isOfRow) {
			const mayBeIgnored = !truth.shown || truth.mayBeLeftOut;
			if (row.handling.missingMembers !== 'ignore' || !mayBeIgnored) say('has no item');
			continue;
		}
		next++;
		const { json } = item;
		const details = json.details as { email?: string; applied?: string } | undefined;
		const email = (json.email ?? details?.email) as string | undefined;
		if (email?.toLowerCase() !== row.email.toLowerCase()) say(`is about ${email ?? 'nobody'}`);
		if (row.isFlawed && details?.applied !== 'no') say('was sent, though it is flawed');
		const claim = falseClaim(json, truth, row.handling.accessMismatch);
		if (claim !== undefined)
			say(`${claim}\n    ${JSON.stringify(json)}\n    ${JSON.stringify(truth)}`);
		if (details) failed++;
		else if (json.updated !== false && json.invited !== false && contradictions(truth).length === 0)
			done.add(row.email);
	}
	if (next < items.length) wrong.push(`${items.length - next} items too many`);
	return [...wrong, ...wrongHints(run, result, done.size, failed)];
}

function wrongHints(
	{ requests: arrived = 0 }: Survived,
	{ hints }: EngineRun,
	done: number,
	failed: number,
): string[] {
	const text = hints.map(({ message }) => message).join(' ');
	const said = numberIn(text, /([\d,]+) members? (?:updated|invited) with/);
	const requests = numberIn(text, /with ([\d,]+) requests?/);
	return [
		...(said === done || (arrived === 0 && said === 0)
			? []
			: [`${done} done, said to be ${said}: ${text}`]),
		...(numberIn(text, /([\d,]+) emails? failed/) === failed ? [] : [`${failed} failed: ${text}`]),
		// A request that didn't arrive was sent too.
		...(requests >= arrived ? [] : [`${arrived} requests arrived: ${text}`]),
	];
}

/** Says what is wrong with the error of a run that stopped. */
export function wrongStop(run: Survived, { error }: EngineRun): string[] {
	const { sandbox, rows } = run;
	const text = `${error?.message ?? ''} ${error?.description ?? ''}`;
	if (text.includes('Nothing was sent')) {
		return sandbox.changes.length === 0 ? [] : [`Requests arrived: ${text}`];
	}
	const truths = [...new Map(rows.map((row) => [row.email, row])).values()].map((row) =>
		truthOfRow(run, row),
	);
	const numberOf = (is: (truth: Truth) => boolean) => truths.filter(is).length;
	const isDone = (truth: Truth) => wasApplied(truth) && contradictions(truth).length === 0;
	const isOther = (truth: Truth) => truth.shown !== undefined && contradictions(truth).length > 0;
	const done = numberIn(text, /([\d,]+) of [\d,]+ emails? (?:updated|invited)/);
	const other = numberIn(text, /, ([\d,]+) with different access than requested/);
	const unknown = numberIn(text, /, ([\d,]+) with unknown outcome/);
	const changed = numberOf(({ before, after }) => !isSame(before, after));
	const all = numberIn(text, /[\d,]+ of ([\d,]+) emails?/);
	return [
		...(/[\d,]+ of [\d,]+ email/.test(text) ? [] : ["It isn't said how many are done"]),
		...(all === truths.length ? [] : [`${truths.length} emails, said to be ${all}`]),
		...(done <= numberOf(isDone) ? [] : [`${numberOf(isDone)} done, said to be ${done}`]),
		...(other <= numberOf(isOther) ? [] : [`${numberOf(isOther)} differ, said to be ${other}`]),
		...(changed <= done + other + unknown
			? []
			: [`${changed} changed, and ${done} + ${other} + ${unknown} said to be`]),
	].map((what) => `${what}: ${text}`);
}

const numberIn = (text: string, pattern: RegExp): number =>
	Number(pattern.exec(text)?.[1]?.replaceAll(',', '') ?? 0);

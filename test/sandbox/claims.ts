import type { IDataObject } from 'n8n-workflow';

import { shownRow, type MemberRow, type NamedAccess } from './organization';
import type { Sandbox } from './server';
import type { Unknowns } from './unknowns';
import { wasApplied, isSame } from './applied';
import { contradictions, falseMismatch } from './mismatch';

/** What a row asks for: names of labels and digits of phones; nothing of a field that it keeps. */
export type AskedAccess = Partial<NamedAccess>;

/** What is so of an email after a run, whatever an item says of it. */
export interface Truth {
	asked: AskedAccess;
	role: MemberRow['role'];
	/** undefined where there was no such member */
	before: NamedAccess | undefined;
	after: NamedAccess | undefined;
	/** as the last response showed the member; undefined where it didn't */
	shown: Partial<MemberRow> | undefined;
	/** whether a response may have come that showed nobody */
	mayBeLeftOut?: boolean;
	unknowns: Unknowns;
}

/** What a request was for. */
export interface Claimed {
	operation: 'updateAccess' | 'invite';
	asked: AskedAccess;
	role?: MemberRow['role'];
	before: NamedAccess | undefined;
	mayBeLeftOut?: boolean;
}

/** The truth about an email, as the sandbox has it now. */
export function truthOf(sandbox: Sandbox, email: string, claimed: Claimed): Truth {
	const { operation, asked, before, role = 'member', mayBeLeftOut = false } = claimed;
	const unknowns = sandbox.unknownsFor(email);
	const member = sandbox.organization.member(email);
	const isLeftOut =
		operation === 'invite'
			? before !== undefined
			: member?.role === 'admin' && unknowns.admins === 'leftOut';
	const shown = member && !isLeftOut ? shownRow(member, unknowns) : undefined;
	const after = sandbox.organization.accessOf(email);
	return { asked, role, before, after, shown, mayBeLeftOut, unknowns };
}

type Handling = 'fail' | 'report' | 'ignore';

/**
 * Holds an item of the node against the truth.
 *
 * @param handling what the row asks for where access differs
 * @returns what the item claims although it isn't so; undefined where all of it is true
 */
export function falseClaim(
	json: IDataObject,
	truth: Truth,
	handling: Handling = 'fail',
): string | undefined {
	const { before, after } = truth;
	if (json.dryRun === true) {
		return isSame(before, after) ? undefined : 'a dry run changed access';
	}
	if (json.details) return falseFailure(json, json.details as Details, truth);
	if (json.updated === false || json.invited === false) return falseReport(json, truth);
	return falseSuccess(json, truth, handling);
}

interface Details {
	reason?: string;
	applied?: string;
}

function falseFailure(
	json: IDataObject,
	{ reason, applied }: Details,
	truth: Truth,
): string | undefined {
	const { before, after } = truth;
	if (reason === 'notReturned' && isReturned(truth)) return 'not returned, but was';
	const mismatch = reason === 'accessMismatch' ? falseMismatch(json.error, truth) : undefined;
	if (mismatch !== undefined) return mismatch;
	switch (applied) {
		case 'no':
			return isSame(before, after) ? undefined : `not applied, but ${changeOf(truth)}`;
		case 'yes':
			if (reason !== 'accessMismatch') return `applied, but failed with ${String(reason)}`;
			return wasApplied(truth) ? undefined : `applied, but ${changeOf(truth)}`;
		case 'unknown':
			return isSame(before, after) || wasApplied(truth)
				? undefined
				: `nobody asked for this: ${changeOf(truth)}`;
		default:
			return `applied is ${String(applied)}`;
	}
}

const isReturned = ({ shown, mayBeLeftOut = false }: Truth) => shown !== undefined && !mayBeLeftOut;

const changeOf = ({ asked, before, after }: Truth) =>
	`${JSON.stringify(before)} became ${JSON.stringify(after)} where ${JSON.stringify(asked)} was asked for`;

const FIELDS = ['labels', 'orgPhones'] as const;

/** An email that wasn't returned, with the access that it was to have. */
function falseReport(json: IDataObject, truth: Truth): string | undefined {
	const { before, after, asked, role } = truth;
	if (isReturned(truth)) return 'not returned, but was';
	if (!isSame(before, after) && !wasApplied(truth)) {
		return `nobody asked for this: ${changeOf(truth)}`;
	}
	if (role === 'admin') return undefined;
	const wrong = FIELDS.find((field) => {
		const wanted = asked[field];
		const modes = wanted === undefined ? ['keep'] : wanted === null ? ['clear', 'all'] : ['set'];
		return !modes.some((mode) => mode === json[`${field}Mode`]) || !isEqual(json[field], wanted);
	});
	return wrong && `asked for ${JSON.stringify(json[wrong])} in ${wrong}, but ${changeOf(truth)}`;
}

function falseSuccess(json: IDataObject, truth: Truth, handling: Handling): string | undefined {
	const { shown, role } = truth;
	if (!shown) return 'done, but no such member was returned';
	const isAdminAlready = shown.role === 'admin' && role === 'member';
	if (!isAdminAlready && !wasApplied(truth)) return `done, but ${changeOf(truth)}`;
	const differences = contradictions(truth);
	const isReported = json.accessMismatch !== undefined;
	if (isReported !== (handling === 'report' && differences.length > 0)) {
		return isReported
			? `said to differ, which it doesn't or isn't to say (${handling})`
			: `done, but the response differs in ${differences.join(', ')}: ${changeOf(truth)}`;
	}
	if (differences.length > 0 && handling === 'fail') {
		return `done, but the response differs in ${differences.join(', ')}: ${changeOf(truth)}`;
	}
	const mismatch = isReported ? falseMismatch(json.accessMismatch, truth) : undefined;
	return mismatch ?? falseContent(json, truth, shown);
}

/** What the item shows of the member. */
function falseContent(
	json: IDataObject,
	truth: Truth,
	shown: Partial<MemberRow>,
): string | undefined {
	if (!('updated' in json || 'invited' in json)) {
		return isEqual({ ...json, accessMismatch: undefined }, shown)
			? undefined
			: `shows another member: ${JSON.stringify(json)}`;
	}
	const { labels, orgPhones, label_ids, role } = json;
	const digits = shown.org_phones?.map((phone) => phone.replace('@c.us', '')) ?? shown.org_phones;
	// Where the role differs, access isn't what it says.
	const isConfirmed =
		shown.label_ids !== undefined && contradictions(truth).every((field) => field === 'orgPhones');
	const known = isConfirmed ? truth.asked.labels : undefined;
	return isEqual(
		{ labels, orgPhones, label_ids, role },
		{ labels: known, orgPhones: digits, label_ids: shown.label_ids, role: shown.role },
	)
		? undefined
		: `shows another access: ${JSON.stringify(json)}`;
}

/** As JSON, whatever the order of keys. */
const isEqual = (one: unknown, other: unknown) => plain(one) === plain(other);

const plain = (value: unknown): string | undefined =>
	JSON.stringify(value, (_, part: unknown) =>
		typeof part === 'object' && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
			: part,
	);

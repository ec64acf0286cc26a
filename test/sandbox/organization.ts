import { labelId, LabelNames } from './labelNames';
import type { AccessBody, InviteBody, Invited, Rejection } from './memberCalls';
import type { MemberRow } from './memberRow';
import {
	invitedRow,
	memberRow,
	SEED_ADMINS,
	SEED_LABELS,
	SEED_MEMBERS,
	SEED_PHONES,
	type SeedPhone,
} from './seed';
import type { Unknowns } from './unknowns';

export type { MemberRow } from './memberRow';
export { SEED_ADMINS, SEED_INACTIVE, SEED_LABELS, SEED_MEMBERS, SEED_PHONES } from './seed';
export { DEFAULT_UNKNOWNS, type Unknowns } from './unknowns';

/** What is unknown of Periskope, as it is for one member. */
export type UnknownsOf = (email: string) => Unknowns;

/** Either may be left out. */
type AskedAccess = Record<'labels' | 'orgPhones', string[] | null | undefined>;

/** A member's access as it was asked for: names of labels, digits of phones. */
export interface NamedAccess {
	labels: string[] | null;
	orgPhones: string[] | null;
}

/** An organization's members and labels, and what the calls do to them. */
export class Organization {
	/** by email in lower case */
	readonly members = new Map<string, MemberRow>();
	/** whom an invitation was mailed to, in lower case; as often as it was */
	readonly mails: string[] = [];
	private readonly labels = new LabelNames(SEED_LABELS);

	private readonly numbers: ReadonlySet<string>;

	constructor(
		extraMembers: readonly string[] = [],
		readonly phones: readonly SeedPhone[] = SEED_PHONES,
	) {
		this.numbers = new Set(
			phones.flatMap(({ org_phone }) => org_phone?.replace('@c.us', '') ?? []),
		);
		for (const email of SEED_ADMINS) this.add(memberRow(email, 'admin'));
		for (const email of [...SEED_MEMBERS, ...extraMembers]) this.add(memberRow(email, 'member'));
	}

	member(email: string): MemberRow | undefined {
		return this.members.get(email.toLowerCase());
	}

	accessOf(email: string): NamedAccess | undefined {
		const member = this.member(email);
		return (
			member && {
				labels: member.label_ids?.map((id) => this.labels.nameOf(id)) ?? null,
				orgPhones: member.org_phones?.map((phone) => phone.replace('@c.us', '')) ?? null,
			}
		);
	}

	/**
	 * Gives each member what the body holds, as it does for that member what is unknown.
	 *
	 * @param store false to learn the answer without carrying the change out
	 * @returns each member once and by email, as a table gives rows: never in the order asked for
	 */
	updateAccess(
		{ emails, labels, orgPhones }: AccessBody,
		unknownsOf: UnknownsOf,
		store = true,
	): MemberRow[] | Rejection {
		const asked = { labels, orgPhones };
		const rejection = this.rejected(emails, asked, unknownsOf);
		if (rejection) return rejection;
		const keys = new Set(emails.map((email) => email.toLowerCase()));
		const rows = [...keys].sort().flatMap((email) => {
			const member = this.members.get(email);
			if (!member) return [];
			const unknowns = unknownsOf(email);
			if (member.role === 'admin') return unknowns.admins === 'returned' ? [member] : [];
			this.create(labels, unknowns, store);
			return [{ ...member, ...this.updated(member, asked, unknowns) }];
		});
		if (store) for (const row of rows) this.add(row);
		return rows.map((row) => shownRow(row, unknownsOf(row.email)));
	}

	/**
	 * Adds whoever is not a member yet, with access to all that the body does not name. Everyone
	 * in it is mailed, members too, so that a call that is made twice shows.
	 *
	 * @param store false to learn the answer without adding or mailing anyone
	 * @returns each email once and in an order of its own, as `updateAccess` does
	 */
	invite(
		{ emails, role = 'member', labels = null, orgPhones = null }: InviteBody,
		unknownsOf: UnknownsOf,
		store = true,
	): Invited | Rejection {
		// What the body says of an admin's access is ignored: an admin has access to all.
		const access = role === 'admin' ? ALL_ACCESS : { labels, orgPhones };
		const rejection = this.rejected(emails, access, unknownsOf, true);
		if (rejection) return rejection;
		const asked = new Map(emails.map((email) => [email.toLowerCase(), email]));
		const added: MemberRow[] = [];
		const errors: Invited['errors'] = [];
		for (const [lowered, email] of [...asked].sort(byEmail)) {
			const member = this.members.get(lowered);
			const unknowns = unknownsOf(lowered);
			if (member) {
				errors.push(alreadyMember(spelled(member.email, unknowns)));
				continue;
			}
			this.create(access.labels, unknowns, store);
			const row = invitedRow(email, role);
			const replaced: Unknowns = { ...unknowns, lists: 'replace', nulls: 'stored' };
			added.push({ ...row, ...this.updated(row, access, replaced) });
		}
		if (store) {
			for (const row of added) this.add(row);
			this.mails.push(...asked.keys());
		}
		return { addedMembers: added.map((row) => shownRow(row, unknownsOf(row.email))), errors };
	}

	/**
	 * @param store false to learn the answer without removing the member
	 * @returns whether there was such a member, admins included
	 */
	remove(email: string, store = true): boolean {
		const key = email.toLowerCase();
		return store ? this.members.delete(key) : this.members.has(key);
	}

	private add(member: MemberRow): void {
		this.members.set(member.email.toLowerCase(), member);
	}

	/** New labels are there from the first member on for whom they are created. */
	private create(labels: AskedAccess['labels'], { unknownLabels }: Unknowns, store: boolean): void {
		if (store && unknownLabels === 'created') this.labels.add(labels ?? []);
	}

	private updated(
		{ label_ids, org_phones }: MemberRow,
		{ labels, orgPhones }: AskedAccess,
		unknowns: Unknowns,
	): Pick<MemberRow, 'label_ids' | 'org_phones'> {
		const { unknownLabels, unknownPhones } = unknowns;
		const known = labels?.filter((label) => unknownLabels !== 'dropped' || this.labels.has(label));
		const listed = orgPhones?.filter(
			(digits) => unknownPhones !== 'dropped' || this.numbers.has(digits),
		);
		return {
			label_ids: listAfter(label_ids, labels && (known ?? []).map(labelId), unknowns),
			org_phones: listAfter(
				org_phones,
				orgPhones && (listed ?? []).map((digits) => `${digits}@c.us`),
				unknowns,
			),
		};
	}

	private rejected(
		emails: readonly string[],
		{ labels, orgPhones }: AskedAccess,
		unknownsOf: UnknownsOf,
		areNew = false,
	): Rejection | undefined {
		for (const email of emails) {
			const { unknownEmails, unknownLabels, unknownPhones } = unknownsOf(email.toLowerCase());
			if (!areNew && unknownEmails === 'rejected' && !this.member(email)) {
				return { field: 'emails', message: `${email} is not a member`, value: email };
			}
			const label = labels?.find((name) => !this.labels.has(name));
			if (unknownLabels === 'rejected' && label !== undefined) {
				return { field: 'labels', message: `There is no label ${label}`, value: label };
			}
			const phone = orgPhones?.find((digits) => !this.numbers.has(digits));
			if (unknownPhones === 'rejected' && phone !== undefined) {
				return { field: 'orgPhones', message: `There is no org phone ${phone}`, value: phone };
			}
		}
		return undefined;
	}
}

export const seedOrganization = (extraMembers?: readonly string[]) =>
	new Organization(extraMembers);

const ALL_ACCESS: NamedAccess = { labels: null, orgPhones: null };

/** What a field of access holds after an update. */
function listAfter(
	before: string[] | null,
	asked: string[] | null | undefined,
	{ lists, nulls, omittedFields }: Unknowns,
): string[] | null {
	if (asked === undefined) return omittedFields === 'kept' ? before : null;
	if (asked === null) return nulls === 'stored' ? null : nulls === 'kept' ? before : [];
	return [...new Set([...(lists === 'add' ? (before ?? []) : []), ...asked])];
}

/** A member as a response shows it. */
export function shownRow(row: MemberRow, unknowns: Unknowns): MemberRow {
	const { label_ids, org_phones, ...others } = row;
	const shown = { ...others, email: spelled(row.email, unknowns) };
	switch (unknowns.listsComeBack) {
		case 'asStored':
			return { ...shown, label_ids, org_phones };
		case 'asNull':
			return { ...shown, label_ids: null, org_phones: null };
		case 'leftOut':
			return shown as MemberRow;
	}
}

const byEmail = ([one]: [string, string], [other]: [string, string]) => (one < other ? -1 : 1);

const spelled = (email: string, { emailCase }: Unknowns) =>
	emailCase === 'kept' ? email : email.toLowerCase();

const alreadyMember = (email: string): Invited['errors'][number] => ({
	email,
	error: { message: `${email} is already a member` },
});

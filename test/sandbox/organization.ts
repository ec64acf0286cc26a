import { labelId, LabelNames } from './labelNames';
import type { AccessBody, InviteBody, Invited, Rejection } from './memberCalls';
import type { MemberRow } from './memberRow';
import { invitedRow, memberRow, SEED_ADMINS, SEED_LABELS, SEED_MEMBERS } from './seed';
import type { Unknowns } from './unknowns';

export type { MemberRow } from './memberRow';
export { SEED_ADMINS, SEED_INACTIVE, SEED_LABELS, SEED_MEMBERS, SEED_PHONES } from './seed';
export { DEFAULT_UNKNOWNS, type Unknowns } from './unknowns';

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

	constructor(extraMembers: readonly string[] = []) {
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
	 * Replaces what each member has by what the body holds; a field that it leaves out stays.
	 *
	 * @param store false to learn the answer without carrying the change out
	 * @returns each member once and by email, as a table gives rows: never in the order asked for
	 */
	updateAccess(
		{ emails, labels, orgPhones }: AccessBody,
		unknowns: Unknowns,
		store = true,
	): MemberRow[] | Rejection {
		const stranger = emails.find((email) => !this.member(email));
		if (stranger !== undefined && unknowns.unknownEmails === 'rejected') {
			return { field: 'emails', message: `${stranger} is not a member`, value: stranger };
		}
		const rejection = this.rejectedLabel(labels, unknowns);
		if (rejection) return rejection;
		const asked = new Set(emails.map((email) => email.toLowerCase()));
		const rows = [...asked].sort().flatMap((email) => {
			const member = this.members.get(email);
			if (!member) return [];
			if (member.role === 'admin') return unknowns.admins === 'returned' ? [member] : [];
			return [{ ...member, ...storedAccess({ labels, orgPhones }) }];
		});
		if (store) {
			this.labels.add(labels ?? []);
			for (const row of rows) this.add(row);
		}
		return rows.map((row) => ({ ...row, email: spelled(row.email, unknowns) }));
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
		unknowns: Unknowns,
		store = true,
	): Invited | Rejection {
		// What the body says of an admin's access is ignored: an admin has access to all.
		const access = role === 'admin' ? ALL_ACCESS : { labels, orgPhones };
		const rejection = this.rejectedLabel(access.labels, unknowns);
		if (rejection) return rejection;
		const asked = new Map(emails.map((email) => [email.toLowerCase(), email]));
		const added: MemberRow[] = [];
		const errors: Invited['errors'] = [];
		for (const [lowered, email] of [...asked].sort(byEmail)) {
			const member = this.members.get(lowered);
			if (member) errors.push(alreadyMember(spelled(member.email, unknowns)));
			else added.push({ ...invitedRow(email, role), ...storedAccess(access) });
		}
		if (store) {
			this.labels.add(access.labels ?? []);
			for (const row of added) this.add(row);
			this.mails.push(...asked.keys());
		}
		return {
			addedMembers: added.map((row) => ({ ...row, email: spelled(row.email, unknowns) })),
			errors,
		};
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

	private rejectedLabel(
		labels: AskedAccess['labels'],
		{ unknownLabels }: Unknowns,
	): Rejection | undefined {
		if (unknownLabels === 'created') return undefined;
		const unknown = labels?.find((label) => !this.labels.has(label));
		if (unknown === undefined) return undefined;
		return { field: 'labels', message: `There is no label ${unknown}`, value: unknown };
	}
}

export const seedOrganization = (extraMembers?: readonly string[]) =>
	new Organization(extraMembers);

const ALL_ACCESS: NamedAccess = { labels: null, orgPhones: null };

/** What a row holds for it: ids of labels, chat ids of phones, and nothing of what is left out. */
const storedAccess = ({ labels, orgPhones }: AskedAccess): Partial<MemberRow> => ({
	...(labels !== undefined && { label_ids: labels && [...new Set(labels.map(labelId))] }),
	...(orgPhones !== undefined && {
		org_phones: orgPhones && orgPhones.map((digits) => `${digits}@c.us`),
	}),
});

const byEmail = ([one]: [string, string], [other]: [string, string]) => (one < other ? -1 : 1);

const spelled = (email: string, { emailCase }: Unknowns) =>
	emailCase === 'kept' ? email : email.toLowerCase();

const alreadyMember = (email: string): Invited['errors'][number] => ({
	email,
	error: { message: `${email} is already a member` },
});

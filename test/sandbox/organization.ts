import { idOf, memberRow, SEED_ADMINS, SEED_LABELS, SEED_MEMBERS } from './seed';

export { SEED_ADMINS, SEED_INACTIVE, SEED_LABELS, SEED_MEMBERS, SEED_PHONES } from './seed';

/** A member's row, with every field that Periskope documents. */
export interface MemberRow {
	created_at: string;
	email: string;
	user_id: string | null;
	invited_at: string;
	invited_by: string | null;
	org_id: string;
	role: 'admin' | 'member';
	member_image: string | null;
	member_name: string | null;
	is_active: boolean;
	member_color: string | null;
	label_ids: string[] | null;
	org_phones: string[] | null;
	is_owner: boolean | null;
	preferences: Record<string, boolean>;
	is_online: boolean | null;
	member_metadata: Record<string, unknown>;
}

export interface AccessBody {
	emails: string[];
	labels?: string[] | null;
	orgPhones?: string[] | null;
}

/** What Periskope's pages leave open. Tests cover each way. */
export interface Unknowns {
	unknownEmails: 'leftOut' | 'rejected';
	admins: 'leftOut' | 'returned';
	unknownLabels: 'created' | 'rejected';
	/** how emails are spelled in an answer; they are always found whatever their case */
	emailCase: 'kept' | 'lowered';
}

export const DEFAULT_UNKNOWNS: Unknowns = {
	unknownEmails: 'leftOut',
	admins: 'leftOut',
	unknownLabels: 'created',
	emailCase: 'kept',
};

export interface Rejection {
	field: 'emails' | 'labels';
	message: string;
	value: string;
}

/** A member's access as it was asked for: names of labels, digits of phones. */
export interface NamedAccess {
	labels: string[] | null;
	orgPhones: string[] | null;
}

/** An organization's members and labels, and what an update does to them. */
export class Organization {
	/** by email in lower case */
	readonly members = new Map<string, MemberRow>();
	/** names by id */
	private readonly labels = new Map<string, string>();

	constructor(extraMembers: readonly string[] = []) {
		this.addLabels(SEED_LABELS);
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
				labels: member.label_ids?.map((id) => this.labels.get(id) ?? id) ?? null,
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
		const newLabel = labels?.find((label) => !this.labels.has(labelId(label)));
		if (newLabel !== undefined && unknowns.unknownLabels === 'rejected') {
			return { field: 'labels', message: `There is no label ${newLabel}`, value: newLabel };
		}
		const access = {
			...(labels !== undefined && { label_ids: labels && [...new Set(labels.map(labelId))] }),
			...(orgPhones !== undefined && {
				org_phones: orgPhones && orgPhones.map((digits) => `${digits}@c.us`),
			}),
		};
		const asked = new Set(emails.map((email) => email.toLowerCase()));
		const rows = [...asked].sort().flatMap((email) => {
			const member = this.members.get(email);
			if (!member) return [];
			if (member.role === 'admin') return unknowns.admins === 'returned' ? [member] : [];
			return [{ ...member, ...structuredClone(access) }];
		});
		if (store) {
			this.addLabels(labels ?? []);
			for (const row of rows) this.add(row);
		}
		return unknowns.emailCase === 'kept'
			? rows
			: rows.map((row) => ({ ...row, email: row.email.toLowerCase() }));
	}

	private add(member: MemberRow): void {
		this.members.set(member.email.toLowerCase(), member);
	}

	/** The first spelling of a label stays its name. */
	private addLabels(names: readonly string[]): void {
		for (const name of names) {
			if (!this.labels.has(labelId(name))) this.labels.set(labelId(name), name);
		}
	}
}

export const seedOrganization = (extraMembers?: readonly string[]) =>
	new Organization(extraMembers);

const labelId = (name: string) => idOf('label', name.toLowerCase());

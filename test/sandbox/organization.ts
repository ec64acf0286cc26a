import { createHash } from 'node:crypto';

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

const ORG_ID = '5b0c7a52-2f0e-4b8e-9d0e-7d7f5f1c9a10';
const SEEDED_AT = '2026-01-05T09:00:00.000000+00:00';

export const SEED_LABELS = [
	'Sales',
	'Support',
	'Billing',
	'VIP',
	'Onboarding',
	'Logistics',
	'North',
	'South',
];
export const SEED_PHONES = [
	{ org_phone: '918527184400@c.us', phone_name: 'Support', wa_state: 'CONNECTED' },
	{ org_phone: '918527184401@c.us', phone_name: 'Sales', wa_state: 'CONNECTED' },
	{ org_phone: '14155550123@c.us', phone_name: 'US Desk', wa_state: 'DISCONNECTED' },
	{ org_phone: '4915735983450@c.us', phone_name: null, wa_state: null },
	{ org_phone: null, phone_name: 'New phone', wa_state: null },
];
export const SEED_ADMINS = [
	'olivia.owner@acme.example',
	'arun.admin@acme.example',
	'ada.admin@acme.example',
];
export const SEED_MEMBERS = [
	'asha.rao',
	'ben.okafor',
	'carla.mendes',
	'dev.patel',
	'elif.kaya',
	'farid.haddad',
	'grace.kim',
	'hugo.martin',
	'ines.silva',
	'jonas.weber',
	'kavya.nair',
	'liam.murphy',
	'mei.chen',
	'noah.cohen',
	'omar.farouk',
	'priya.singh',
	'quinn.baker',
	'rosa.lopez',
	'sven.larsen',
	'tara.jones',
	'uma.iyer',
	'viktor.novak',
	'wendy.clark',
	'ximena.ruiz',
	'yusuf.demir',
	'zoe.dubois',
	'anil.gupta',
	'bianca.rossi',
	'chen.wei',
	'diya.shah',
	'emeka.obi',
	'fatima.zahra',
	'george.evans',
	'hana.sato',
	'ivan.petrov',
	'julia.nowak',
	'kofi.mensah',
	'lena.fischer',
	'manoj.kumar',
	'nora.hansen',
].map((name) => `${name}@acme.example`);
const INACTIVE = new Set(['lena.fischer@acme.example', 'manoj.kumar@acme.example']);

/** An organization's members, labels and phones, and what an update does to them. */
export class Organization {
	readonly members = new Map<string, MemberRow>();
	private readonly labelIds = new Map<string, string>();
	private readonly labelNames = new Map<string, string>();

	constructor(extraMembers: readonly string[] = []) {
		for (const label of SEED_LABELS) this.createLabel(label);
		for (const email of SEED_ADMINS) this.add(email, 'admin');
		for (const email of [...SEED_MEMBERS, ...extraMembers]) this.add(email, 'member');
	}

	member(email: string): MemberRow | undefined {
		return this.members.get(email.toLowerCase());
	}

	/** A member's access as it was asked for: names of labels, digits of phones. */
	accessOf(email: string): { labels: string[] | null; orgPhones: string[] | null } | undefined {
		const member = this.member(email);
		if (!member) return undefined;
		return {
			labels: member.label_ids && member.label_ids.map((id) => this.labelNames.get(id) ?? id),
			orgPhones: member.org_phones && member.org_phones.map((phone) => phone.replace('@c.us', '')),
		};
	}

	/** Replaces what each member has by what the body holds; a field that it leaves out stays. */
	updateAccess(
		{ emails, labels, orgPhones }: AccessBody,
		unknowns: Unknowns,
	): MemberRow[] | Rejection {
		const stranger = emails.find((email) => !this.member(email));
		if (stranger !== undefined && unknowns.unknownEmails === 'rejected') {
			return { field: 'emails', message: `${stranger} is not a member`, value: stranger };
		}
		const newLabel = labels?.find((label) => !this.labelIds.has(label.toLowerCase()));
		if (newLabel !== undefined && unknowns.unknownLabels === 'rejected') {
			return { field: 'labels', message: `There is no label ${newLabel}`, value: newLabel };
		}
		const labelIds = labels && labels.map((label) => this.createLabel(label));
		return emails.flatMap((email) => {
			const member = this.member(email);
			if (!member) return [];
			if (member.role === 'member') {
				if (labelIds !== undefined) member.label_ids = labelIds;
				if (orgPhones !== undefined) {
					member.org_phones = orgPhones && orgPhones.map((digits) => `${digits}@c.us`);
				}
			} else if (unknowns.admins === 'leftOut') return [];
			return [
				unknowns.emailCase === 'lowered'
					? { ...member, email: member.email.toLowerCase() }
					: member,
			];
		});
	}

	private createLabel(name: string): string {
		const key = name.toLowerCase();
		const id = this.labelIds.get(key) ?? `label-${shortHash(key)}`;
		if (!this.labelIds.has(key)) {
			this.labelIds.set(key, id);
			this.labelNames.set(id, name);
		}
		return id;
	}

	private add(email: string, role: 'admin' | 'member'): void {
		const name = email.split('@')[0] ?? '';
		this.members.set(email.toLowerCase(), {
			created_at: SEEDED_AT,
			email,
			user_id: `user-${shortHash(email)}`,
			invited_at: SEEDED_AT,
			invited_by: null,
			org_id: ORG_ID,
			role,
			member_image: null,
			member_name: name.replace(
				/(^|\.)(\w)/g,
				(_, dot: string, letter: string) => `${dot && ' '}${letter.toUpperCase()}`,
			),
			is_active: !INACTIVE.has(email),
			member_color: '#DB2777',
			label_ids: [],
			org_phones: [],
			is_owner: email === SEED_ADMINS[0] || null,
			preferences: {
				left_sidebar_open: false,
				right_sidepanel_open: true,
				sync_wa_unread_count: true,
			},
			is_online: null,
			member_metadata: {},
		});
	}
}

export const phoneRows = () =>
	SEED_PHONES.map((phone, index) => ({
		...phone,
		phone_id: `phone-${shortHash(String(index))}`,
		org_id: ORG_ID,
		is_ready: phone.wa_state === 'CONNECTED',
		labels: [],
		label_ids: [],
		created_at: SEEDED_AT,
	}));

function shortHash(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

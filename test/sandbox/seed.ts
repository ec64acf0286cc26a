import { createHash } from 'node:crypto';

import type { MemberRow } from './memberRow';

/** Long and of the shape of a JWT, as Periskope's keys are. */
export const API_KEY =
	'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJvcmciOiJhY21lIiwic2FuZGJveCI6dHJ1ZX0.c2FuZGJveC1rZXktbm90LWEtc2VjcmV0';
export const ORG_ID = '5b0c7a52-2f0e-4b8e-9d0e-7d7f5f1c9a10';
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
/** Each may be null. */
export type SeedPhone = Record<'org_phone' | 'phone_name' | 'wa_state', string | null>;
export const SEED_PHONES: readonly SeedPhone[] = [
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
export const SEED_MEMBERS = (
	'asha.rao ben.okafor carla.mendes dev.patel elif.kaya farid.haddad grace.kim hugo.martin ' +
	'ines.silva jonas.weber kavya.nair liam.murphy mei.chen noah.cohen omar.farouk priya.singh ' +
	'quinn.baker rosa.lopez sven.larsen tara.jones uma.iyer viktor.novak wendy.clark ' +
	'ximena.ruiz yusuf.demir zoe.dubois anil.gupta bianca.rossi chen.wei diya.shah emeka.obi ' +
	'fatima.zahra george.evans hana.sato ivan.petrov julia.nowak kofi.mensah lena.fischer ' +
	'manoj.kumar nora.hansen'
)
	.split(' ')
	.map((name) => `${name}@acme.example`);
export const SEED_INACTIVE = ['lena.fischer@acme.example', 'manoj.kumar@acme.example'];

/** The same id for the same text, so that runs can be compared. */
export const idOf = (kind: 'label' | 'phone' | 'user', text: string) =>
	`${kind}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;

export function memberRow(email: string, role: MemberRow['role']): MemberRow {
	const isActive = !SEED_INACTIVE.includes(email);
	return {
		created_at: SEEDED_AT,
		email,
		user_id: isActive ? idOf('user', email) : null,
		invited_at: SEEDED_AT,
		invited_by: null,
		org_id: ORG_ID,
		role,
		member_image: null,
		member_name: nameFrom(email),
		is_active: isActive,
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
	};
}

/** Someone who was invited and has not signed in yet. */
export const invitedRow = (email: string, role: MemberRow['role']): MemberRow => ({
	...memberRow(email, role),
	user_id: null,
	is_active: false,
});

export const phoneRows = (phones: readonly SeedPhone[]) =>
	phones.map((phone, index) => ({
		...phone,
		phone_id: idOf('phone', String(index)),
		org_id: ORG_ID,
		is_ready: phone.wa_state === 'CONNECTED',
		phone_image: null,
		qr_code: null,
		labels: [],
		label_ids: [],
		first_connected_at: phone.wa_state === null ? null : SEEDED_AT,
		created_at: SEEDED_AT,
		updated_at: SEEDED_AT,
	}));

const nameFrom = (email: string) =>
	email
		.replace(/@.*/, '')
		.split('.')
		.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
		.join(' ');

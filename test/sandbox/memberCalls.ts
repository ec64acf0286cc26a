import type { MemberRow } from './memberRow';

export interface AccessBody {
	emails: string[];
	labels?: string[] | null;
	orgPhones?: string[] | null;
}

export interface InviteBody extends AccessBody {
	role?: MemberRow['role'];
}

/** What an invitation has come to for each email: some may be added and others not. */
export interface Invited {
	addedMembers: MemberRow[];
	errors: { email: string; error: { message: string } }[];
}

/** Why a call is not carried out at all. */
export interface Rejection {
	field: 'emails' | 'labels' | 'orgPhones';
	message: string;
	value: string;
}

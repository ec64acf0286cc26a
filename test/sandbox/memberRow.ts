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

import type { Access } from '../1-read/memberChange';
import type { DesiredAccess } from './foldRows';

/** One call: these emails, each to have this access. Without a field where it is about members alone. */
export interface MemberRequest {
	emails: readonly string[];
	/** the first row of each email, in ascending order */
	rows: readonly number[];
	access: Access;
}

/** The first row that a request carries, by index. */
export const firstRowOf = ({ rows }: MemberRequest): number => rows[0] ?? 0;

/**
 * The fewest requests that carry every email once with its own access, none with more than
 * `batchSize` emails, in the order of the first row that each carries.
 */
export function planRequests(desired: Iterable<DesiredAccess>, batchSize: number): MemberRequest[] {
	const groups = new Map<string, DesiredAccess[]>();
	const accessKey = accessKeys();
	for (const member of desired) {
		const key = accessKey(member.access);
		const group = groups.get(key);
		if (group) group.push(member);
		else groups.set(key, [member]);
	}
	return [...groups.values()]
		.flatMap((group) => cut(group, batchSize))
		.sort((a, b) => firstRowOf(a) - firstRowOf(b));
}

/**
 * Gives keys that are equal for accesses that are the same request: the order of a list doesn't
 * matter, but its spelling does. Whether Periskope tells "Sales" from "sales" here isn't
 * documented, so each member gets the spelling of its own row.
 */
function accessKeys(): (access: Access) => string {
	const keys = new Map<readonly string[], string>();
	const keyOf = (list: readonly string[] | null | undefined): string => {
		// Nothing that JSON would make of a list.
		if (list === undefined) return 'unchanged';
		if (list === null) return 'null';
		const key = keys.get(list) ?? JSON.stringify(list.toSorted());
		keys.set(list, key);
		return key;
	};
	return ({ role, labels, orgPhones }) => `${role ?? ''} ${keyOf(labels)} ${keyOf(orgPhones)}`;
}

function cut(group: readonly DesiredAccess[], batchSize: number): MemberRequest[] {
	const requests: MemberRequest[] = [];
	for (let start = 0; start < group.length; start += batchSize) {
		const members = group.slice(start, start + batchSize);
		const [first] = members;
		if (first === undefined) break;
		requests.push({
			emails: members.map(({ email }) => email),
			rows: members.map(({ firstRow }) => firstRow),
			access: first.access,
		});
	}
	return requests;
}

import { firstRowOf, type Access, type MemberRequest } from '../model';
import type { DesiredAccess } from './combineRows';

/**
 * The fewest requests that carry every email once with its own access, none with more than
 * `batchSize` emails, in the order of the first row that each carries.
 */
export function planRequests(desired: Iterable<DesiredAccess>, batchSize: number): MemberRequest[] {
	const groups = new Map<string, DesiredAccess[]>();
	for (const member of desired) {
		const key = accessKey(member.access);
		const group = groups.get(key);
		if (group) group.push(member);
		else groups.set(key, [member]);
	}
	return [...groups.values()]
		.flatMap((group) => requestsFor(group, batchSize))
		.sort((a, b) => firstRowOf(a) - firstRowOf(b));
}

/**
 * Equal for accesses that are the same request: the order of a list doesn't matter, but its
 * spelling does. Whether Periskope tells "Sales" from "sales" here isn't documented, so each
 * member gets the spelling of its own row.
 */
const accessKey = ({ role, labels, orgPhones }: Access): string =>
	// A field that is left out is null in the array too, so null has a text of its own.
	JSON.stringify([role, listKey(labels), listKey(orgPhones)]);

const listKey = (list: readonly string[] | null | undefined) =>
	list === null ? 'null' : list?.toSorted();

function requestsFor(group: readonly DesiredAccess[], batchSize: number): MemberRequest[] {
	const batches = Array.from({ length: Math.ceil(group.length / batchSize) }, (_, index) =>
		group.slice(index * batchSize, (index + 1) * batchSize),
	);
	return batches.map((members) => ({
		emails: members.map(({ email }) => email),
		rows: members.map(({ firstRow }) => firstRow),
		access: members[0]?.access ?? {},
	}));
}

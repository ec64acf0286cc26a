import type { Truth } from './claims';
import type { NamedAccess } from './organization';

/** What the invitation of a new member starts from, whatever updates do to null and to lists. */
const NEW_MEMBER: NamedAccess = { labels: null, orgPhones: null };
const FOR_NEW = { lists: 'replace', nulls: 'stored', omittedFields: 'kept' } as const;

/** Whether the member has what a request leaves, as far as that is known of the member. */
export function wasApplied(truth: Truth): boolean {
	const { before = NEW_MEMBER, after, asked } = truth;
	const { unknownLabels, unknownPhones, ...unknowns } = {
		...truth.unknowns,
		...(truth.before ? {} : FOR_NEW),
	};
	return (
		after !== undefined &&
		isLeft(before.labels, asked.labels, after.labels, unknowns, unknownLabels === 'dropped') &&
		isLeft(
			before.orgPhones,
			asked.orgPhones,
			after.orgPhones,
			unknowns,
			unknownPhones === 'dropped',
		)
	);
}

type List = string[] | null;

function isLeft(
	before: List,
	asked: List | undefined,
	after: List,
	{ lists, nulls, omittedFields }: Pick<Truth['unknowns'], 'lists' | 'nulls' | 'omittedFields'>,
	mayDrop: boolean,
): boolean {
	if (asked === undefined) return isSameList(after, omittedFields === 'kept' ? before : null);
	if (asked === null) {
		return isSameList(after, { stored: null, kept: before, emptied: [] }[nulls]);
	}
	if (after === null) return false;
	const kept = lists === 'add' ? (before ?? []) : [];
	const most = keysOf([...kept, ...asked]);
	const least = keysOf(mayDrop ? kept : [...kept, ...asked]);
	const has = keysOf(after);
	return [...has].every((key) => most.has(key)) && [...least].every((key) => has.has(key));
}

export const isSame = (one: NamedAccess | undefined, other: NamedAccess | undefined): boolean =>
	isSameList(one?.labels, other?.labels) && isSameList(one?.orgPhones, other?.orgPhones);

function isSameList(one: List | undefined, other: List | undefined): boolean {
	if (!one || !other) return one === other;
	const [keys, others] = [keysOf(one), keysOf(other)];
	return keys.size === others.size && [...keys].every((key) => others.has(key));
}

const keysOf = (list: readonly string[]) => new Set(list.map((entry) => entry.toLowerCase()));

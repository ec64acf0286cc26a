import type { Truth } from './claims';

type Field = 'role' | 'labels' | 'orgPhones';
type Shown = readonly string[] | null | undefined;

/** In what the response shows that the member hasn't what was asked for. */
export function contradictions({ asked, role, shown }: Truth): Field[] {
	if (shown?.role !== role) return ['role'];
	const phones = digitsOf(shown.org_phones);
	return [
		...(differs(asked.labels, shown.label_ids, isOtherNumber) ? (['labels'] as const) : []),
		...(differs(asked.orgPhones, phones, isOtherSet) ? (['orgPhones'] as const) : []),
	];
}

function differs(
	asked: readonly string[] | null | undefined,
	shown: Shown,
	isOther: (asked: readonly string[], shown: readonly string[]) => boolean,
): boolean {
	if (asked === undefined || shown === undefined) return false;
	if (asked === null) return shown !== null && shown.length > 0;
	// Null may be no access or access to all, and it isn't the list.
	return shown === null || isOther(asked, shown);
}

/** Labels come back as IDs, so only how many they are can be known. */
const isOtherNumber = (asked: readonly string[], shown: readonly string[]) =>
	new Set(asked).size !== new Set(shown).size;

const isOtherSet = (asked: readonly string[], shown: readonly string[]) =>
	missingFrom(shown, asked).length > 0 || missingFrom(asked, shown).length > 0;

const missingFrom = (list: readonly string[], entries: readonly string[]) =>
	entries.filter((entry) => !list.includes(entry));

const digitsOf = (phones: Shown): Shown =>
	phones?.map((phone) => phone.replace('@c.us', '')) ?? phones;

/** Holds what an item says of different access against what the response showed. */
export function falseMismatch(said: unknown, truth: Truth): string | undefined {
	const { asked, shown } = truth;
	const text = typeof said === 'string' ? said : '';
	const fields = contradictions(truth);
	const named: Field[] = [
		...(/is an admin|has the role|Role:/.test(text) ? (['role'] as const) : []),
		...(text.includes('Labels: ') ? (['labels'] as const) : []),
		...(text.includes('Org Phones: ') ? (['orgPhones'] as const) : []),
	];
	const wrong = (what: string) => `${what}: ${text} (${JSON.stringify({ asked, shown })})`;
	if (named.join() !== fields.join()) return wrong(`differs in ${fields.join() || 'nothing'}`);
	const phones = digitsOf(shown?.org_phones);
	if (!areCounted(text, 'Labels', asked.labels, shown?.label_ids)) return wrong('wrong number');
	if (!areCounted(text, 'Org Phones', asked.orgPhones, phones)) return wrong('wrong number');
	const [, missing = '', extra = ''] =
		/Org Phones: (?:([\d, ]+) not returned)?(?:; )?(?:([\d, ]+) returned but not requested)?/.exec(
			text,
		) ?? [];
	const areNamed = (words: string, truly: readonly string[]) =>
		words === '' || words === truly.join(', ');
	return areNamed(missing, missingFrom(phones ?? [], asked.orgPhones ?? [])) &&
		areNamed(extra, missingFrom(asked.orgPhones ?? [], phones ?? []))
		? undefined
		: wrong('wrong phones');
}

/** `Labels: 2 requested, null returned` */
function areCounted(
	text: string,
	name: string,
	asked: readonly string[] | null | undefined,
	shown: Shown,
): boolean {
	const [, requested, returned] =
		new RegExp(`${name}: (\\w+) requested, (\\w+) returned`).exec(text) ?? [];
	if (requested === undefined) return true;
	const count = (list: Shown) => (list ? String(new Set(list).size) : 'null');
	return requested === count(asked) && returned === count(shown);
}

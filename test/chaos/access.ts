import fc from 'fast-check';

import type { AskedAccess } from '../sandbox/claims';
import { SEED_LABELS, SEED_PHONES, type SeedPhone } from '../sandbox/seed';

/** What the rows of a team ask for. */
export interface Profile {
	/** as in the sheet; undefined to keep, null to clear */
	labels: string[] | null | undefined;
	orgPhones: string[] | null | undefined;
	/** the same, with numbers in place of the names of phones */
	asked: AskedAccess;
}

/** Besides those of the seed, phones with names as people give them. */
export const PHONES: readonly SeedPhone[] = [
	...SEED_PHONES,
	{ org_phone: '447700900123@c.us', phone_name: ' Sales, EU ', wa_state: 'CONNECTED' },
	{ org_phone: '447700900124@c.us', phone_name: 'Büro  ☎️ "Nord"', wa_state: null },
];
const numberOf = ({ org_phone }: SeedPhone) => org_phone?.replace('@c.us', '') ?? '';
const NUMBERS = PHONES.map(numberOf).filter((digits) => digits !== '');
/** How a sheet may spell them, and whose they are. */
const NAMES: Readonly<Record<string, string>> = {
	SUPPORT: '918527184400',
	'us desk ': '14155550123',
	'sales, eu': '447700900123',
	'Büro ☎ "nord"': '447700900124',
};
export const OF_NOBODY = '4915111111111';
const NEW_LABELS = ['Brand New', 'Team 1', 'Team 2'];

/** @param hasNames whether phones may be given by their names */
export function accessOf(hasNames: boolean): fc.Arbitrary<Profile> {
	const labels = fc.subarray([...SEED_LABELS, ...NEW_LABELS], { minLength: 1, maxLength: 4 });
	// With the check, a phone of nobody is a row that can't be used.
	const phones = fc.subarray([...NUMBERS, ...(hasNames ? Object.keys(NAMES) : [OF_NOBODY])], {
		minLength: 1,
		maxLength: 3,
	});
	const fieldOf = (list: fc.Arbitrary<string[]>) =>
		fc.oneof(
			{ weight: 4, arbitrary: list },
			{ weight: 1, arbitrary: fc.constantFrom(null, undefined) },
		);
	return fc
		.record({ labels: fieldOf(labels), orgPhones: fieldOf(phones) })
		.filter((access) => access.labels !== undefined || access.orgPhones !== undefined)
		.map(({ labels: names, orgPhones }) => ({
			labels: names,
			orgPhones,
			asked: {
				...(names !== undefined && { labels: names }),
				...(orgPhones !== undefined && {
					orgPhones: orgPhones && [...new Set(orgPhones.map((phone) => NAMES[phone] ?? phone))],
				}),
			},
		}));
}

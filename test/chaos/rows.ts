import type { IDataObject } from 'n8n-workflow';

import type { AskedAccess } from '../sandbox/claims';
import type { NamedAccess } from '../sandbox/organization';
import { SEED_ADMINS } from '../sandbox/seed';
import type { Unknowns } from '../sandbox/unknowns';
import { OF_NOBODY, type Profile } from './access';
import type { Chaos, Handling } from './schedule';

/** A row of the sheet, and what it is to come to. */
export interface ChaosRow {
	json: IDataObject;
	email: string;
	asked: AskedAccess;
	/** whether it can't be used, so that nothing may be sent for it */
	isFlawed: boolean;
	handling: Handling;
}

/** What members have at first, in turn. */
export const AT_FIRST: readonly NamedAccess[] = [
	{ labels: [], orgPhones: [] },
	{ labels: ['Sales', 'VIP'], orgPhones: ['918527184400', '14155550123'] },
	{ labels: null, orgPhones: null },
];
const ADMIN = SEED_ADMINS[0] ?? '';
const OF_ADMIN: Profile = { labels: ['VIP'], orgPhones: undefined, asked: { labels: ['VIP'] } };

export const emailOf = (index: number) => `m${index}@acme.example`;

export function rowsOf(chaos: Chaos): ChaosRow[] {
	const { profiles, strangers, repeats } = chaos;
	const rows = profiles.map((_, index) => rowAt(index, chaos, index % 100 < strangers));
	return rows.map((row, index) => (index % 100 >= 100 - repeats ? (rows[index - 50] ?? row) : row));
}

/** @param isStranger whether it is of somebody for whom the operation isn't */
function rowAt(index: number, chaos: Chaos, isStranger: boolean): ChaosRow {
	const { access, profiles, handlings, operation, flaws } = chaos;
	const isUpdate = operation === 'updateAccess';
	const email = isStranger
		? index % 200 === 0
			? ADMIN
			: isUpdate
				? `stranger${index}@acme.example`
				: emailOf(index)
		: isUpdate
			? emailOf(index)
			: `new${index}@acme.example`;
	// The same on all of the admin's rows, or they would be a conflict.
	const profile = email === ADMIN ? OF_ADMIN : access[profiles[index] ?? 0];
	const handling = handlings[index % handlings.length];
	if (!profile || !handling) throw new Error('Too few were drawn');
	// An email that a flawed row names is held back on all of its rows.
	const isFlawed = index % 100 === 30 && flaws > 0;
	const modeOf = (list: unknown) =>
		list === undefined
			? isUpdate
				? 'keep'
				: 'all'
			: list === null
				? isUpdate
					? 'clear'
					: 'all'
				: 'set';
	const { labels, orgPhones } = profile;
	const cells = { labels: labels?.join('; ') ?? '', orgPhones: orgPhones ?? [] };
	const json: IDataObject = {
		...{ email, ...cells, ...handling },
		labelsMode: modeOf(labels),
		orgPhonesMode: modeOf(orgPhones),
		...(isFlawed && (index % 200 === 30 ? { labelsMode: 'set', labels: '' } : PHONE_OF_NOBODY)),
	};
	return {
		json,
		email,
		asked: isUpdate ? profile.asked : { labels: null, orgPhones: null, ...profile.asked },
		isFlawed,
		handling,
	};
}

/** Too short for a number, so that it is of nobody without a list of phones as well. */
const PHONE_OF_NOBODY = { orgPhonesMode: 'set', orgPhones: [OF_NOBODY.slice(0, 5)] };

/** What is drawn of each member. The admin, whose email has no number, is like the first one. */
export function unknownsOf({ ofMembers, oddMembers }: Chaos) {
	return (email: string): Partial<Unknowns> => {
		const number = Number(/\d+/.exec(email)?.[0] ?? 0);
		// Apart from the profiles, which are drawn by row.
		const roll = (number * 7919) % 100;
		return roll < oddMembers ? (ofMembers[number % ofMembers.length] ?? {}) : {};
	};
}

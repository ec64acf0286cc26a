import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_UNKNOWNS, Organization } from '../sandbox/organization';
import { sandboxed } from './sandboxed';

type How = 'fail' | 'merge' | 'lastRow';
type List = string[] | null;
interface Access {
	labels?: List;
	orgPhones?: List;
}
interface Row extends IDataObject {
	emails: string[];
	labelsMode: 'set' | 'keep' | 'clear';
	labels: string[];
	orgPhonesMode: 'set' | 'keep' | 'clear';
	orgPhones: string[];
	asText: boolean;
}

const MEMBERS = [
	'asha.rao',
	'ben.okafor',
	'carla.mendes',
	'dev.patel',
	'elif.kaya',
	'farid.haddad',
	'grace.kim',
].map((name) => `${name}@acme.example`);
const FIELDS = ['labels', 'orgPhones'] as const;
const mode = fc.constantFrom<Row['labelsMode']>('set', 'set', 'keep', 'clear');
const someOf = (values: string[]) =>
	fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const spelled = fc
	.constantFrom(...MEMBERS)
	.chain((email) =>
		fc.constantFrom(
			email,
			email.toUpperCase(),
			`${email.charAt(0).toUpperCase()}${email.slice(1)}`,
		),
	);
const row: fc.Arbitrary<Row> = fc
	.record({
		emails: fc.uniqueArray(spelled, {
			minLength: 1,
			maxLength: 4,
			selector: (email) => email.toLowerCase(),
		}),
		labelsMode: mode,
		labels: someOf(['Sales', 'VIP', 'North', 'South']),
		orgPhonesMode: mode,
		orgPhones: someOf(['918527184400', '918527184401', '14155550123']),
		asText: fc.boolean(),
	})
	.filter(({ labelsMode, orgPhonesMode }) => labelsMode !== 'keep' || orgPhonesMode !== 'keep');

/** As the sheet holds it: lists as arrays, or as the text that people write. */
const cells = (rows: Row[]): IDataObject[] =>
	rows.map(({ asText, emails, labels, orgPhones, ...modes }) =>
		asText
			? {
					...modes,
					emails: emails.join('; '),
					labels: labels.join(', '),
					phones: orgPhones.map((digits) => `+${digits}`).join('\n'),
				}
			: { ...modes, emails, labels, phones: orgPhones },
	);

const PARAMETERS = {
	emails: '={{ $json.emails }}',
	labelsMode: '={{ $json.labelsMode }}',
	labels: '={{ $json.labels }}',
	orgPhonesMode: '={{ $json.orgPhonesMode }}',
	orgPhones: '={{ $json.phones }}',
};

const accessOf = (asked: Row): Access => ({
	...(asked.labelsMode !== 'keep' && { labels: asked.labelsMode === 'set' ? asked.labels : null }),
	...(asked.orgPhonesMode !== 'keep' && {
		orgPhones: asked.orgPhonesMode === 'set' ? asked.orgPhones : null,
	}),
});
const sameList = (a: List, b: List) =>
	JSON.stringify(a && a.toSorted()) === JSON.stringify(b && b.toSorted());

/** Emails whose rows contradict each other, seen row against row. */
function contradicted(rows: Row[], how: How): Set<string> {
	const conflicts = new Set<string>();
	if (how === 'lastRow') return conflicts;
	for (const email of MEMBERS) {
		const said = rows
			.filter(({ emails }) => emails.some((one) => one.toLowerCase() === email))
			.map(accessOf);
		for (const field of FIELDS) {
			const values = said.flatMap((access) => (access[field] === undefined ? [] : [access[field]]));
			const differ = values.some((value) => !sameList(value, values[0] ?? null));
			if (differ && (how === 'fail' || values.includes(null))) conflicts.add(email);
		}
	}
	return conflicts;
}

/** The reference: each row sent by itself, one after the other, merging with what earlier rows asked for. */
function rowByRow(rows: Row[], how: How): Organization {
	const organization = new Organization();
	const conflicts = contradicted(rows, how);
	const asked = new Map<string, Access>();
	for (const current of rows) {
		for (const email of current.emails.map((one) => one.toLowerCase())) {
			if (conflicts.has(email)) continue;
			const access = accessOf(current);
			const before = asked.get(email) ?? {};
			for (const field of FIELDS) {
				const [old, now] = [before[field], access[field]];
				if (how === 'merge' && old && now) access[field] = [...new Set([...old, ...now])];
			}
			asked.set(email, { ...before, ...access });
			organization.updateAccess({ emails: [email], ...access }, () => DEFAULT_UNKNOWNS);
		}
	}
	return organization;
}

const finalState = (organization: Organization) =>
	MEMBERS.map((email) => {
		const access = organization.accessOf(email);
		return {
			email,
			labels: access?.labels?.toSorted(),
			orgPhones: access?.orgPhones?.toSorted(),
			isNull: [access?.labels === null, access?.orgPhones === null],
		};
	});

describe('a bulk run', () => {
	const test = sandboxed();

	it.each<How>(['fail', 'merge', 'lastRow'])(
		'means what row-by-row runs mean, and answers each email of each row in order: %s',
		async (how) => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(row, { minLength: 1, maxLength: 12 }),
					fc.integer({ min: 1, max: 200 }),
					async (rows, batchSize) => {
						test.sandbox.reset();
						const result = await test.engine.run(
							{ ...PARAMETERS, options: { duplicateEmails: how, batchSize } },
							cells(rows),
							{
								settings: { onError: 'continueRegularOutput' },
							},
						);
						expect(finalState(test.sandbox.organization)).toEqual(finalState(rowByRow(rows, how)));

						const conflicts = contradicted(rows, how);
						const expected = rows.flatMap(({ emails }, index) =>
							emails.map((email) => [
								index,
								email.toLowerCase(),
								conflicts.has(email.toLowerCase()),
							]),
						);
						const answered = result.items().map(({ json, pairedItem }) => {
							const email = (json.email ?? (json.details as IDataObject).email) as string;
							return [
								(pairedItem as { item: number }).item,
								email.toLowerCase(),
								json.error !== undefined,
							];
						});
						expect(answered).toEqual(expected);
					},
				),
				{ numRuns: 120 },
			);
		},
		120_000,
	);
});

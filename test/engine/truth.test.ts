import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { falseClaim, truthOf } from '../sandbox/claims';
import type { NamedAccess } from '../sandbox/organization';
import { SEED_MEMBERS, SEED_PHONES } from '../sandbox/seed';
import {
	DEFAULT_UNKNOWNS,
	UNKNOWN_CHOICES,
	UNKNOWN_NAMES,
	type Unknowns,
} from '../sandbox/unknowns';
import { sandboxed } from './sandboxed';

const PEOPLE = [...SEED_MEMBERS.slice(0, 6), 'nobody@acme.example', 'arun.admin@acme.example'];
const NEW = Array.from({ length: 6 }, (_, index) => `new${index}@acme.example`);
const LABELS = ['Sales', 'VIP', 'North', 'Brand New', 'Salse'];
const NUMBERS = [
	...SEED_PHONES.flatMap(({ org_phone }) => org_phone?.replace('@c.us', '') ?? []),
	'4915111111111',
];

const unknowns: fc.Arbitrary<Partial<Unknowns>> = fc.record(
	Object.fromEntries(
		UNKNOWN_NAMES.map((name) => [name, fc.constantFrom(...UNKNOWN_CHOICES[name])]),
	),
	{ requiredKeys: [] },
);
const list = (values: readonly string[]) =>
	fc.subarray([...values], { minLength: 1, maxLength: 3 });
const access = fc.record({
	labels: list(LABELS.slice(0, 3)),
	orgPhones: list(NUMBERS.slice(0, 3)),
});

describe('items, hints and errors agree with the members in the sandbox', () => {
	const test = sandboxed();

	it.each<['updateAccess' | 'invite', string[], string[]]>([
		['updateAccess', PEOPLE, ['set', 'keep', 'clear']],
		['invite', NEW, ['set', 'all']],
	])(
		'whatever Periskope does that its pages leave open: %s',
		async (operation, emails, modes) => {
			const row = fc.record({
				labelsMode: fc.constantFrom(...modes),
				labels: list(LABELS),
				orgPhonesMode: fc.constantFrom(...modes),
				orgPhones: list(NUMBERS),
			});
			const person = fc.record({ row, before: access, own: unknowns });
			await fc.assert(
				fc.asyncProperty(
					fc.array(person, { minLength: emails.length, maxLength: emails.length }),
					fc.record({
						accessMismatch: fc.constantFrom('fail' as const, 'report' as const, 'ignore' as const),
						simplify: fc.boolean(),
						checkOrgPhones: fc.boolean(),
						batchSize: fc.constantFrom(1, 3, 100),
						missingMembers: fc.constantFrom('fail', 'report'),
					}),
					async (people, options) => {
						const { sandbox } = test;
						sandbox.reset();
						const rows = emails.map((email, index) => ({ email, ...people[index]?.row }));
						for (const [index, email] of emails.entries()) {
							const before = people[index]?.before;
							if (!before || operation === 'invite') continue;
							sandbox.organization.updateAccess(
								{ emails: [email], ...before },
								() => DEFAULT_UNKNOWNS,
							);
						}
						const unknownsOf = (email: string) => people[emails.indexOf(email)]?.own ?? {};
						sandbox.unknownsOf = unknownsOf;
						const before = emails.map((email) => sandbox.organization.accessOf(email));
						const result = await test.engine.run(
							{
								operation,
								emails: '={{ $json.email }}',
								labelsMode: '={{ $json.labelsMode }}',
								labels: '={{ $json.labels }}',
								orgPhonesMode: '={{ $json.orgPhonesMode }}',
								orgPhones: '={{ $json.orgPhones }}',
								options,
							},
							rows,
							{ settings: { onError: 'continueRegularOutput' } },
						);
						expect(result.json()).toHaveLength(rows.length);
						const claims = result.json().map((json, index) =>
							falseClaim(
								json,
								truthOf(sandbox, emails[index] ?? '', {
									operation,
									asked: askedBy(rows[index] ?? {}),
									before: before[index],
								}),
								options.accessMismatch,
							),
						);
						expect(claims).toEqual(rows.map(() => undefined));
					},
				),
				{ numRuns: 60 },
			);
		},
		60_000,
	);
});

/** What the columns of a row ask for. */
function askedBy(row: IDataObject): Partial<NamedAccess> {
	const asked: Partial<NamedAccess> = {};
	for (const field of ['labels', 'orgPhones'] as const) {
		const mode = row[`${field}Mode`];
		if (mode !== 'keep') asked[field] = mode === 'set' ? (row[field] as string[]) : null;
	}
	return asked;
}

import type { IDataObject } from 'n8n-workflow';

import type { EngineRun } from '../engine/engine';
import { falseClaim, type AskedAccess } from '../sandbox/claims';
import type { NamedAccess } from '../sandbox/organization';
import type { Sandbox } from '../sandbox/server';
import { DEFAULT_UNKNOWNS, type Unknowns } from '../sandbox/unknowns';

export interface AskedRow extends IDataObject {
	email: string;
	/** separated by commas */
	labels: string;
	/** separated by commas; blank to keep them */
	phones: string;
}

/** As members of the sandbox start. */
const AT_FIRST: NamedAccess = { labels: [], orgPhones: [] };

/** Says what is wrong with a run's items, when held against the members as the sandbox has them. */
export function wrongItems(
	rows: AskedRow[],
	result: EngineRun,
	{ organization }: Sandbox,
	unknownsOf: (email: string) => Partial<Unknowns>,
): string[] {
	const items = result.items();
	if (items.length !== rows.length) return [`${items.length} items for ${rows.length} rows`];
	return items.flatMap(({ json, pairedItem }, index) => {
		const row = rows[index];
		if (!row) return [];
		const wrong = (what: string) => [`Row ${index + 1}, ${row.email}: ${what}`];
		const details = json.details as { email?: string } | undefined;
		const email = (json.email ?? details?.email) as string | undefined;
		if ((pairedItem as { item: number }).item !== index) return wrong('linked to another row');
		if (email?.toLowerCase() !== row.email.toLowerCase())
			return wrong(`answered with ${email ?? 'nothing'}`);
		const member = organization.member(row.email);
		const after = organization.accessOf(row.email);
		const unknowns = { ...DEFAULT_UNKNOWNS, ...unknownsOf(row.email) };
		const asked = askedBy(row);
		const claim = falseClaim(json, {
			asked,
			before: member && AT_FIRST,
			after,
			isAdmin: member?.role === 'admin',
			unknowns,
		});
		if (claim !== undefined) return wrong(claim);
		const isAsDocumented = Object.keys(unknownsOf(row.email)).length === 0;
		return isAsDocumented && after && stateOf(row, after) === 'other'
			? wrong('has access that nobody asked for')
			: [];
	});
}

/** Members with the access that their row asks for. */
export const updatedRows = (rows: AskedRow[], { organization }: Sandbox) =>
	rows.filter((row) => {
		const has = organization.accessOf(row.email);
		return has && stateOf(row, has) === 'asked';
	});

const listOf = (cell: string) => cell.split(', ').filter((entry) => entry !== '');

const askedBy = ({ labels, phones }: AskedRow): AskedAccess => ({
	labels: listOf(labels),
	...(phones !== '' && { orgPhones: listOf(phones) }),
});

function stateOf(row: AskedRow, has: NamedAccess): 'asked' | 'untouched' | 'other' {
	const { labels, orgPhones = [] } = askedBy(row);
	const plain = (access: Partial<NamedAccess>) => JSON.stringify([access.labels, access.orgPhones]);
	if (plain(has) === plain(AT_FIRST)) return 'untouched';
	return plain(has) === plain({ labels: labels ?? [], orgPhones }) ? 'asked' : 'other';
}

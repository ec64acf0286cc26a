import type { IDataObject } from 'n8n-workflow';

import type { EngineRun } from '../engine/engine';
import type { Organization } from '../sandbox/organization';

export interface AskedRow extends IDataObject {
	email: string;
	labels: string;
}

/** Says what is wrong with a run's answers, when held against the members as the sandbox has them. */
export function wrongAnswers(
	rows: AskedRow[],
	result: EngineRun,
	organization: Organization,
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
		const has = stateOf(row, organization);
		if (json.error === undefined)
			return has === 'asked' ? [] : wrong(`said to be updated, but is ${has}`);
		const text = `${json.error as string} ${json.message as string}`;
		const isDoubtful = text.includes('The change may have been made all the same.');
		if (!isDoubtful && has === 'asked') return wrong(`said to be not updated, but is: ${text}`);
		return has === 'other' ? wrong('has access that nobody asked for') : [];
	});
}

/** Members with the access that their row asks for. */
export const updatedRows = (rows: AskedRow[], organization: Organization) =>
	rows.filter((row) => stateOf(row, organization) === 'asked');

function stateOf(
	{ email, labels }: AskedRow,
	organization: Organization,
): 'asked' | 'untouched' | 'other' {
	const has = organization.accessOf(email)?.labels?.join(', ') ?? '';
	return has === '' ? 'untouched' : has === labels ? 'asked' : 'other';
}

import { relative } from 'node:path';
import { styleText } from 'node:util';

import Table from 'cli-table3';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { count } from '../../nodes/Periskope/text';
import type { Organization } from '../sandbox/organization';

interface Report {
	file: string;
	rows: IDataObject[];
	updated: INodeExecutionData[];
	failed: INodeExecutionData[];
	requestsSent: number;
	organization: Organization;
}

/** What happened to every email of every row, then the sums. */
export function printReport({
	file,
	rows,
	updated,
	failed,
	requestsSent,
	organization,
}: Report): void {
	const answers = [...updated, ...failed]
		.map(({ json, pairedItem }) => ({ row: rowOf(pairedItem), json }))
		.sort((a, b) => a.row - b.row);
	const table = new Table({
		head: ['Row', 'Email', 'What happened', 'Labels', 'Org phones'],
		colWidths: [5, 30, 46, 18, 16],
		wordWrap: true,
		style: { head: [], border: [], compact: true },
	});
	for (const { row, json } of answers) {
		const cells = rows[row] ?? {};
		const planned = accessIn(json);
		const access = json.dryRun === true ? planned : organization.accessOf(text(json.email));
		// What a blank cell left as it was doesn't look like something that was taken away.
		const shown = (column: string, values: string[] | null | undefined) =>
			json.error !== undefined ? '' : list(text(cells[column]).trim() === '' ? undefined : values);
		table.push([
			row + 1,
			text(json.email ?? (json.details as IDataObject | undefined)?.email),
			outcome(json),
			shown('labels', access?.labels),
			shown('phones', access?.orgPhones),
		]);
	}
	const rowsFailed = new Set(failed.map(({ pairedItem }) => rowOf(pairedItem))).size;
	const members = new Set(updated.map(({ json }) => text(json.email).toLowerCase())).size;
	const isDryRun = updated.some(({ json }) => json.dryRun === true);
	console.log(`${relative('.', file)}: ${count(rows.length, 'row')}\n\n${table.toString()}\n`);
	console.log(
		isDryRun
			? `Dry run: ${count(members, 'member')} planned, ${count(requestsSent, 'request')} sent.`
			: `${count(members, 'member')} updated with ${count(requestsSent, 'request')}.`,
	);
	console.log(`${rowsFailed} of ${count(rows.length, 'row')} failed${rowsFailed > 0 ? ':' : '.'}`);
	for (const { json } of failed) console.log(`  ${text(json.error)}\n    ${text(json.message)}`);
}

function outcome(json: IDataObject): string {
	if (json.error !== undefined)
		return styleText('red', `Failed: ${text(json.error).replace(/^[^:]*: /, '')}`);
	return json.dryRun === true
		? styleText('cyan', `Would be sent in request ${text(json.request)}`)
		: styleText('green', 'Updated');
}

const accessIn = ({ labels, orgPhones }: IDataObject) => ({
	labels: labels as string[] | null | undefined,
	orgPhones: orgPhones as string[] | null | undefined,
});

const rowOf = (paired: INodeExecutionData['pairedItem']) =>
	typeof paired === 'object' && 'item' in paired ? paired.item : 0;

const list = (values: string[] | null | undefined) =>
	values === undefined ? '(unchanged)' : values === null ? '(null)' : values.join(', ');

const text = (value: unknown) =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

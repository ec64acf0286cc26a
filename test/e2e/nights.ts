import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { example, type Adaptation } from './examples';
import type { Execution, WorkflowToSave } from './n8n/api';
import type { Server } from './n8n/server';

const TABLE = 'Periskope nightly sync';
const TRIGGER = 'Every night';
const PERISKOPE = 'n8n-nodes-periskope.periskope';
/** As somebody sets them who has seen what a dry run says. */
const IN_USE: IDataObject = { dryRun: false, maxInvitations: 2 };

export interface Night {
	execution: string;
	/** why the run was stopped */
	stopped: string | undefined;
	report: string;
	/** the numbers of the report */
	sums: IDataObject;
}

export interface Changes extends Pick<Adaptation, 'standIns'> {
	limits?: IDataObject;
	/** of every Periskope node, or of the one that is named */
	options?: INodeParameters;
	optionsOf?: string;
	credential?: string;
}

export interface LedgerRow {
	id: number;
	email: string;
	access: string;
	state: string;
}

/** The nightly sync of one organization: its sheet, its ledger, and one run after the other. */
export class Nights {
	constructor(
		private readonly server: Server,
		private readonly files: string,
		private readonly credential: string,
		/** of the Data Table: each test has its own */
		private readonly table: string,
	) {}

	/** Runs the workflow once, on a sheet with these rows. */
	async run(rows: readonly string[], changes: Changes = {}): Promise<Night> {
		return await this.runOn(['email,labels,phones', ...rows].join('\n'), changes);
	}

	async runOn(file: string, changes: Changes = {}): Promise<Night> {
		await writeFile(join(this.files, 'members.csv'), file);
		const id = await this.server.api.createWorkflow(this.workflow(changes));
		return nightOf(await this.server.api.run(id, TRIGGER));
	}

	async retry(execution: string): Promise<Night> {
		return nightOf(await this.server.api.retry(execution));
	}

	/** The example as it is imported, and what the changes say. */
	workflow(changes: Changes): WorkflowToSave {
		const { limits = IN_USE, options = {}, optionsOf, credential, standIns } = changes;
		const imported = example('nightly-sync', {
			credentials: { periskopeApi: credential ?? this.credential },
			files: this.files,
			...(standIns && { standIns }),
		});
		const text = JSON.stringify(imported).replaceAll(TABLE, this.table);
		const workflow = JSON.parse(text) as WorkflowToSave;
		for (const node of workflow.nodes) {
			if (node.name === 'Limits') setLimits(node, limits);
			if (node.type !== PERISKOPE || node.name !== (optionsOf ?? node.name)) continue;
			node.parameters.options = { ...(node.parameters.options as INodeParameters), ...options };
		}
		return workflow;
	}

	async ledger(): Promise<LedgerRow[]> {
		const path = await this.tablePath();
		if (path === undefined) return [];
		const { api } = this.server;
		return (await api.call<{ data: LedgerRow[] }>('GET', `${path}/rows?sortBy=id:asc`)).data;
	}

	/** The states of the ledger, by email. */
	async states(): Promise<Record<string, string>> {
		return Object.fromEntries((await this.ledger()).map(({ email, state }) => [email, state]));
	}

	/** As somebody does by hand, in n8n's Data tables. */
	async removeFromLedger(email: string): Promise<void> {
		const filters = [{ columnName: 'email', condition: 'eq', value: email }];
		const filter = encodeURIComponent(JSON.stringify({ type: 'and', filters }));
		const path = await this.tablePath();
		await this.server.api.call('DELETE', `${path ?? ''}/rows?filter=${filter}`);
	}

	private async tablePath(): Promise<string | undefined> {
		const { api } = this.server;
		const { id: project } = await api.call<{ id: string }>('GET', '/rest/projects/personal');
		const base = `/rest/projects/${project}/data-tables`;
		const { data } = await api.call<{ data: Array<{ id: string; name: string }> }>(
			'GET',
			`${base}?take=250`,
		);
		const table = data.find(({ name }) => name === this.table);
		return table && `${base}/${table.id}`;
	}
}

function setLimits({ parameters }: INode, limits: IDataObject): void {
	const { assignments } = parameters.assignments as unknown as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	for (const [name, value] of Object.entries(limits)) {
		const limit = assignments.find((each) => each.name === name);
		if (!limit) throw new Error(`Limits has no ${name}`);
		limit.value = value;
	}
}

function nightOf({ id, data }: Execution): Night {
	const { runData, error } = data.resultData;
	const items = runData.Report?.[0]?.data?.main?.[0] ?? [];
	if (items.length > 1) throw new Error('There is more than one report');
	const { report, ...sums } = items[0]?.json ?? {};
	return {
		execution: id,
		stopped: error?.message,
		report: typeof report === 'string' ? report : '',
		sums,
	};
}

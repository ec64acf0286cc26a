/** What the node is measured against. Each is a node type that takes the same parameters. */
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { Periskope } from '../engine/built';

const text = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...more,
});

const description = (properties: INodeProperties[]): INodeTypeDescription => ({
	displayName: 'Rival',
	name: 'periskope',
	group: ['transform'],
	version: 1,
	description: 'Measured against',
	defaults: { name: 'Rival' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'periskopeApi', required: true }],
	properties,
});

/** The node's defaults. */
const BATCH_SIZE = 100;
export const CONCURRENCY = 4;

const READ = ['emails', 'labelsMode', 'labels', 'orgPhonesMode', 'orgPhones', 'options'];

/** Reads the parameters of each row and does nothing with them: what the platform costs. */
export class Floor implements INodeType {
	description = new Periskope().description;

	execute = function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		for (let row = 0; row < items.length; row++) {
			for (const name of READ) this.getNodeParameter(name, row);
		}
		return Promise.resolve([items]);
	};
}

/**
 * The floor, and the fewest requests sent with the platform's own helper, nothing planned, checked
 * or matched: what any node would take that sends as the settings say.
 */
export class Sender extends Floor {
	constructor(baseUrl: string, batchSize = BATCH_SIZE) {
		super();
		this.execute = async function (this: IExecuteFunctions) {
			const items = this.getInputData();
			const emails = items.map((_, row) => {
				for (const name of READ.slice(1)) this.getNodeParameter(name, row);
				return this.getNodeParameter('emails', row) as string;
			});
			const batches = Array.from({ length: Math.ceil(emails.length / batchSize) }, (_, index) =>
				emails.slice(index * batchSize, (index + 1) * batchSize),
			);
			const sendNext = async () => {
				for (let batch = batches.pop(); batch; batch = batches.pop()) {
					await this.helpers.httpRequestWithAuthentication.call(this, 'periskopeApi', {
						method: 'PATCH',
						url: `${baseUrl}/members/access`,
						body: { emails: batch, labels: ['Team 1', 'Everyone'], orgPhones: ['918527184400'] },
						json: true,
					});
				}
			};
			await Promise.all(Array.from({ length: CONCURRENCY }, sendNext));
			return [items];
		};
	}
}

/** The operation in n8n's declarative style, as most community nodes would have it. */
export const declarativeTwin = (baseUrl: string): INodeType => {
	const list = (property: string, value: string) => ({
		request: { method: 'PATCH' as const, url: '/members/access' },
		send: { type: 'body' as const, property, value },
	});
	return {
		description: {
			...description([
				text('resource'),
				text('operation'),
				text('emails', { routing: list('emails', '={{ [$value] }}') }),
				text('labels', { routing: list('labels', '={{ $value.split(", ") }}') }),
				text('orgPhones', { routing: list('orgPhones', '={{ [$value] }}') }),
			]),
			requestDefaults: { baseURL: baseUrl },
		},
	};
};

/** One request for each row, each after the last was answered. */
export class InTurn implements INodeType {
	description = description(
		['resource', 'operation', 'emails', 'labels', 'orgPhones'].map((name) => text(name)),
	);

	constructor(baseUrl: string) {
		this.execute = async function (this: IExecuteFunctions) {
			const items: INodeExecutionData[] = [];
			for (let row = 0; row < this.getInputData().length; row++) {
				const read = (name: string) => this.getNodeParameter(name, row) as string;
				const members = (await this.helpers.httpRequestWithAuthentication.call(
					this,
					'periskopeApi',
					{
						method: 'PATCH',
						url: `${baseUrl}/members/access`,
						body: {
							emails: [read('emails')],
							labels: read('labels').split(', '),
							orgPhones: [read('orgPhones')],
						},
						json: true,
					},
				)) as INodeExecutionData['json'][];
				items.push(...members.map((json) => ({ json, pairedItem: { item: row } })));
			}
			return [items];
		};
	}

	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;
}

/** What the node is measured against. */
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { Periskope } from '../engine/built';

/** The node's defaults. */
const BATCH_SIZE = 100;
export const CONCURRENCY = 4;

const READ = ['emails', 'labelsMode', 'labels', 'orgPhonesMode', 'orgPhones', 'options'];

/**
 * Reads the rows and sends the fewest requests with n8n's own helper; nothing is planned, checked
 * or matched: what any node would cost that sends as the settings say.
 *
 * @param readsColumns whether it takes the emails from the rows as they are, or lets n8n evaluate
 *   each parameter on each row
 */
export class Sender implements INodeType {
	description = new Periskope().description;

	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

	constructor(baseUrl: string, readsColumns: boolean, batchSize = BATCH_SIZE) {
		this.execute = async function (this: IExecuteFunctions) {
			const items = this.getInputData();
			const emails = items.map(({ json }, row) => {
				if (readsColumns) return json.email as string;
				for (const name of READ.slice(1)) this.getNodeParameter(name, row);
				return this.getNodeParameter('emails', row) as string;
			});
			const batches = Array.from({ length: Math.ceil(emails.length / batchSize) }, (_, index) =>
				emails.slice(index * batchSize, (index + 1) * batchSize),
			);
			const members: INodeExecutionData[] = [];
			const sendNext = async () => {
				for (let batch = batches.pop(); batch; batch = batches.pop()) {
					const response = (await this.helpers.httpRequestWithAuthentication.call(
						this,
						'periskopeApi',
						{
							method: 'PATCH',
							url: `${baseUrl}/members/access`,
							body: { emails: batch, labels: ['Team 1', 'Everyone'], orgPhones: ['918527184400'] },
							json: true,
						},
					)) as Array<INodeExecutionData['json']>;
					for (const json of response) members.push({ json, pairedItem: { item: members.length } });
				}
			};
			await Promise.all(Array.from({ length: CONCURRENCY }, sendNext));
			return [members];
		};
	}
}

import type { Api, Execution } from './api';

/** Nodes of examples/plan-approve-apply.json, as far as a test has to know them. */
const MESSAGE = 'Ask the approver';
/** On the form, the page with the plan is field 0. */
const DECISION = 'field-1';

/** A plan that waits for its approval. */
export class Approval {
	private constructor(
		readonly execution: string,
		/** what the approver is told */
		readonly message: string,
	) {}

	/** Waits until the execution asks for the approval. */
	static async of(api: Api, execution: string): Promise<Approval> {
		return new Approval(execution, messageIn(await api.waiting(execution)));
	}

	/** Of an execution that was retried after its message was made: no message has its link. */
	static async ofRetried(api: Api, failed: string, execution: string): Promise<Approval> {
		const retried = await api.waiting(execution);
		const message = messageIn(retried)
			.replace(`/${failed}?`, `/${execution}?`)
			.replace(/signature=\w+/, `signature=${retried.data.resumeToken ?? ''}`);
		return new Approval(execution, message);
	}

	/** From the message, as the approver would take it. */
	get link(): string {
		return /\bhttp\S+/.exec(this.message)?.[0] ?? '';
	}

	/** The HTML of the plan alone, without the form around it. */
	async page(): Promise<string> {
		const html = await (await fetch(this.link)).text();
		const [, page] = /<div class="form-group html">([\s\S]*?)<input type="hidden"/.exec(html) ?? [];
		if (page === undefined) throw new Error(`There is no plan on the page: ${html.slice(0, 2000)}`);
		return page.trim();
	}

	/** As the form's own script submits it. */
	async submit(
		decision: string,
		more: Record<string, string> = {},
		headers: Record<string, string> = {},
	): Promise<number> {
		const fields = { [DECISION]: JSON.stringify([decision]), ...more };
		return await this.post(fields, this.link, headers);
	}

	/** @returns the status of the response */
	async post(
		fields: Record<string, string>,
		link = this.link,
		headers: Record<string, string> = {},
	): Promise<number> {
		const body = new FormData();
		for (const [name, value] of Object.entries(fields)) body.append(name, value);
		return (await fetch(link, { method: 'POST', body, headers })).status;
	}
}

function messageIn({ id, data }: Execution): string {
	const [item] = data.resultData.runData[MESSAGE]?.[0]?.data?.main?.[0] ?? [];
	const message = item?.json.message;
	if (typeof message !== 'string') throw new Error(`Execution ${id} sent no message`);
	return message;
}

/** Whether the plan of this execution has been handed to the node that applies it. */
export const wasApplied = ({ data }: Execution) => data.resultData.runData.Apply !== undefined;

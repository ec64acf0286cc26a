import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { connect } from '../api/client';
import { listOrgPhones, type OrgPhone } from '../api/orgPhones';
import { withoutSuffix } from '../model';

/**
 * The org phones to choose from, by name. Never an empty list: an operator could not tell it from
 * an organization whose phones failed to load.
 */
export async function getOrgPhones(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const listed = await listOrgPhones(await connect(this));
	if (listed.kind === 'failed') {
		const { what, advice } = listed;
		throw new NodeOperationError(this.getNode(), `${what}. ${advice}`, { description: advice });
	}

	const options = new Map(listed.phones.flatMap(optionFor));
	if (options.size === 0) {
		throw new NodeOperationError(
			this.getNode(),
			'The organization has no phone with a number yet. Connect one in Periskope, or use an expression here.',
			{ description: 'Periskope lists the phones of the organization under Settings.' },
		);
	}
	return [...options.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** A phone that was never connected has no number, and so nothing that access could be given to. */
function optionFor({
	org_phone,
	phone_name,
	wa_state,
}: OrgPhone): Array<[string, INodePropertyOptions]> {
	const digits = withoutSuffix(org_phone ?? '');
	if (digits === '') return [];
	const state = wa_state?.toLowerCase() ?? 'state unknown';
	const name = phone_name ? `${phone_name} (+${digits}, ${state})` : `+${digits} (${state})`;
	return [[digits, { name, value: digits }]];
}

import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { connect } from '../transport/connection';
import { ORG_PHONES_PATH, orgPhonesFrom, type OrgPhoneRecord } from './orgPhones';

const TIMEOUT_SECONDS = 30;

/**
 * The org phones to choose from, by name. Never an empty list: an operator could not tell it from
 * an organization whose phones failed to load.
 */
export async function getOrgPhones(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const refuse = (message: string, description: string) =>
		new NodeOperationError(this.getNode(), message, { description });

	const connection = await connect(this);
	if ('problem' in connection) {
		throw refuse(`${connection.problem}. ${connection.advice}`, connection.advice);
	}
	const listed = orgPhonesFrom(
		await connection({ method: 'GET', path: ORG_PHONES_PATH, timeoutSeconds: TIMEOUT_SECONDS }),
	);
	if ('problem' in listed) throw refuse(`${listed.problem}. ${listed.advice}`, listed.advice);

	const options = new Map(listed.phones.flatMap(optionFor));
	if (options.size === 0) {
		throw refuse(
			'The organization has no phone with a number yet. Connect one in Periskope, or use an expression here.',
			'Periskope lists the phones of the organization under Settings.',
		);
	}
	return [...options.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** A phone that was never connected has no number, and so nothing that access could be given to. */
function optionFor({
	org_phone,
	phone_name,
	wa_state,
}: OrgPhoneRecord): Array<[string, INodePropertyOptions]> {
	const digits = org_phone?.replace(/@c\.us$/, '') ?? '';
	if (digits === '') return [];
	const state = wa_state?.toLowerCase() ?? 'state unknown';
	const name = phone_name ? `${phone_name} (+${digits}, ${state})` : `+${digits} (${state})`;
	return [[digits, { name, value: digits }]];
}

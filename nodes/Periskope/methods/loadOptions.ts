import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { connect } from '../api/client';
import { inWords, listOrgPhones, type OrgPhone } from '../api/orgPhones';
import { isPhoneNumber, withoutSuffix } from '../model';
import { inOneLine, shown } from '../text';

/**
 * The org phones to choose from, by name. Never an empty list: an operator could not tell it from
 * an organization whose phones failed to load.
 */
export async function getOrgPhones(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const listed = await listOrgPhones(await connect(this));
	if (listed.kind === 'failed') {
		const { failure } = listed;
		throw new NodeOperationError(this.getNode(), inWords(failure), { description: failure.advice });
	}

	const options = new Map(listed.phones.flatMap(optionFor));
	if (options.size === 0) {
		throw new NodeOperationError(
			this.getNode(),
			'The organization has no phone with a number yet. Connect one in Periskope, or use an expression here.',
			{ description: 'Check the org phones in Periskope.' },
		);
	}
	return [...options.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * A phone that was never connected has no number, and so nothing that access could be given to. What
 * isn't a number is left out: n8n evaluates a value that begins with an equals sign.
 */
function optionFor({
	org_phone,
	phone_name,
	wa_state,
}: OrgPhone): Array<[string, INodePropertyOptions]> {
	const digits = withoutSuffix(org_phone ?? '');
	if (!isPhoneNumber(digits)) return [];
	const state = shown(inOneLine([wa_state?.toLowerCase() ?? 'state unknown']));
	const given = shown(inOneLine([phone_name ?? '']));
	const name = given === '' ? `+${digits} (${state})` : `${given} (+${digits}, ${state})`;
	return [[digits, { name, value: digits }]];
}

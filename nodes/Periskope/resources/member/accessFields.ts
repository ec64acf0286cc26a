import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Mode } from '../../model';

const MODES: Record<Mode, INodePropertyOptions> = {
	set: {
		name: 'Set to List',
		value: 'set',
		description: 'Exactly this list. What the member has now is replaced.',
	},
	keep: {
		name: 'Keep Unchanged',
		value: 'keep',
		description: 'Leave this field as it is in Periskope',
	},
	clear: {
		name: 'Clear (Send Null)',
		value: 'clear',
		description:
			// The dropdown cuts what is longer than two of its lines, and here the warning is the point.
			"Try on one member first: Periskope's pages disagree whether null takes all access away or gives it",
	},
	all: {
		name: 'Access to All',
		value: 'all',
		description: 'No limit: sends null, which Periskope documents as access to all',
	},
};

interface AccessFields {
	/** what the modes take, in the order of the dropdown */
	modes: readonly Mode[];
	orgPhonesDefault: Mode;
	/** when there are such fields at all */
	show?: Record<string, string[]>;
}

/** Labels and org phones, each with its mode. A list is there to fill in where its mode asks for one. */
export function accessFields({
	modes,
	orgPhonesDefault,
	show = {},
}: AccessFields): INodeProperties[] {
	const options = modes.map((mode) => MODES[mode]);
	const about = (what: string) =>
		`${what}. From a sheet, use an expression that gives ${modes.join(' or ')}.`;
	return [
		{
			displayName: 'Labels Mode',
			name: 'labelsMode',
			type: 'options',
			options,
			default: 'set',
			displayOptions: { show },
			description: about('What happens to the labels that limit which chats the member sees'),
		},
		{
			displayName: 'Labels',
			name: 'labels',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sales, Support',
			displayOptions: { show: { ...show, labelsMode: ['set'] } },
			description:
				'Names (not IDs) of the labels the member may see, separated by commas, semicolons or line breaks, or an expression that gives an array',
		},
		{
			displayName: 'Org Phones Mode',
			name: 'orgPhonesMode',
			type: 'options',
			options,
			default: orgPhonesDefault,
			displayOptions: { show },
			description: about('What happens to the org phones whose chats the member sees'),
		},
		{
			displayName: 'Org Phone Names or IDs',
			name: 'orgPhones',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getOrgPhones' },
			default: [],
			displayOptions: { show: { ...show, orgPhonesMode: ['set'] } },
			description:
				'The WhatsApp numbers of the organization that the member may see. An expression gives numbers with country code, as an array or as text separated by commas. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	];
}

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { FIELD_NAMES, modesOf, type ListField, type Mode } from '../../model';
import { anyOf } from '../../text';
import type { Hint } from '../operation';

const CLEAR = 'Clear (Send Null)';
const ALL = 'Access to All';

const MODES: Record<Mode, INodePropertyOptions> = {
	set: {
		name: 'Replace With List',
		value: 'set',
		description: 'Send this list as the whole access',
	},
	keep: {
		name: 'Keep Unchanged',
		value: 'keep',
		description: 'Leave this field out of the request',
	},
	clear: {
		name: CLEAR,
		value: 'clear',
		description: 'May remove all access or grant all. Test on one member first.',
	},
	all: {
		name: ALL,
		value: 'all',
		description: 'Send null, which Periskope documents as access to all',
	},
};

const NULL_IS_UNCLEAR =
	"Periskope's documentation doesn't say clearly whether null removes all access or grants all. Test on one member first.";

/** For a model. */
export const ABOUT_LISTS =
	'Write labels exactly as the user did, without translating or correcting them, not as IDs, and separated by commas (as in ["Sales, EU", "VIP"] if one contains a comma). The tool can\'t check that a label exists, so repeat the labels to the user as sent. Words for all or none, in any language, aren\'t labels. Give org phones by name or by number with the country code. All emails of one call get the same access.';

interface AccessFields {
	/** what the modes take, in the order of the dropdown */
	modes: readonly Mode[];
	orgPhonesDefault: Mode;
	/** when there are such fields at all */
	show?: Record<string, string[]>;
	isTool: boolean;
}

/** Labels and org phones, each with its mode. A list is there to fill in where its mode asks for one. */
export function accessFields({
	modes: all,
	orgPhonesDefault,
	show = {},
	isTool,
}: AccessFields): INodeProperties[] {
	const modes = modesOf(all, isTool);
	const modeField = (field: ListField, defaultMode: Mode, what: string): INodeProperties => ({
		displayName: FIELD_NAMES[`${field}Mode`],
		name: `${field}Mode`,
		type: 'options',
		options: modes.map((mode) => MODES[mode]),
		default: defaultMode,
		displayOptions: { show },
		description: `${what}. An expression must return ${anyOf(modes)}.`,
	});
	const nullNotice = (field: ListField): INodeProperties[] =>
		modes.includes('clear')
			? [
					{
						displayName: NULL_IS_UNCLEAR,
						name: `${field}Notice`,
						type: 'notice',
						default: '',
						displayOptions: { show: { ...show, [`${field}Mode`]: ['clear'] } },
					},
				]
			: [];
	return [
		modeField('labels', 'set', 'How to set which labels the member can see'),
		...nullNotice('labels'),
		{
			displayName: FIELD_NAMES.labels,
			name: 'labels',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sales, Support',
			displayOptions: { show: { ...show, labelsMode: ['set'] } },
			description:
				'Names (not IDs) of the labels the member can see, separated by commas, semicolons or line breaks, or an array from an expression',
		},
		modeField('orgPhones', orgPhonesDefault, 'How to set which org phones the member can see'),
		...nullNotice('orgPhones'),
		{
			...(isTool ? ORG_PHONES_OF_TOOL : ORG_PHONES),
			displayOptions: { show: { ...show, orgPhonesMode: ['set'] } },
		},
	];
}

const ORG_PHONES: INodeProperties = {
	displayName: 'Org Phone Names or IDs',
	name: 'orgPhones',
	type: 'multiOptions',
	// Otherwise the editor shows 'The value … is not supported!' for a column of phones.
	allowArbitraryValues: true,
	typeOptions: { loadOptionsMethod: 'getOrgPhones' },
	default: [],
	description:
		'The org phones whose chats the member can see. An expression can return names, or numbers with the country code, as an array or separated by commas. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** A model can be let fill in a text, and not a choice from a list. */
const ORG_PHONES_OF_TOOL: INodeProperties = {
	displayName: FIELD_NAMES.orgPhones,
	name: 'orgPhones',
	type: 'string',
	default: '',
	placeholder: 'e.g. Sales India, 918527184400',
	description:
		'Names or numbers of the org phones whose chats the member can see, separated by commas',
};

/** Shown before a run that sends null on purpose. */
export const nullHints = (modes: readonly Mode[]): Hint[] =>
	(['labels', 'orgPhones'] as const).map((field): Hint => {
		const name = `${field}Mode` as const;
		const isMode = (mode: Mode) => `$parameter["${name}"] === "${mode}"`;
		return modes.includes('clear')
			? {
					message: `'${FIELD_NAMES[name]}' is '${CLEAR}'. ${NULL_IS_UNCLEAR}`,
					when: isMode('clear'),
				}
			: {
					message: `'${FIELD_NAMES[name]}' is '${ALL}'. Invited members get access to all ${NOUNS[field]}.`,
					when: `$parameter["role"] === "member" && ${isMode('all')}`,
				};
	});

const NOUNS: Record<ListField, string> = { labels: 'labels', orgPhones: 'org phones' };

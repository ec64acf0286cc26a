/** On members. */
const ALL = ['delete', 'invite', 'updateAccess'] as const;
const ACCESS = ['invite', 'updateAccess'] as const;
/** Of all resources. */
export type OperationName = (typeof ALL)[number] | 'getAll';

interface Choice {
	name: string;
	description: string;
	/** the operations that have it, where not all that have the option do */
	operations?: readonly OperationName[];
}

export type Option = {
	/** as the editor shows it */
	label: string;
	description: string;
	/** whether each row may set it for itself, or all rows have to agree */
	scope: 'row' | 'run';
	operations: readonly OperationName[];
	/** what it is for the tool of an agent, where that isn't the default */
	toolDefault?: boolean | string;
	/** whether tools don't offer it and always have its default */
	isFixedForTools?: true;
} & (
	| { type: 'boolean'; default: boolean }
	| { type: 'string'; default: string; placeholder: string }
	/** a whole number, unless it has a unit */
	| {
			type: 'number';
			default: number;
			min: number;
			max: number;
			unit?: 'seconds';
			/** whether the default is only what the editor proposes once the option is added */
			hasNoLimitUnlessAdded?: true;
	  }
	/** choices by value, sorted by name */
	| { type: 'options'; default: string; choices: Readonly<Record<string, Choice>> }
);
export type ChoiceOption = Extract<Option, { type: 'options' }>;

/** Every entry of the node's Options, sorted by label. The editor's fields and the checks come from here. */
export const OPTIONS = {
	allowedDomains: {
		label: 'Allowed Domains',
		scope: 'run',
		operations: ACCESS,
		type: 'string',
		default: '',
		placeholder: 'e.g. example.com, example.org',
		description:
			'Accept only emails at these domains, separated by commas. List subdomains separately.',
	},
	batchSize: {
		label: 'Batch Size',
		scope: 'run',
		operations: ACCESS,
		type: 'number',
		default: 100,
		min: 1,
		max: 1000,
		description:
			'Maximum number of emails in one request. Rows that ask for the same access share requests. Periskope documents no limit.',
	},
	checkOrgPhones: {
		label: 'Check Org Phones',
		scope: 'run',
		operations: ACCESS,
		type: 'boolean',
		default: true,
		description:
			"Whether to check org phones against the organization's list before sending. Rows can then also use the names of phones.",
	},
	concurrentRequests: {
		label: 'Concurrent Requests',
		scope: 'run',
		operations: ALL,
		type: 'number',
		default: 4,
		min: 1,
		max: 10,
		description: 'Maximum number of parallel requests',
	},
	dryRun: {
		label: 'Dry Run',
		scope: 'run',
		operations: ALL,
		type: 'boolean',
		default: false,
		toolDefault: true,
		description:
			'Whether to check all rows and output what would be sent, without changing anything in Periskope',
	},
	maxDeletions: {
		label: 'Max Deletions',
		scope: 'run',
		operations: ['delete'],
		type: 'number',
		default: 10,
		min: 1,
		max: 100_000,
		description:
			'Maximum number of members that one run can delete. If there are more, nothing is sent.',
	},
	maxMembers: {
		label: 'Max Members',
		scope: 'run',
		operations: ACCESS,
		type: 'number',
		default: 100,
		min: 1,
		max: 100_000,
		hasNoLimitUnlessAdded: true,
		description:
			'Maximum number of members in one run. If there are more, nothing is sent. No limit unless this option is added.',
	},
	maxRetries: {
		label: 'Max Retries',
		scope: 'run',
		operations: ALL,
		type: 'number',
		default: 5,
		min: 0,
		max: 10,
		description:
			'How often to retry a request after a temporary error. An invitation that may have been sent is never retried.',
	},
	simplify: {
		label: 'Simplify',
		scope: 'row',
		operations: ['getAll', ...ACCESS],
		type: 'boolean',
		default: false,
		isFixedForTools: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	timeout: {
		label: 'Timeout (Seconds)',
		scope: 'run',
		operations: ALL,
		type: 'number',
		unit: 'seconds',
		default: 60,
		min: 0.1,
		max: 3600,
		description: 'How long to wait for the response to each request',
	},
	emptyLists: {
		label: 'When a List Is Empty',
		scope: 'row',
		operations: ['updateAccess'],
		type: 'options',
		default: 'fail',
		toolDefault: 'keep',
		isFixedForTools: true,
		choices: {
			fail: {
				name: 'Fail',
				description: 'Reject the row, so that a blank cell never changes access',
			},
			keep: {
				name: 'Keep Unchanged',
				description: "Don't send this field for the row",
			},
		},
		description:
			"What to do with an empty list under 'Replace With List'. An empty list is never sent.",
	},
	missingMembers: {
		label: "When a Member Isn't Returned",
		scope: 'row',
		operations: ALL,
		type: 'options',
		default: 'fail',
		isFixedForTools: true,
		choices: {
			fail: { name: 'Fail', description: 'Fail the row' },
			ignore: {
				name: 'Ignore',
				description: 'Return no item for the email, and count it in the hint',
				// Not for Delete: every row of a deletion needs a result.
				operations: ACCESS,
			},
			report: {
				name: 'Report',
				description: 'Return an item that says why',
			},
		},
		description: 'What to do with an email for which Periskope returns no member',
	},
	accessMismatch: {
		label: 'When Access Differs',
		scope: 'row',
		operations: ACCESS,
		type: 'options',
		default: 'fail',
		isFixedForTools: true,
		choices: {
			fail: { name: 'Fail', description: 'Fail the row, and say what differs' },
			ignore: {
				name: 'Ignore',
				description: 'Return the member, and count it in the hint',
			},
			report: {
				name: 'Report',
				description: "Return the member with 'accessMismatch', which says what differs",
			},
		},
		description: 'What to do when Periskope returns different access than requested',
	},
	duplicateEmails: {
		label: 'When an Email Repeats',
		scope: 'run',
		operations: ACCESS,
		type: 'options',
		default: 'fail',
		isFixedForTools: true,
		choices: {
			fail: {
				name: 'Fail',
				description: 'Send nothing for an email whose rows ask for different access',
			},
			merge: {
				name: 'Merge',
				description: 'Send the labels and org phones of all rows together',
			},
			lastRow: {
				name: 'Use Last Row',
				description: 'For each field, use the last row that sets it or sends null',
			},
		},
		description: 'What to do when rows for the same email ask for different access',
	},
} as const satisfies Record<string, Option>;

type Table = typeof OPTIONS;
export type OptionName = keyof Table;

type ValueOf<Entry> = Entry extends { choices: infer Choices }
	? keyof Choices
	: Entry extends { type: 'number' }
		? number
		: Entry extends { type: 'string' }
			? string
			: boolean;
type ValuesOf<Scope> = {
	[Name in OptionName as Table[Name]['scope'] extends Scope ? Name : never]: ValueOf<Table[Name]>;
};

/** Options that each row may set for itself, with an expression. */
export type RowOptions = ValuesOf<'row'>;
/** Options of the run as a whole, so all rows have to agree on them. */
export type RunOptions = ValuesOf<'run'>;
export type OptionValues = RowOptions & RunOptions;
export type DuplicateEmails = RunOptions['duplicateEmails'];
export type EmptyLists = RowOptions['emptyLists'];

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

/** @param isTool whether the node is the tool of an agent */
export const hasOption = (operation: OperationName, name: OptionName, isTool = false): boolean =>
	optionOf(name).operations.includes(operation) && !(isTool && optionOf(name).isFixedForTools);

export const optionOf = (name: OptionName): Option => OPTIONS[name];

/** What an operation lets choose from, as the editor lists it. */
export const choicesOf = ({ choices }: ChoiceOption, operation: OperationName) =>
	Object.entries(choices).flatMap(([value, { name, description, operations = ALL }]) =>
		operations.some((having) => having === operation) ? [{ name, value, description }] : [],
	);

/** Of 'Allowed Domains', where the workflow doesn't hold it. */
export const ANY_DOMAIN = '*';

/** The option's value where the workflow doesn't hold it. */
export function defaultOf(option: Option, isTool = false): boolean | number | string {
	if (isTool && option.toolDefault !== undefined) return option.toolDefault;
	if (option.type === 'string') return ANY_DOMAIN;
	const isUnlimited = option.type === 'number' && option.hasNoLimitUnlessAdded === true;
	return isUnlimited ? Infinity : option.default;
}

export const DEFAULTS = Object.fromEntries(
	OPTION_NAMES.map((name) => [name, defaultOf(OPTIONS[name])]),
) as OptionValues;

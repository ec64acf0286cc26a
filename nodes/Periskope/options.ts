const ALL = ['delete', 'invite', 'updateAccess'] as const;
const ACCESS = ['invite', 'updateAccess'] as const;
export type OperationName = (typeof ALL)[number];

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
} & (
	| { type: 'boolean'; default: boolean }
	/** a whole number, unless it has a unit */
	| { type: 'number'; default: number; min: number; max: number; unit?: 'seconds' }
	/** choices by value, sorted by name */
	| { type: 'options'; default: string; choices: Readonly<Record<string, Choice>> }
);
export type ChoiceOption = Extract<Option, { type: 'options' }>;

/** Every entry of the node's Options, sorted by label. The editor's fields and the checks come from here. */
export const OPTIONS = {
	batchSize: {
		label: 'Batch Size',
		scope: 'run',
		operations: ACCESS,
		type: 'number',
		default: 100,
		min: 1,
		max: 1000,
		description:
			'Most emails in one request. Rows that ask for the same access share requests. Periskope documents no limit.',
	},
	concurrentRequests: {
		label: 'Concurrent Requests',
		scope: 'run',
		operations: ALL,
		type: 'number',
		default: 4,
		min: 1,
		max: 10,
		description: 'Most requests under way at the same time',
	},
	dryRun: {
		label: 'Dry Run',
		scope: 'run',
		operations: ALL,
		type: 'boolean',
		default: false,
		description:
			'Whether to check all rows and output what would be sent, without changing anything in Periskope',
	},
	duplicateEmails: {
		label: 'Duplicate Emails',
		scope: 'run',
		operations: ACCESS,
		type: 'options',
		default: 'fail',
		choices: {
			fail: {
				name: 'Fail',
				description: 'Send nothing for an email whose rows ask for different access',
			},
			merge: {
				name: 'Merge',
				description: 'Give the labels and the org phones of all of its rows together',
			},
			lastRow: {
				name: 'Use Last Row',
				description: 'For each field, the last row that sets or clears it decides',
			},
		},
		description:
			'What to do when an email is on several rows that ask for different access. Rows that agree are never a conflict.',
	},
	emptyLists: {
		label: 'Empty Lists',
		scope: 'row',
		operations: ['updateAccess'],
		type: 'options',
		default: 'fail',
		choices: {
			fail: {
				name: 'Fail',
				description: 'Refuse the row, so that a blank cell cannot change access',
			},
			keep: {
				name: 'Keep Unchanged',
				description: 'Leave the field as it is in Periskope for that row',
			},
		},
		description:
			'What to do when a mode is Set to List and the list is empty. An empty list is never sent.',
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
			'Most members that one run may delete. A run that would delete more sends nothing and says how many it would be.',
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
			'How often to repeat a request that failed for a passing reason, such as a rate limit or a broken connection. An invitation that may have gone out is never repeated.',
	},
	missingMembers: {
		label: 'Missing Members',
		scope: 'row',
		operations: ALL,
		type: 'options',
		default: 'fail',
		choices: {
			fail: { name: 'Fail', description: 'Treat the email as failed' },
			ignore: {
				name: 'Ignore',
				description: 'Output nothing for the email and count it in the hint',
				// The row of somebody who has left must not vanish.
				operations: ACCESS,
			},
			report: {
				name: 'Report',
				description: 'Output an item with the email, the reason, and what it was to have',
			},
		},
		description: 'What to do with an email for which Periskope returns no member',
	},
	output: {
		label: 'Output',
		scope: 'row',
		operations: ACCESS,
		type: 'options',
		default: 'full',
		choices: {
			full: { name: 'Full', description: 'The member as Periskope returned it' },
			simplified: {
				name: 'Simplified',
				description: 'Email, name, role, status, label IDs, and org phones as digits',
			},
		},
		description: 'How much of each member to output',
	},
	timeout: {
		label: 'Timeout',
		scope: 'run',
		operations: ALL,
		type: 'number',
		unit: 'seconds',
		default: 60,
		min: 0.1,
		max: 3600,
		description: 'Seconds to wait for the answer to each request',
	},
} as const satisfies Record<string, Option>;

type Table = typeof OPTIONS;
export type OptionName = keyof Table;

type ValueOf<Entry> = Entry extends { choices: infer Choices }
	? keyof Choices
	: Entry extends { type: 'number' }
		? number
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

export const hasOption = (operation: OperationName, name: OptionName): boolean =>
	optionOf(name).operations.includes(operation);

export const optionOf = (name: OptionName): Option => OPTIONS[name];

/** What an operation lets choose from, as the editor lists it. */
export const choicesOf = ({ choices }: ChoiceOption, operation: OperationName) =>
	Object.entries(choices).flatMap(([value, { name, description, operations = ALL }]) =>
		operations.some((having) => having === operation) ? [{ name, value, description }] : [],
	);

export const DEFAULTS = Object.fromEntries(
	OPTION_NAMES.map((name) => [name, OPTIONS[name].default]),
) as OptionValues;

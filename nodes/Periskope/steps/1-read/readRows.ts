import type { IExecuteFunctions } from 'n8n-workflow';

import { messageOf } from '../../messageOf';
import { readMemberRow, type CellName, type MemberRow, type RowForm } from './memberRow';
import { rememberingReader } from './cellMemory';
import { agreedOptions, optionReader } from './optionReader';
import {
	ROW_OPTIONS,
	RUN_OPTIONS,
	type OptionName,
	type RowOptions,
	type RunOptions,
} from './options';
import { parameterReaders, type ParameterReader, type ReaderOf } from './rowParameters';

/** Which parameters an operation has. */
export interface SheetForm extends RowForm {
	/** the parameter that holds the emails */
	emails: 'emails' | 'email';
	options: readonly OptionName[];
}

/** A row of the input, by its index from 0. */
export type ReadRow = MemberRow & { index: number; options: RowOptions };

export interface ReadRows {
	rows: ReadRow[];
	/** undefined when no row reads well, so that there is nothing to run */
	options: RunOptions | undefined;
}

/** Reads the parameters of every row. Whatever is wrong with them is found here, before sending. */
export function readRows(context: IExecuteFunctions, form: SheetForm): ReadRows {
	const inputs = context.getInputData();
	if (inputs.length === 0) return { rows: [], options: undefined };

	const reader = parameterReaders(context);
	const cells: Record<CellName, ParameterReader> = {
		emails: reader(form.emails, ''),
		role: reader('role', 'member'),
		labelsMode: reader('labelsMode', 'set'),
		labels: reader('labels', ''),
		orgPhonesMode: reader('orgPhonesMode', form.modes.includes('keep') ? 'keep' : 'set'),
		orgPhones: reader('orgPhones', ''),
	};
	const offered = offeredOptions(form, reader);
	const rowOptions = optionReader(ROW_OPTIONS, offered);
	const runOptions = agreedOptions(RUN_OPTIONS, optionReader(RUN_OPTIONS, offered));

	const readList = rememberingReader();

	const rows = inputs.map((_, index): ReadRow => {
		try {
			const options = rowOptions(index);
			const cell = (name: CellName) => cells[name].at(index);
			const row = readMemberRow(cell, form, options.values.emptyLists, readList);
			const problems = [...options.problems, ...runOptions.problemsOn(index)];
			const read = problems.length === 0 ? row : withProblems(row, problems);
			return { ...read, index, options: options.values };
		} catch (error) {
			return { index, options: DEFAULTS, emails: [], problems: [expressionProblem(error)] };
		}
	});
	return { rows, options: runOptions.values() };
}

/** A workflow may still hold options of the operation that it had before. They say nothing here. */
export const offeredOptions = ({ options }: SheetForm, reader: ReaderOf): ReaderOf => {
	const offered = new Set(options.map((name) => `options.${name}`));
	return (name, fallback) =>
		offered.has(name) ? reader(name, fallback) : { fixed: true, at: () => fallback };
};

const DEFAULTS: RowOptions = {
	dryRun: ROW_OPTIONS.dryRun.fallback,
	emptyLists: ROW_OPTIONS.emptyLists.fallback,
	missingMembers: ROW_OPTIONS.missingMembers.fallback,
	output: ROW_OPTIONS.output.fallback,
};

function withProblems(row: MemberRow, problems: string[]): MemberRow {
	return 'change' in row
		? { emails: row.change.emails, problems }
		: { emails: row.emails, problems: [...problems, ...row.problems] };
}

const expressionProblem = (error: unknown) =>
	`An expression cannot be evaluated for this row: ${messageOf(error)}`;

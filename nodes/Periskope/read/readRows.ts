import type { IExecuteFunctions } from 'n8n-workflow';

import {
	DEFAULTS,
	type OperationName,
	type OptionName,
	type RowOptions,
	type RunOptions,
} from '../options';
import type { RowId } from '../rowFailure';
import { valueReader } from './fieldValues';
import { readMemberRow, type CellName, type MemberRow, type RowForm } from './memberRow';
import { parameterReader, type Parameter, type ParameterReader } from './parameters';
import { AgreedOptions, optionReader } from './readOptions';

/** Which parameters an operation has. */
export interface SheetForm extends RowForm {
	name: OperationName;
}

export type ReadRow = MemberRow & RowId & { options: RowOptions };

export interface ReadRows {
	rows: ReadRow[];
	/** the defaults where no row's options can be read, for then there is nothing to run */
	options: RunOptions;
	/** the option that keeps the run from doing harm, where rows disagree about it */
	unclearBrake: OptionName | undefined;
}

/** Reads the parameters of every row. Whatever is wrong with them is found here, before sending. */
export function readRows(context: IExecuteFunctions, form: SheetForm): ReadRows {
	if (context.getInputData().length === 0)
		return { rows: [], options: DEFAULTS, unclearBrake: undefined };

	const parameter = parametersOf(context);
	const cells: Record<CellName, Parameter> = {
		emails: parameter('emails', ''),
		role: parameter('role', 'member'),
		labelsMode: parameter('labelsMode', 'set'),
		labels: parameter('labels', ''),
		orgPhonesMode: parameter('orgPhonesMode', form.modes.includes('keep') ? 'keep' : 'set'),
		orgPhones: parameter('orgPhones', ''),
	};
	const optionsAt = optionReader(form.name, parameter);
	const agreed = new AgreedOptions();
	const readValues = valueReader();

	const rows = rowIdsOf(context).map((id): ReadRow => {
		const { index } = id;
		const read = optionsAt(index);
		const { values: options } = read;
		const row = readMemberRow(
			(name) => cells[name].at(index),
			form,
			options.emptyLists,
			(field, cell) => readValues(field, cell, cells[field].source, options.checkOrgPhones),
		);
		const differences = agreed.differencesOn(id, read);
		const isReadable = read.problems.size === 0 && differences.length === 0;
		const checked = isReadable ? row : unreadable(row, [...read.problems.values(), ...differences]);
		return { ...checked, ...id, options };
	});
	return { rows, options: agreed.values ?? DEFAULTS, unclearBrake: agreed.unclearBrake };
}

/** The rows of the input, each with its number in the sheet where it has one. */
export const rowIdsOf = (context: IExecuteFunctions): RowId[] =>
	context.getInputData().map(({ json: { row_number: number } }, index) => ({
		index,
		...(typeof number === 'number' && Number.isSafeInteger(number) && { rowNumber: number }),
	}));

/** Reads the node's parameters on each row. */
export const parametersOf = (context: IExecuteFunctions): ParameterReader =>
	parameterReader({
		stored: context.getNode().parameters,
		evaluate: (name, row) => context.getNodeParameter(name, row),
		rows: context.getInputData().map(({ json }) => json),
	});

function unreadable(row: MemberRow, problems: readonly string[]): MemberRow {
	return row.kind === 'change'
		? {
				kind: 'unreadable',
				emails: row.change.emails,
				...(row.change.orgPhones && { orgPhones: row.change.orgPhones }),
				problems,
			}
		: { ...row, asksNothing: false, problems: [...problems, ...row.problems] };
}

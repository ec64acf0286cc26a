import type { IExecuteFunctions, INode } from 'n8n-workflow';

import {
	DEFAULTS,
	optionOf,
	type OperationName,
	type OptionName,
	type RowOptions,
	type RunOptions,
} from '../options';
import { FIELD_NAMES, modesOf } from '../model';
import type { RowId } from '../rowFailure';
import { isTool } from '../tool';
import { emailsAtOtherDomains } from './allowedDomains';
import { valueReader } from './fieldValues';
import { instructionsIn } from './label';
import { readMemberRow, type CellName, type MemberRow, type RowForm } from './memberRow';
import { ownValue } from './objects';
import { parameterReader, type Parameter, type ParameterReader } from './parameters';
import { AgreedOptions, SAFETY_OPTIONS, optionReader } from './readOptions';

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
	unclearOption?: OptionName | undefined;
	/** label of what the author of a tool has to decide, and has left to the model */
	leftToModel?: string | undefined;
}

/** Reads the parameters of every row. Whatever is wrong with them is found here, before sending. */
export function readRows(context: IExecuteFunctions, form: SheetForm): ReadRows {
	if (context.getInputData().length === 0) return { rows: [], options: DEFAULTS };

	const forTool = isTool(context.getNode());
	const rowForm = { ...form, modes: modesOf(form.modes, forTool) };
	const parameter = parametersOf(context);
	const cells: Record<CellName, Parameter> = {
		emails: parameter('emails', ''),
		role: parameter('role', 'member'),
		labelsMode: parameter('labelsMode', 'set'),
		labels: parameter('labels', ''),
		orgPhonesMode: parameter('orgPhonesMode', form.modes.includes('keep') ? 'keep' : 'set'),
		orgPhones: parameter('orgPhones', ''),
	};
	const optionsAt = optionReader(form.name, parameter, forTool);
	const agreed = new AgreedOptions();
	const readValues = valueReader();

	const rows = rowIdsOf(context).map((id): ReadRow => {
		const { index } = id;
		const read = optionsAt(index);
		const { values: options } = read;
		const row = readMemberRow(
			(name) => cells[name].at(index),
			rowForm,
			options.emptyLists,
			(field, cell) => readValues(field, cell, cells[field].source, options.checkOrgPhones),
		);
		const differences = agreed.differencesOn(id, read);
		const others = emailsAtOtherDomains(emailsOf(row), options.allowedDomains);
		const instructions =
			forTool && row.kind === 'change' ? instructionsIn(row.change.labels ?? []) : [];
		const isReadable =
			read.problems.size === 0 &&
			[differences, others, instructions].every(({ length }) => length === 0);
		const checked = isReadable
			? row
			: unreadable(row, [...read.problems.values(), ...differences, ...others, ...instructions]);
		return { ...checked, ...id, options };
	});
	return {
		rows,
		options: agreed.values ?? DEFAULTS,
		unclearOption: agreed.unclearOption,
		leftToModel: forTool ? leftToModel(context.getNode()) : undefined,
	};
}

const emailsOf = (row: MemberRow) => (row.kind === 'change' ? row.change : row).emails;

/** A tool's own input comes from the model too. */
const OF_MODEL = /\$(?:fromai|json|input)\b/i;

function leftToModel({ parameters: { options, role } }: INode): string | undefined {
	const isOfModel = (stored: unknown) => typeof stored === 'string' && OF_MODEL.test(stored);
	if (isOfModel(role)) return FIELD_NAMES.role;
	const stored: object = typeof options === 'object' && options !== null ? options : {};
	const brake = SAFETY_OPTIONS.find((name) => isOfModel(ownValue(stored, name)));
	return brake && optionOf(brake).label;
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

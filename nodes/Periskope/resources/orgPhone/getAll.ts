import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { OrgPhone } from '../../api/orgPhones';
import { withoutSuffix } from '../../model';
import { DEFAULTS, type Option } from '../../options';
import { dataOf, hasErrorOutput, itemFrom, itemOfFailure } from '../../output/items';
import { stopOnRow, stopRun } from '../../output/stopError';
import { toldOfFailure } from '../../output/toolItems';
import { checkOption } from '../../read/checkOption';
import { optionReader } from '../../read/readOptions';
import { parametersOf, rowIdsOf } from '../../read/readRows';
import { failRow, type RowFailure } from '../../rowFailure';
import { startSession } from '../../send/session';
import { shown } from '../../text';
import { isTool, stopsOnErrors } from '../../tool';
import type { Operation } from '../operation';
import { fieldFrom, optionsField } from '../optionsField';

const NAME = 'getAll';
const RETURN_ALL: Option = {
	label: 'Return All',
	description: 'Whether to return all results or only up to a given limit',
	scope: 'row',
	operations: [NAME],
	type: 'boolean',
	default: false,
};
const LIMIT: Option = {
	label: 'Limit',
	description: 'Max number of results to return',
	scope: 'row',
	operations: [NAME],
	type: 'number',
	default: 50,
	min: 1,
	max: 100_000,
};

/**
 * Lists the organization's phones once, and returns them for each row of the input.
 *
 * @see https://docs.periskope.app/api-reference/introduction
 */
async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const stops = stopsOnErrors(context);
	const rows = rowIdsOf(context);
	if (rows.length === 0) return [];

	const listed = await startSession(context, DEFAULTS).orgPhones();
	if (listed.kind === 'failed' && stops) stopRun(node, listed.failure);
	const wantedOn = wantedReader(context);
	return rows.flatMap((row) => {
		const fail = (failure: RowFailure) => {
			if (stops) stopOnRow(node, failure);
			return [
				isTool(node)
					? itemFrom(toldOfFailure(failure, 'listed'), row.index)
					: itemOfFailure(failure, hasErrorOutput(node)),
			];
		};
		if (listed.kind === 'failed') {
			const { reason, applied, details, ...problem } = listed.failure;
			return fail(failRow(row, problem, { reason, applied, ...details }));
		}
		const { limit, simplify, problems } = wantedOn(row.index);
		if (problems.length > 0) {
			const problem = { what: problems.join('. '), advice: 'Correct the row and run it again.' };
			return fail(failRow(row, problem, { reason: 'invalidRow', applied: 'no' }));
		}
		const phones = listed.phones.slice(0, limit);
		if (isTool(node)) return toldOfPhones(phones, row.index);
		return phones.map((phone) => itemFrom(dataOf(simplify ? simplified(phone) : phone), row.index));
	});
}

/** Reads on each row how many phones are wanted, and how. */
function wantedReader(context: IExecuteFunctions) {
	const parameter = parametersOf(context);
	const returnAll = parameter('returnAll', RETURN_ALL.default);
	const limit = parameter('limit', LIMIT.default);
	const optionsAt = optionReader(NAME, parameter, isTool(context.getNode()));
	return (row: number) => {
		const all = checkOption(RETURN_ALL, NAME, returnAll.at(row));
		const max = all.value === true ? { value: Infinity } : checkOption(LIMIT, NAME, limit.at(row));
		const { values, problems } = optionsAt(row);
		return {
			limit: Number(max.value),
			simplify: values.simplify,
			problems: [all.problem, max.problem, ...problems.values()].filter(
				(problem) => problem !== undefined,
			),
		};
	};
}

/** Under the names that this node's own parameters have. */
function simplified({ org_phone, phone_name, wa_state, labels }: OrgPhone): object {
	return {
		orgPhone: org_phone === null ? null : withoutSuffix(org_phone),
		phone_name,
		wa_state,
		labels,
	};
}

/** For a model: an empty answer would tell it nothing, and a phone without a number can't be given. */
function toldOfPhones(phones: readonly OrgPhone[], row: number): INodeExecutionData[] {
	const withNumber = phones.filter(({ org_phone }) => org_phone !== null);
	const told = withNumber.map(({ org_phone, phone_name, wa_state }) => ({
		orgPhone: shown(withoutSuffix(org_phone ?? '')),
		phone_name: shown(phone_name ?? ''),
		wa_state: shown(wa_state ?? ''),
	}));
	return (told.length > 0 ? told : [{ listed: true, reason: NO_PHONES }]).map((json) =>
		itemFrom(json, row),
	);
}

const NO_PHONES = 'Periskope lists no org phones with a number.';

export const getManyOrgPhones: Operation = {
	option: {
		name: 'Get Many',
		value: NAME,
		action: 'Get many org phones',
		description: 'Get a list of the WhatsApp numbers of the organization',
	},
	toolDescription:
		"Lists the organization's WhatsApp phones, each with its number, name and state. It changes nothing.",
	fields: (isTool) => [
		fieldFrom('returnAll', RETURN_ALL, NAME, isTool),
		{
			...fieldFrom('limit', LIMIT, NAME, isTool),
			displayOptions: { show: { returnAll: [false] } },
		},
		...optionsField(NAME, isTool),
	],
	execute,
};

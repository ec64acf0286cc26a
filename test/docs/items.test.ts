import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { sandboxed } from '../engine/sandboxed';
import { filledByModel } from '../engine/toolScenarios';
import type { Unknowns } from '../sandbox/unknowns';
import { Markdown } from './markdown';

interface Example {
	row: IDataObject;
	parameters?: INodeParameters;
	options?: INodeParameters;
	/** what a model fills in, where the node is its tool */
	call?: IDataObject;
	/** what is otherwise in Periskope */
	unknowns?: Partial<Unknowns>;
}

const ASHA = { row_number: 2, email: 'asha.rao@acme.example', labels: 'Sales, VIP' };
const NOBODY = { row_number: 4, email: 'nobody@acme.example', labels: 'Sales' };

/** How each item came about that a page shows, in the order of the page. */
const EXAMPLES: Record<string, Example[]> = {
	'docs/results.md': [
		{
			row: { ...ASHA, phones: 'Support' },
			parameters: { orgPhonesMode: 'set', orgPhones: '={{ $json.phones }}' },
			options: { simplify: true },
		},
		{
			row: { row_number: 3, email: 'ben.okafor@acme.example' },
			parameters: { operation: 'delete' },
		},
		{ row: NOBODY },
		{ row: NOBODY, options: { missingMembers: 'report' } },
		{
			row: { row_number: 5, email: 'carla.mendes@acme.example', labels: 'Sales, Suport' },
			options: { simplify: true, accessMismatch: 'report' },
			unknowns: { unknownLabels: 'dropped' },
		},
		{ row: ASHA, options: { dryRun: true } },
		{
			row: {},
			parameters: { resource: 'orgPhone', operation: 'getAll', limit: 1 },
			options: { simplify: true },
		},
		...[ASHA.email, 'asha.rao@acme'].map((Emails) => ({
			row: {},
			call: { Emails },
			parameters: { emails: filledByModel('Emails'), labels: 'Sales, VIP' },
			options: { dryRun: false },
		})),
	],
};

/** IDs are others each time. */
const withoutIds = (item: unknown): unknown =>
	JSON.parse(JSON.stringify(item), (key, value: unknown) => {
		if (key === 'traceId') return '…';
		return key === 'label_ids' && Array.isArray(value) ? value.map(() => '…') : value;
	});

describe.each(Object.entries(EXAMPLES))('the items on %s', (path, examples) => {
	const test = sandboxed();
	const shown = new Markdown(path).blocks('json');

	it('are all compared with the node', () => {
		expect(shown).toHaveLength(examples.length);
	});

	it.each(examples.map((example, index) => [index + 1, example] as const))(
		'are what the node returns: number %i',
		async (number, { row, parameters, options = {}, call, unknowns }) => {
			Object.assign(test.sandbox.unknowns, unknowns);
			const item: unknown = JSON.parse(shown[number - 1] ?? '');
			if (call) {
				const { answers } = await test.engine.callTool(
					{ resource: 'member', operation: 'updateAccess', ...parameters, options },
					[call],
				);
				expect([item]).toEqual(JSON.parse(answers[0] ?? ''));
				return;
			}
			const result = await test.engine.run(
				{
					emails: '={{ $json.email }}',
					labels: '={{ $json.labels }}',
					...parameters,
					options,
				},
				[row],
				{ settings: { onError: 'continueRegularOutput' } },
			);
			expect(item).toEqual(withoutIds(result.json()[0]));
		},
	);
});

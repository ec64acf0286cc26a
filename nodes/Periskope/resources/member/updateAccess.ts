import { readRows } from '../../steps/1-read/readRows';
import { planAccess, refusalsOf } from '../../steps/2-plan/planAccess';
import { sendAccess } from '../../steps/3-send/sendAccess';
import { answerRows } from '../../steps/4-settle/answerRows';
import { settle } from '../../steps/4-settle/settle';
import { itemsFrom } from '../../steps/5-items/items';
import { stopBeforeSending, stopOnFailures } from '../../steps/5-items/stopError';
import { hintsFor, showHints } from '../../steps/5-items/summary';
import type { Operation } from '../operation';
import { updateAccessFields } from './updateAccess.fields';

export const updateAccess: Operation = {
	option: {
		name: 'Update Access',
		value: 'updateAccess',
		action: 'Update member access',
		description:
			'Set which labels and org phones members may see in Periskope. Replaces what they have now; admins are not changed.',
	},
	fields: updateAccessFields,

	/** @see https://docs.periskope.app/api-reference/introduction */
	async execute(context) {
		const stopsOnErrors = !context.continueOnFail();

		const { rows, options } = readRows(context);
		const plan = planAccess(rows, options);
		if (stopsOnErrors) {
			stopBeforeSending(
				context.getNode(),
				rows.flatMap((row) => [...refusalsOf(row, plan).values()]),
			);
		}

		const sent = options && (await sendAccess(context, plan.toSend.requests, options));
		const settled = settle(sent?.requests ?? []);
		const answers = answerRows(rows, plan, settled);
		if (stopsOnErrors) stopOnFailures(context.getNode(), sent?.requests ?? [], settled, answers);

		showHints(context, hintsFor(answers, settled, sent?.progress));
		return itemsFrom(answers, context.getNode().onError === 'continueErrorOutput');
	},
};

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RowResult } from '../match/matchRows';
import { isPhoneNumber } from '../model';
import type { OperationMessages } from '../operationMessages';
import type { FailureReason, RowFailure } from '../rowFailure';
import { quote } from '../text';
import { confirmedLists, dataOf, itemFrom } from './items';

/** The field that says whether it was done. */
type Done = OperationMessages['done'] | 'listed' | 'done';

const CORRECT =
	"Nothing was sent. Correct the values and call again, or ask the user if you don't know them.";
/** In place of advice that is for people, who see the sheet and the editor. */
const WHAT_TO_DO: Partial<Record<FailureReason, string>> = {
	invalidRow: CORRECT,
	conflict: CORRECT,
	tooMany:
		"Nothing was sent. Don't split the list into several calls. Tell the user that the author of the workflow has to check the list and the limit.",
	accessMismatch: 'Tell the user, so that somebody checks the member in Periskope.',
};

/** One short item per email for a model. Text from Periskope is always in quotes. */
export const toolItems = (results: readonly RowResult[], done: Done): INodeExecutionData[] =>
	results.map((result) => itemFrom(dataOf(toldOf(result, done)), result.row.index));

function toldOf(result: RowResult, done: Done): object {
	switch (result.kind) {
		case 'done': {
			const { labels, orgPhones } = confirmedLists(result);
			const numbers = Array.isArray(orgPhones) ? orgPhones.filter(isNumber) : undefined;
			return { email: result.email, [done]: true, labels, orgPhones: numbers };
		}
		case 'planned': {
			const { email, access } = result;
			return { email, [done]: false, dryRun: true, ...access, whatToDo: SAY_PLANNED };
		}
		case 'failed':
			return toldOfFailure(result.failure, done);
		case 'notReturned':
			return { email: result.email, [done]: 'unknown', reason: result.reason };
	}
}

const isNumber = (orgPhone: unknown) => typeof orgPhone === 'string' && isPhoneNumber(orgPhone);

const SAY_PLANNED =
	"Tell the user that this is a plan, and that nothing has changed. The author of the workflow can turn off 'Dry Run'.";

export function toldOfFailure(
	{ what, advice, details }: Omit<RowFailure, 'row'>,
	done: Done,
): IDataObject {
	const { email, reason, applied } = details;
	const mayRepeat = applied !== 'unknown' || done !== 'invited';
	return {
		...(email !== undefined && { email }),
		[done]: applied === 'no' ? false : 'unknown',
		reason: `${reason in WHAT_TO_DO ? what : withQuotedWords(what)}.`,
		whatToDo: WHAT_TO_DO[reason] ?? (mayRepeat ? advice : `${advice} ${DONT_REPEAT}`),
	};
}

const DONT_REPEAT = "Don't invite again before the user has checked.";

/** Quotes what follows the colon, so that a model doesn't take it for an instruction. */
function withQuotedWords(what: string): string {
	const [own = '', ...words] = what.split(': ');
	return words.length === 0 ? own : `${own}: ${quote(words.join(': ').replaceAll('"', "'"))}`;
}

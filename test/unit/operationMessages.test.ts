import { describe, expect, it } from '@jest/globals';

import type { Failure } from '../../nodes/Periskope/rowFailure';
import type { Applied } from '../../nodes/Periskope/model';
import {
	adviceOnCause,
	adviceOnRow,
	type OperationMessages,
} from '../../nodes/Periskope/operationMessages';

const messages: OperationMessages = {
	done: 'updated',
	ifUnknown: 'It may have been applied.',
	adviceIfUnknown: 'Look first.',
	adviceIfRetryable: 'Run again.',
	adviceIfStopped: 'Not shown here.',
	notReturned: 'Not shown here',
	adviceIfNotReturned: 'Not shown here.',
};
const failure = (advice: string, applied: Applied, isRetryable?: boolean): Failure => ({
	what: 'Failed',
	advice,
	reason: 'unavailable',
	applied,
	...(isRetryable !== undefined && { isRetryable }),
	details: {},
});

describe('adviceOnCause', () => {
	it.each([
		[failure('Wait.', 'no'), 'Wait.'],
		[failure('Wait.', 'no', true), 'Wait.'],
		[failure('', 'no', true), ''],
		[failure('Wait.', 'unknown'), 'Wait. It may have been applied.'],
		[failure('', 'unknown', true), 'It may have been applied.'],
	])('says that the request may have been applied only where that is unknown: %j', (of, text) => {
		expect(adviceOnCause(of, messages)).toBe(text);
	});
});

describe('adviceOnRow', () => {
	it.each([
		[failure('Wait.', 'no'), 'Wait.'],
		[failure('Wait.', 'no', false), 'Wait.'],
		[failure('Wait.', 'no', true), 'Wait. Run again.'],
		[failure('', 'no', true), 'Run again.'],
		[failure('', 'no'), ''],
		[failure('Wait.', 'unknown'), 'Wait. It may have been applied. Look first.'],
		[failure('', 'unknown'), 'It may have been applied. Look first.'],
	])('adds what to do about the row: %j', (of, text) => {
		expect(adviceOnRow(of, messages)).toBe(text);
	});

	it('never advises a second run where a retryable request may have been applied', () => {
		expect(adviceOnRow(failure('Wait.', 'unknown', true), messages)).toBe(
			'Wait. It may have been applied. Look first.',
		);
	});
});

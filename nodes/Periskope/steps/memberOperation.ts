import type { ApiCall } from '../transport/connection';
import type { Exchange } from '../transport/exchange';
import type { Mode } from './1-read/memberRow';
import type { OptionName, RunOptions } from './1-read/options';
import type { PlanLimits } from './2-plan/planRows';
import type { MemberRequest } from './2-plan/planRequests';
import type { Reply } from './3-send/reply';

/** What one operation on members has of its own. The steps are the same for all of them. */
export interface MemberOperation {
	/** the parameter that holds the emails */
	emails: 'emails' | 'email';
	/** whether a parameter says with which role */
	hasRole: boolean;
	/** what the modes of labels and org phones take; none where it has nothing to do with access */
	modes: readonly Mode[];
	options: readonly OptionName[];
	limits(options: RunOptions): PlanLimits;
	callFor(request: MemberRequest): Pick<ApiCall, 'method' | 'path' | 'body'>;
	/**
	 * Whether the same request may go out again after an end that may pass.
	 *
	 * @see isPassing
	 */
	maySendAgain(exchange: Exchange): boolean;
	/** @param mayBeDone whether an attempt before this one may have been carried out */
	readReply(exchange: Exchange, request: MemberRequest, mayBeDone: boolean): Reply;
	words: OperationWords;
}

/** How an operation speaks of what it does. Full sentences, but for `done`. */
export interface OperationWords {
	/** as in "3 members updated"; and the field of an item that says that one was not */
	done: 'updated' | 'invited' | 'deleted';
	/** of a request that may have been carried out although it failed */
	doubt: string;
	/** what to do about its row then */
	ifMaybe: string;
	/** and after one that was surely not carried out, and may be another time */
	ifNot: string;
	/** where the run stopped, and a part of it had been carried out */
	ifStopped: string;
	/** an email that the answer doesn't account for: what is known, without its full stop */
	missing: string;
	/** and what to do about it */
	ifMissing: string;
}

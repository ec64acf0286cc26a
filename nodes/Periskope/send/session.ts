import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import type { UnusableCredential } from '../api/baseUrl';
import { connect, type Client } from '../api/client';
import { LIST_PHONES, notListed, type OrgPhones } from '../api/orgPhones';
import type { RunOptions } from '../options';
import type { Clock } from './retryDelay';
import { fetchOrgPhones } from './fetchOrgPhones';

/** How soon a wait sees that the execution was cancelled. */
const SLICE_MS = 100;

export const systemClock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	async pause(ms, isOver) {
		const until = Date.now() + ms;
		for (let left = ms; left > 0 && !isOver(); left = until - Date.now()) {
			await sleep(Math.min(left, SLICE_MS));
		}
	},
};

/** What one run knows of Periskope: each is asked for at most once, and only where it is needed. */
export interface Session {
	client(): Promise<Client | UnusableCredential>;
	/** @param isOver ends the wait for a retry */
	orgPhones(isOver?: () => boolean): Promise<OrgPhones>;
	isCancelled(): boolean;
}

export function startSession(
	context: IExecuteFunctions,
	{ maxRetries, timeout }: Pick<RunOptions, 'maxRetries' | 'timeout'>,
): Session {
	const isCancelled = () => context.getExecutionCancelSignal()?.aborted ?? false;
	const client = once(() => connect(context));
	const orgPhones = once(async (isOver: () => boolean) => {
		const connected = await client();
		if (connected.kind === 'unusable') return notListed(connected);
		const list = () => connected.send(LIST_PHONES, timeout);
		return await fetchOrgPhones(list, systemClock, maxRetries, isOver);
	});
	return { client, orgPhones: (isOver = isCancelled) => orgPhones(isOver), isCancelled };
}

function once<Parameters extends unknown[], Value>(
	compute: (...parameters: Parameters) => Promise<Value>,
): (...parameters: Parameters) => Promise<Value> {
	let value: Promise<Value> | undefined;
	return (...parameters) => (value ??= compute(...parameters));
}

/** Time as the sender needs it. */
export interface Clock {
	/** epoch milliseconds */
	now(): number;
	/** ends early as soon as `isOver` says so */
	pause(ms: number, isOver: () => boolean): Promise<void>;
	/** from 0 up to 1 */
	random(): number;
}

/**
 * Makes the process's time pass faster, so that waits of half a minute are lived through in a
 * second. Only timers and the clock; sockets keep their own time.
 */
export const SPEED = 25;

const realNow = Date.now.bind(Date);
const realTimeout = globalThis.setTimeout;
const start = realNow();

Date.now = () => start + (realNow() - start) * SPEED;

const fastTimeout = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
	realTimeout(run, ms / SPEED, ...args);
globalThis.setTimeout = Object.assign(fastTimeout, {
	__promisify__: realTimeout.__promisify__,
}) as typeof setTimeout;

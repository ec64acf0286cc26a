/** What a caught error says, without its full stop, so that it can stand in a sentence of ours. */
export const messageOf = (error: unknown): string =>
	(error instanceof Error ? error.message : String(error)).replace(/\.\s*$/, '');

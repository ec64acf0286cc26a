/** The first of each entry in order, where entries with the same key are the same. */
export function distinct(
	entries: readonly string[],
	keyOf: (entry: string) => string = (entry) => entry,
): string[] {
	if (entries.length < 2) return [...entries];
	const first = new Map<string, string>();
	for (const entry of entries) {
		const key = keyOf(entry);
		if (!first.has(key)) first.set(key, entry);
	}
	return [...first.values()];
}

/** Emails and labels that differ in case alone name the same thing. */
export const caseless = (text: string) => text.toLowerCase();

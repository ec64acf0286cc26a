const SHORTEST_SECRET = 8;

/**
 * The headers that tell Periskope who calls. `x-phone` is sent only when it is filled in: some
 * of Periskope's pages ask for it, others don't name it.
 *
 * @see https://docs.periskope.app/api-reference/introduction
 */
export function authorizationHeaders({
	apiKey,
	phone,
}: {
	apiKey?: unknown;
	phone?: unknown;
}): Record<string, string> {
	const xPhone = readHeader(phone);
	return {
		Authorization: `Bearer ${readApiKey(apiKey)}`,
		...(xPhone !== '' && { 'x-phone': xPhone }),
	};
}

/**
 * The key alone, as people paste it: in quotes, with line breaks in it, with the word Bearer before
 * it. What is sent and what is redacted are the same text, so an echo of the key is recognised.
 */
export const readApiKey = (text: unknown) =>
	typeof text === 'string'
		? readHeader(
				text.replace(
					/^[^\x23-\x26\x28-\x5f\x61-\x7e]*(?:Authorization\s*[:=]\s*)?(?:Bearer|Token)\s*:?\s+/i,
					'',
				),
			)
		: '';

/** Printable ASCII, for nothing else can be sent in a header; without the quotes around it. */
const readHeader = (text: unknown) =>
	typeof text === 'string' ? text.replace(/[^\x21-\x7e]/g, '').replace(/^["'`]+|["'`]+$/g, '') : '';

/** Removes the API key from what a server sent, wherever it echoes it. */
export function withoutApiKey<Sent>(sent: Sent, apiKey: string): Sent {
	if (apiKey.length < SHORTEST_SECRET) return sent;
	// In a URL it may be encoded.
	const spellings = new Set([apiKey, encodeURIComponent(apiKey)]);
	return [...spellings].reduce(
		(left, spelling) => (holds(left, spelling) ? (redacted(left, spelling) as Sent) : left),
		sent,
	);
}

/** Walks through without recursion: a response may be nested as deeply as its server likes. */
function holds(value: unknown, apiKey: string): boolean {
	const left = [value];
	while (left.length > 0) {
		const next = left.pop();
		if (typeof next === 'string') {
			if (next.includes(apiKey)) return true;
		} else if (Array.isArray(next)) {
			// Numbers can't hold it, and there may be millions of them.
			for (const entry of next) if (typeof entry !== 'number') left.push(entry);
		} else if (typeof next === 'object' && next !== null) {
			for (const [name, entry] of Object.entries(next)) {
				if (name.includes(apiKey)) return true;
				left.push(entry);
			}
		}
	}
	return false;
}

function redacted(value: unknown, apiKey: string): unknown {
	if (typeof value === 'string') return value.replaceAll(apiKey, '[API key]');
	if (Array.isArray(value)) return value.map((entry) => redacted(entry, apiKey));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [
			name.replaceAll(apiKey, '[API key]'),
			redacted(entry, apiKey),
		]),
	);
}

const SHORTEST_SECRET = 8;

/** The key alone, as people paste it: with blanks around it, or with the word Bearer before it. */
export const readApiKey = (text: unknown) => readHeader(text).replace(/^Bearer\s+/i, '');

/** Text fit for a header: what comes along unseen from a web page or a contact list can't be sent. */
export const readHeader = (text: unknown) =>
	typeof text === 'string' ? text.replace(/\p{Cf}/gu, '').trim() : '';

/** Takes the API key out of what a server sent, wherever it echoes it. */
export function withoutApiKey<Sent>(sent: Sent, apiKey: string): Sent {
	if (apiKey.length < SHORTEST_SECRET) return sent;
	const json = JSON.stringify(sent) as string | undefined;
	const escaped = JSON.stringify(apiKey).slice(1, -1);
	return json?.includes(escaped) === true ? (replaced(sent, apiKey) as Sent) : sent;
}

function replaced(value: unknown, apiKey: string): unknown {
	if (typeof value === 'string') return value.replaceAll(apiKey, '[API key]');
	if (Array.isArray(value)) return value.map((entry) => replaced(entry, apiKey));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [
			name.replaceAll(apiKey, '[API key]'),
			replaced(entry, apiKey),
		]),
	);
}

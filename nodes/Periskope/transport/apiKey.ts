const SHORTEST_SECRET = 8;

/** The key alone, as people paste it: with blanks around it, or with the word Bearer before it. */
export const readApiKey = (text: unknown) =>
	typeof text === 'string' ? text.trim().replace(/^Bearer\s+/i, '') : '';

/** Takes the API key out of what a server sent, wherever it echoes it. */
export function withoutApiKey<Sent>(body: Sent, apiKey: string): Sent {
	if (apiKey.length < SHORTEST_SECRET) return body;
	const json = JSON.stringify(body) as string | undefined;
	if (json?.includes(apiKey) !== true) return body;
	return JSON.parse(json.replaceAll(apiKey, '[API key]')) as Sent;
}

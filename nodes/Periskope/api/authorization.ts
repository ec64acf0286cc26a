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

/** The key alone, as people paste it: with blanks around it, or with the word Bearer before it. */
export const readApiKey = (text: unknown) => readHeader(text).replace(/^Bearer\s+/i, '');

/** Text fit for a header: invisible characters from a web page or a contact list can't be sent. */
const readHeader = (text: unknown) =>
	typeof text === 'string' ? text.replace(/\p{Cf}/gu, '').trim() : '';

/** Removes the API key from what a server sent, wherever it echoes it. */
export function withoutApiKey<Sent>(sent: Sent, apiKey: string): Sent {
	const isSecret = apiKey.length >= SHORTEST_SECRET;
	return isSecret && holds(sent, apiKey) ? (redacted(sent, apiKey) as Sent) : sent;
}

function holds(value: unknown, apiKey: string): boolean {
	if (typeof value === 'string') return value.includes(apiKey);
	if (Array.isArray(value)) return value.some((entry) => holds(entry, apiKey));
	if (typeof value !== 'object' || value === null) return false;
	return Object.entries(value).some(
		([name, entry]) => name.includes(apiKey) || holds(entry, apiKey),
	);
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

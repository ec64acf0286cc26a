/** What one attempt ended in: an HTTP answer, or the code of the network fault that kept it away. */
export type Exchange = Answer | { fault: string };

export interface Answer {
	status: number;
	/** by lower-case name */
	headers: Record<string, string | string[] | undefined>;
	/** parsed where it was JSON, else its text */
	body: unknown;
}

export function header({ headers }: Answer, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

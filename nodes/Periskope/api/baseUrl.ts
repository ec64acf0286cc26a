import type { Problem } from '../rowFailure';
import { trimCell } from '../text';

const BLANK_OR_HIDDEN = /[\s\p{Cc}\p{Cf}]/u;
/** A URL parser takes `https:/host` too, and n8n's helper may read it as a path. */
const HAS_HOST = /^https?:\/\/[^/\\]/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** A base URL that may be called, without slashes at its end; or why the API key must not go there. */
export type BaseUrl = { kind: 'usable'; url: string } | UnusableCredential;

export interface UnusableCredential extends Problem {
	kind: 'unusable';
}

/**
 * The API key opens a company's conversations, so it is sent over https alone. Loopback is the
 * exception, for tests against a server on the same machine.
 */
export function mayCarryKey(url: string): boolean {
	if (!HAS_HOST.test(url) || !URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

export function readBaseUrl(text: unknown): BaseUrl {
	const written = typeof text === 'string' ? trimCell(text) : '';
	if (BLANK_OR_HIDDEN.test(written) || !HAS_HOST.test(written) || !URL.canParse(written)) {
		return unusable(
			"The Base URL of the Periskope credential isn't a web address",
			'Change the Base URL in the credential to https://api.periskope.app/v1, unless Periskope gave you another one.',
		);
	}
	const { username, password } = new URL(written);
	if (!mayCarryKey(written)) {
		return unusable(
			"The Base URL of the Periskope credential doesn't start with https://, so the API key would be sent unencrypted",
			'Nothing was sent. Change the Base URL in the credential to start with https://.',
		);
	}
	if (/[?#]/.test(written) || username !== '' || password !== '') {
		return unusable(
			'The Base URL of the Periskope credential contains more than an address',
			'Remove what follows a ? or #, and any name before an @.',
		);
	}
	return { kind: 'usable', url: written.replace(/\/+$/, '') };
}

const unusable = (what: string, advice: string): UnusableCredential => ({
	kind: 'unusable',
	what,
	advice,
});

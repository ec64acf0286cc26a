import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { mayCarryKey, readBaseUrl } from '../../../nodes/Periskope/api/baseUrl';

const problemOf = (given: unknown) => {
	const read = readBaseUrl(given);
	return read.kind === 'unusable' ? read.what : '';
};

const NOT_AN_ADDRESS = "The Base URL of the Periskope credential isn't a web address";

describe('readBaseUrl', () => {
	it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.0.0.53', '127.1', '[::1]'])(
		'accepts http for a host on this machine: %s',
		(host) => {
			const url = `http://${host}:8080/v1`;
			expect(readBaseUrl(url)).toEqual({ kind: 'usable', url });
		},
	);

	it.each([
		'api.periskope.app',
		'localhost.evil.com',
		'127.0.0.1.evil.com',
		'127.0.0.1.nip.io',
		'evil.com#localhost',
		'localhost@evil.com',
		'127.0.0.1:80@evil.com',
		'evil.com/localhost',
		'evil.com\\localhost',
		'0.0.0.0',
		'128.0.0.1',
		'10.127.0.0.1',
		'192.168.0.1',
		'[::2]',
		'notlocalhost',
		'evil.com.127.0.0.1',
	])('rejects http for a host that only looks like this machine: %s', (host) => {
		expect(problemOf(`http://${host}`)).not.toBe('');
	});

	it('rejects http for every other host', () => {
		fc.assert(
			fc.property(fc.domain(), fc.constantFrom('', ':80', '/v1', '?localhost'), (host, rest) => {
				expect(problemOf(`http://${host}${rest}`)).toContain("doesn't start with https://");
			}),
		);
	});

	it('accepts https as it is written, without blanks around it and slashes at its end', () => {
		const url = fc.webUrl({ validSchemes: ['https'] }).map((text) => text.replace(/\/+$/, ''));
		fc.assert(
			fc.property(url, fc.constantFrom('', '/', '//', ' ', '/ \n'), (text, end) => {
				expect(readBaseUrl(` ${text}${end}`)).toEqual({ kind: 'usable', url: text });
			}),
		);
	});

	it.each([
		'ftp://localhost',
		'ftp://api.periskope.app/v1',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'data:,x',
		'ws://[::1]',
		'httpss://x.co',
	])('rejects another protocol, on this machine too: %s', (url) => {
		expect(problemOf(url)).toBe(NOT_AN_ADDRESS);
		expect(mayCarryKey(url)).toBe(false);
	});

	it.each([
		'https:/api.periskope.app/v1',
		'https:api.periskope.app/v1',
		'https:///api.periskope.app/v1',
		'https:\\\\api.periskope.app\\v1',
		'https://\\api.periskope.app/v1',
		'HTTPS:/api.periskope.app/v1',
		'http:/localhost:8080',
		'http:localhost:8080',
	])('rejects what a URL parser takes for an address, and other programs do not: %s', (url) => {
		expect(URL.canParse(url)).toBe(true);
		expect(problemOf(url)).toBe(NOT_AN_ADDRESS);
		expect(mayCarryKey(url)).toBe(false);
	});

	it('removes invisible characters at both ends', () => {
		const hidden = [
			'\ufeff',
			'\u200b',
			'\u200e',
			'\u202a',
			'\u202c',
			'\u2060',
			'\u00a0',
			' ',
			'\n',
		];
		const end = fc.array(fc.constantFrom(...hidden), { maxLength: 5 }).map((all) => all.join(''));
		const url = 'https://api.periskope.app/v1';
		fc.assert(
			fc.property(end, end, (before, after) => {
				expect(readBaseUrl(`${before}${url}${after}`)).toEqual({ kind: 'usable', url });
			}),
		);
	});

	it('says that nothing was sent where the API key would be sent unencrypted', () => {
		expect(readBaseUrl('http://api.periskope.app/v1')).toEqual({
			kind: 'unusable',
			what: "The Base URL of the Periskope credential doesn't start with https://, so the API key would be sent unencrypted",
			advice: 'Nothing was sent. Change the Base URL in the credential to start with https://.',
		});
	});

	it.each([['api.periskope.app/v1'], ['https://'], ['/v1'], [''], [undefined], [null], [{}], [7]])(
		'rejects what is not a web address, and names the one to use: %j',
		(given) => {
			expect(readBaseUrl(given)).toEqual({
				kind: 'unusable',
				what: "The Base URL of the Periskope credential isn't a web address",
				advice: expect.stringContaining('to https://api.periskope.app/v1') as unknown,
			});
		},
	);

	it.each([
		'https://x.co/v1?x=1',
		'https://x.co/v1#a',
		'https://user:pw@x.co/v1',
		'https://x.co/v1?',
	])('rejects what contains more than an address: %j', (given) => {
		expect(readBaseUrl(given)).toEqual({
			kind: 'unusable',
			what: expect.stringContaining('contains more than an address') as unknown,
			advice: expect.stringContaining('Remove what follows') as unknown,
		});
	});

	it.each(['ht\ntps://x.co', 'https://x.co/v\u200b1'])(
		'rejects blanks and invisible characters inside: %j',
		(given) => {
			expect(readBaseUrl(given)).toMatchObject({
				kind: 'unusable',
				what: expect.stringMatching(/./) as unknown,
			});
		},
	);

	it('never throws, and always returns an address or a problem', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' })), (given) => {
				const read = readBaseUrl(given);
				expect(read.kind === 'usable' ? read.url : read.what).not.toBe('');
			}),
		);
	});
});

describe('mayCarryKey', () => {
	it('agrees with readBaseUrl on every address', () => {
		const url = fc.oneof(
			fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] }),
			fc
				.constantFrom('localhost', '127.0.0.1', '[::1]', '127.0.0.1.nip.io', 'localhost.evil.com')
				.map((host) => `http://${host}:8080/v1`),
		);
		fc.assert(
			fc.property(url, (text) => {
				expect(mayCarryKey(text)).toBe(readBaseUrl(text).kind === 'usable');
			}),
		);
	});

	it.each(['', '/members/access', 'api.periskope.app/v1'])(
		'returns false for what is not a whole address: %j',
		(text) => {
			expect(mayCarryKey(text)).toBe(false);
		},
	);
});

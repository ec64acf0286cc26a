import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readBaseUrl } from '../../nodes/Periskope/transport/baseUrl';

const problemOf = (given: unknown) => {
	const read = readBaseUrl(given);
	return 'problem' in read ? read.problem : '';
};

describe('a base URL', () => {
	it('over http is taken for a host on this machine alone', () => {
		for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '127.0.0.53', '127.1', '[::1]']) {
			expect(readBaseUrl(`http://${host}:8080/v1`)).toEqual({ url: `http://${host}:8080/v1` });
		}
		for (const host of [
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
		]) {
			expect(problemOf(`http://${host}`)).not.toBe('');
		}
	});

	it('is never taken over http for any other host', () => {
		fc.assert(
			fc.property(fc.domain(), fc.constantFrom('', ':80', '/v1', '?localhost'), (host, rest) => {
				expect(problemOf(`http://${host}${rest}`)).toContain('does not start with https://');
			}),
		);
	});

	it('over https is taken as it is, without slashes at its end', () => {
		const url = fc.webUrl({ validSchemes: ['https'] }).map((text) => text.replace(/\/+$/, ''));
		fc.assert(
			fc.property(url, fc.constantFrom('', '/', '//', ' ', '/ \n'), (text, end) => {
				expect(readBaseUrl(` ${text}${end}`)).toEqual({ url: text });
			}),
		);
	});

	it.each([
		'ftp://localhost',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'data:,x',
		'ws://[::1]',
	])('of another protocol is refused, on this machine too: %s', (url) => {
		expect(problemOf(url)).toContain('does not start with https://');
	});

	it.each([['api.periskope.app/v1'], ['https://'], ['/v1'], [''], [undefined], [null], [{}], [7]])(
		'that is none is refused with the one to use: %j',
		(given) => {
			expect(readBaseUrl(given)).toEqual({
				problem: 'The Base URL of the Periskope credential is not a web address',
				advice: expect.stringContaining('use https://api.periskope.app/v1') as unknown,
			});
		},
	);

	it('is read without a throw, whatever it is', () => {
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' })), (given) => {
				const read = readBaseUrl(given);
				expect('url' in read || read.problem !== '').toBe(true);
			}),
		);
	});
});

describe('a base URL that holds more than an address', () => {
	it.each([
		'https://x.co/v1?x=1',
		'https://x.co/v1#a',
		'https://user:pw@x.co/v1',
		'https://x.co/v1?',
	])('is refused: %j', (given) => {
		expect(readBaseUrl(given)).toEqual({
			problem: expect.stringContaining('holds more than an address') as unknown,
			advice: expect.stringContaining('leave out') as unknown,
		});
	});

	it.each(['ht\ntps://x.co', 'https://x.co/v\u200b1'])('is refused: %j', (given) => {
		expect(readBaseUrl(given)).toHaveProperty('problem');
	});
});

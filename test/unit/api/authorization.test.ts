import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	authorizationHeaders,
	readApiKey,
	withoutApiKey,
} from '../../../nodes/Periskope/api/authorization';

/** Keys are JSON web tokens. */
const KEY = 'eyJhbGciOiJIUzI1NiJ9.eyJvcmciOiJ4In0.s1-gn_atur3';
const key = fc
	.string({
		unit: fc.constantFrom(...'ABCXYZabcxyz0189-_.'.split('')),
		minLength: 8,
		maxLength: 60,
	})
	.map((rest) => `eyJ${rest}`);

/** A response body with the key in some of its texts and property names. */
const bodyWith = (secret: string) => {
	const word = fc.oneof(
		fc.string(),
		fc.constantFrom(secret, `Bearer ${secret}`, `${secret}${secret}`),
	);
	return fc.letrec((tie) => ({
		value: fc.oneof(
			{ depthSize: 'small' },
			word,
			fc.integer(),
			fc.boolean(),
			fc.constant(null),
			fc.array(tie('value'), { maxLength: 4 }),
			fc.dictionary(word, tie('value'), { maxKeys: 4 }),
		),
	})).value;
};

/** The expected result, computed without code of the product. */
function redacted(value: unknown, secret: string): unknown {
	if (typeof value === 'string') return value.split(secret).join('[API key]');
	if (Array.isArray(value)) return value.map((entry: unknown) => redacted(entry, secret));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [redacted(name, secret), redacted(entry, secret)]),
	);
}

describe('withoutApiKey', () => {
	it('removes the key from every text and property name, and changes nothing else', () => {
		const keyAndBody = key.chain((secret) => fc.tuple(fc.constant(secret), bodyWith(secret)));
		fc.assert(
			fc.property(keyAndBody, ([secret, body]) => {
				const cleaned = withoutApiKey(body, secret);
				expect(JSON.stringify(cleaned)).not.toContain(secret);
				// Two property names may have become the same one, so they are compared as JSON reads them.
				expect(cleaned).toEqual(redacted(JSON.parse(JSON.stringify(body)), secret));
			}),
		);
	});

	it('returns the same object where the body does not contain the key', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (body) => {
				expect(withoutApiKey(body, KEY)).toBe(body);
			}),
		);
	});

	it('keeps a "__proto__" property of the body', () => {
		const body: unknown = JSON.parse(`[{"email":"a@b.co","__proto__":{"note":"${KEY}"}}]`);
		expect(JSON.stringify(withoutApiKey(body, KEY))).toBe(
			'[{"email":"a@b.co","__proto__":{"note":"[API key]"}}]',
		);
		expect('note' in {}).toBe(false);
	});

	it.each(['', 'a', 'message', '1234567'])(
		'does not search for a text too short to be a key: %j',
		(short) => {
			expect(withoutApiKey({ message: `a ${short}` }, short)).toEqual({ message: `a ${short}` });
		},
	);

	it('searches for a key of eight characters', () => {
		expect(withoutApiKey('key 12345678', '12345678')).toBe('key [API key]');
	});

	it('returns undefined for a response without a body', () => {
		const body: unknown = undefined;
		expect(withoutApiKey(body, KEY)).toBeUndefined();
	});

	it('replaces a key of digits in texts, but not in numbers', () => {
		const body = [{ email: 'a@b.co', n: 12345678 }];
		expect(withoutApiKey(body, '12345678')).toEqual(body);
	});

	it('finds a key with characters that JSON escapes', () => {
		expect(withoutApiKey({ a: 'k"ey12345', b: 1 }, 'k"ey12345')).toEqual({ a: '[API key]', b: 1 });
		expect(withoutApiKey({ a: ['k\\ey12345'] }, 'k\\ey12345')).toEqual({ a: ['[API key]'] });
	});
});

describe('readApiKey', () => {
	it.each([KEY, ` ${KEY}\n`, `Bearer ${KEY}`, `bearer ${KEY}`, `BEARER\t${KEY} `, `\ufeff${KEY}`])(
		'reads the key alone, as people paste it: %j',
		(text) => {
			expect(readApiKey(text)).toBe(KEY);
		},
	);

	it.each([
		`"${KEY}"`,
		`'${KEY}'`,
		`\`${KEY}\``,
		`“${KEY}”`,
		`„${KEY}“`,
		`«${KEY}»`,
		`Bearer "${KEY}"`,
		`bearer “${KEY}”`,
		`“Bearer ${KEY}”`,
		`\u200bBearer\u00a0${KEY}\u200b`,
		`${KEY}…`,
		`${KEY}\u2028`,
		`${KEY}\u2029`,
		`${KEY}\u007f`,
		`${KEY.slice(0, 20)}\r\n${KEY.slice(20)}`,
		`${KEY.slice(0, 20)}\u2028${KEY.slice(20)}`,
		`${KEY.slice(0, 20)} ${KEY.slice(20)}`,
		`${KEY.slice(0, 20)}\u00ad${KEY.slice(20)}`,
	])('leaves out quotes around it, and what cannot be sent in a header: %j', (text) => {
		expect(readApiKey(text)).toBe(KEY);
	});

	it('is printable ASCII, and the same text is sent and redacted, whatever was pasted', () => {
		const part = fc.oneof(
			key,
			fc.constantFrom(
				'Bearer ',
				'bearer\t',
				'“',
				'”',
				'"',
				"'",
				'`',
				'…',
				'\u2028',
				'\u007f',
				'\n',
			),
			fc.string({ unit: 'binary' }),
		);
		const pasted = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
		fc.assert(
			fc.property(pasted, (text) => {
				const read = readApiKey(text);
				expect(read).toMatch(/^[\x21-\x7e]*$/);
				expect(read).not.toMatch(/^["'`]|["'`]$/);
				const { Authorization: sent = '' } = authorizationHeaders({ apiKey: text });
				expect(sent).toBe(`Bearer ${read}`);
				if (read.length >= 8) {
					expect(withoutApiKey({ echo: [sent] }, read)).toEqual({ echo: ['Bearer [API key]'] });
				}
			}),
		);
	});

	it('keeps a key that only begins with the letters of "Bearer"', () => {
		expect(readApiKey('BearerToken123')).toBe('BearerToken123');
	});

	it.each([[undefined], [null], [7], [{}], [['x']]])(
		'returns an empty text for a value that is not text: %j',
		(given) => {
			expect(readApiKey(given)).toBe('');
		},
	);
});

describe('authorizationHeaders', () => {
	it('sends the key as a bearer token, without a second "Bearer"', () => {
		for (const apiKey of [KEY, ` ${KEY}\n`, `Bearer ${KEY}`]) {
			expect(authorizationHeaders({ apiKey })).toEqual({ Authorization: `Bearer ${KEY}` });
		}
	});

	it.each(['918527184400', ' 918527184400\n', '\u200b918527184400', '\u202a918527184400\u202c'])(
		'sends the phone as x-phone, without blanks and invisible characters: %j',
		(phone) => {
			expect(authorizationHeaders({ apiKey: KEY, phone })).toEqual({
				Authorization: `Bearer ${KEY}`,
				'x-phone': '918527184400',
			});
		},
	);

	it.each(['phone-1A', 'phone_1:A/b+c=', '1@c.us'])('keeps a phone ID as it is: %s', (phone) => {
		expect(authorizationHeaders({ apiKey: KEY, phone })).toEqual({
			Authorization: `Bearer ${KEY}`,
			'x-phone': phone,
		});
	});

	it.each(['91 8527 184400', '“918527184400”', '"918527184400"', '918527\r\n184400\u2028'])(
		'sends of a phone what a header can hold, without quotes around it: %j',
		(phone) => {
			expect(authorizationHeaders({ apiKey: KEY, phone })).toEqual({
				Authorization: `Bearer ${KEY}`,
				'x-phone': '918527184400',
			});
		},
	);

	it.each([undefined, '', '  ', '\u200b', 918527184400])(
		'leaves x-phone out where the phone is empty or not text: %j',
		(phone) => {
			expect(authorizationHeaders({ apiKey: KEY, phone })).toEqual({
				Authorization: `Bearer ${KEY}`,
			});
		},
	);
});

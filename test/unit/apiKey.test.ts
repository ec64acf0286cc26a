import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readApiKey, withoutApiKey } from '../../nodes/Periskope/transport/apiKey';
import { answerFrom } from '../../nodes/Periskope/transport/response';

/** Keys are JSON web tokens. */
const KEY = 'eyJhbGciOiJIUzI1NiJ9.eyJvcmciOiJ4In0.s1-gn_atur3';
const key = fc
	.string({
		unit: fc.constantFrom(...'ABCXYZabcxyz0189-_.'.split('')),
		minLength: 8,
		maxLength: 60,
	})
	.map((rest) => `eyJ${rest}`);

/** A body that a server answers with, with the key in some of its texts and names. */
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

/** What should come of it, said by walking through it. */
function walked(value: unknown, secret: string): unknown {
	if (typeof value === 'string') return value.split(secret).join('[API key]');
	if (Array.isArray(value)) return value.map((entry: unknown) => walked(entry, secret));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [walked(name, secret), walked(entry, secret)]),
	);
}

describe('an API key that a server echoes', () => {
	it('is gone from every text and every name, and nothing else is', () => {
		const keyAndBody = key.chain((secret) => fc.tuple(fc.constant(secret), bodyWith(secret)));
		fc.assert(
			fc.property(keyAndBody, ([secret, body]) => {
				const cleaned = withoutApiKey(body, secret);
				expect(JSON.stringify(cleaned)).not.toContain(secret);
				// Names that were two may have become one, so they are compared as JSON reads them.
				expect(cleaned).toEqual(walked(JSON.parse(JSON.stringify(body)), secret));
			}),
		);
	});

	it('leaves a body without it untouched, the very object', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (body) => {
				expect(withoutApiKey(body, KEY)).toBe(body);
			}),
		);
	});

	it('is gone from the body and the headers of an answer', () => {
		const answer = answerFrom(
			{
				statusCode: 401,
				headers: { 'x-echo': `Bearer ${KEY}`, 'set-cookie': [`key=${KEY}`, 'a=b'] },
				body: { message: `The key ${KEY} has expired` },
			},
			KEY,
		);
		expect(answer).toEqual({
			status: 401,
			headers: { 'x-echo': 'Bearer [API key]', 'set-cookie': ['key=[API key]', 'a=b'] },
			body: { message: 'The key [API key] has expired' },
		});
	});

	it('takes no "__proto__" key of the body with it', () => {
		const body: unknown = JSON.parse(`[{"email":"a@b.co","__proto__":{"note":"${KEY}"}}]`);
		expect(JSON.stringify(withoutApiKey(body, KEY))).toBe(
			'[{"email":"a@b.co","__proto__":{"note":"[API key]"}}]',
		);
		expect('note' in {}).toBe(false);
	});

	it.each(['', 'a', 'message'])('is not looked for when it is too short to be one: %j', (short) => {
		expect(withoutApiKey({ message: `a ${short}` }, short)).toEqual({ message: `a ${short}` });
	});
});

describe('an API key as people paste it', () => {
	it.each([KEY, ` ${KEY}\n`, `Bearer ${KEY}`, `bearer ${KEY}`, `BEARER\t${KEY} `, `\ufeff${KEY}`])(
		'is the key alone: %j',
		(text) => {
			expect(readApiKey(text)).toBe(KEY);
		},
	);

	it('that begins with the word, but is not it, stays whole', () => {
		expect(readApiKey('BearerToken123')).toBe('BearerToken123');
	});

	it.each([[undefined], [null], [7], [{}], [['x']]])('is none where it is no text: %j', (given) => {
		expect(readApiKey(given)).toBe('');
	});
});

describe('an API key of odd characters', () => {
	it('is found in text alone, and breaks nothing', () => {
		const body = [{ email: 'a@b.co', n: 12345678 }];
		expect(withoutApiKey(body, '12345678')).toEqual(body);
		expect(withoutApiKey({ a: 'k"ey12345', b: 1 }, 'k"ey12345')).toEqual({ a: '[API key]', b: 1 });
		expect(withoutApiKey({ a: ['k\\ey12345'] }, 'k\\ey12345')).toEqual({ a: ['[API key]'] });
	});
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Member } from '../../../nodes/Periskope/api/member';
import { compareAccess } from '../../../nodes/Periskope/match/compareAccess';
import type { Access } from '../../../nodes/Periskope/model';

type Returned = Omit<Member, 'email'>;

const differencesIn = (access: Access, returned: Returned) =>
	compareAccess({ email: 'a@x.co', ...returned }, access);

/** What differs, in words; none where the member has what was requested. */
const wordsOf = (access: Access, returned: Returned) =>
	differencesIn(access, returned).map(({ what }) => what);

const PHONE = '918527184400';
const OTHER = '14155550123';

describe('a member that was returned with what was requested', () => {
	it.each<[string, Access, Returned]>([
		['as many labels', { labels: ['Sales', 'VIP'] }, { label_ids: ['label-1', 'label-2'] }],
		['a label twice', { labels: ['Sales'] }, { label_ids: ['label-1', 'label-1'] }],
		['phones with a suffix', { orgPhones: [PHONE] }, { org_phones: [`${PHONE}@c.us`] }],
		['phones with a suffix in capitals', { orgPhones: [PHONE] }, { org_phones: [`${PHONE}@C.US`] }],
		['phones without a suffix', { orgPhones: [PHONE] }, { org_phones: [PHONE] }],
		[
			'phones in another order',
			{ orgPhones: [PHONE, OTHER] },
			{ org_phones: [`${OTHER}@c.us`, `${PHONE}@c.us`] },
		],
		['a phone twice', { orgPhones: [PHONE] }, { org_phones: [PHONE, `${PHONE}@c.us`] }],
		['null for null', { labels: null, orgPhones: null }, { label_ids: null, org_phones: null }],
		[
			'an empty list for null',
			{ labels: null, orgPhones: null },
			{ label_ids: [], org_phones: [] },
		],
		['the role member, which access is for', { labels: null }, { role: 'member', label_ids: null }],
		['the role member', { role: 'member' }, { role: 'member' }],
		['the role admin', { role: 'admin' }, { role: 'admin' }],
		['the role admin and any access', { role: 'admin' }, { label_ids: [1], org_phones: null }],
	])('has no difference: %s', (_, access, returned) => {
		expect(differencesIn(access, returned)).toEqual([]);
	});

	it('has no difference in what was not requested', () => {
		const returned = { role: 'member', label_ids: [1, 2], org_phones: null };
		expect(differencesIn({}, returned)).toEqual([]);
		expect(differencesIn({ labels: ['A', 'B'] }, returned)).toEqual([]);
		expect(differencesIn({ orgPhones: null }, returned)).toEqual([]);
	});

	it('has no difference in a field that the response leaves out', () => {
		const access: Access = { role: 'member', labels: ['Sales'], orgPhones: [PHONE] };
		expect(differencesIn(access, {})).toEqual([]);
		expect(differencesIn(access, { role: 'member' })).toEqual([]);
		expect(differencesIn(access, { label_ids: [1] })).toEqual([]);
		expect(wordsOf(access, { org_phones: [] })).toEqual([`Org Phones: ${PHONE} not returned`]);
	});
});

describe('a member that was returned with other access', () => {
	it.each<[string, Access, Returned, string]>([
		[
			'fewer labels',
			{ labels: ['Sales', 'VIP'] },
			{ label_ids: [1] },
			'Labels: 2 requested, 1 returned',
		],
		['no label', { labels: ['Sales'] }, { label_ids: [] }, 'Labels: 1 requested, 0 returned'],
		[
			'as many labels, but one of them twice',
			{ labels: ['Sales', 'VIP'] },
			{ label_ids: [1, 1] },
			'Labels: 2 requested, 1 returned',
		],
		[
			'more labels',
			{ labels: ['Sales'] },
			{ label_ids: [1, 2, 3] },
			'Labels: 1 requested, 3 returned',
		],
		[
			'null for labels',
			{ labels: ['Sales', 'VIP'] },
			{ label_ids: null },
			'Labels: 2 requested, null returned',
		],
		[
			'something else than a list of labels',
			{ labels: ['Sales'] },
			{ label_ids: 'label-1' },
			'Labels: 1 requested, no list returned',
		],
		[
			'labels for null',
			{ labels: null },
			{ label_ids: [1, 2] },
			'Labels: null requested, 2 returned',
		],
		[
			'something else than a list for null',
			{ labels: null },
			{ label_ids: '' },
			'Labels: null requested, no list returned',
		],
		['no phone', { orgPhones: [PHONE] }, { org_phones: [] }, `Org Phones: ${PHONE} not returned`],
		[
			'another phone',
			{ orgPhones: [PHONE] },
			{ org_phones: [`${OTHER}@c.us`] },
			`Org Phones: ${PHONE} not returned; ${OTHER} returned but not requested`,
		],
		[
			'one phone more',
			{ orgPhones: [PHONE] },
			{ org_phones: [`${PHONE}@c.us`, `${OTHER}@c.us`] },
			`Org Phones: ${OTHER} returned but not requested`,
		],
		[
			'null for phones',
			{ orgPhones: [PHONE] },
			{ org_phones: null },
			'Org Phones: 1 requested, null returned',
		],
		[
			'phones for null',
			{ orgPhones: null },
			{ org_phones: [PHONE] },
			'Org Phones: null requested, 1 returned',
		],
		[
			'an entry that is no phone',
			{ orgPhones: [PHONE] },
			{ org_phones: [PHONE, null, { a: 1 }] },
			'Org Phones: empty, an object returned but not requested',
		],
		[
			'the role admin, on an update',
			{ labels: ['Sales'] },
			{ role: 'admin' },
			'This member is an admin. Admins have access to everything',
		],
		[
			'the role admin, which was invited as a member',
			{ role: 'member', labels: ['Sales'] },
			{ role: 'admin' },
			'Role: member requested, "admin" returned',
		],
		[
			'the role member, which was invited as an admin',
			{ role: 'admin' },
			{ role: 'member' },
			'Role: admin requested, "member" returned',
		],
	])('says what differs: %s', (_, access, returned, what) => {
		expect(wordsOf(access, returned)).toEqual([what]);
	});

	it('says what differs in labels and in org phones, and names the fields', () => {
		const access: Access = { labels: ['Sales', 'VIP'], orgPhones: [PHONE] };
		expect(differencesIn(access, { label_ids: [1], org_phones: null })).toEqual([
			{ field: 'labels', what: 'Labels: 2 requested, 1 returned' },
			{ field: 'orgPhones', what: 'Org Phones: 1 requested, null returned' },
		]);
	});

	it('says only the role where that differs, as access of another role is another matter', () => {
		const access: Access = { labels: ['Sales'], orgPhones: [PHONE] };
		const returned = { role: 'admin', label_ids: [], org_phones: null };
		expect(differencesIn(access, returned).map(({ field }) => field)).toEqual(['role']);
	});

	it('names five phones of each kind, and counts the others', () => {
		const phones = (first: string, number: number) =>
			Array.from({ length: number }, (_, n) => `${first}00000${n}`);
		expect(wordsOf({ orgPhones: phones('1', 7) }, { org_phones: phones('2', 5) })).toEqual([
			'Org Phones: 1000000, 1000001, 1000002, 1000003, 1000004 and 2 more not returned; ' +
				'2000000, 2000001, 2000002, 2000003, 2000004 returned but not requested',
		]);
	});
});

describe('compareAccess', () => {
	const phone = fc.constantFrom<string>(PHONE, OTHER, '4930123456', '447700900123');
	const phones = fc.uniqueArray(phone, { minLength: 1 });
	const suffix = fc.constantFrom('', '@c.us', '@C.us');
	const spelled = fc.tuple(phone, suffix).map((parts) => parts.join(''));
	const digitsOf = (list: readonly string[]) =>
		[...new Set(list.map((one) => one.replace(/\D/g, '')))].sort();

	it('finds org phones to differ if and only if their sets of digits do', () => {
		fc.assert(
			fc.property(phones, fc.array(spelled), (requested, returned) => {
				const isSame = digitsOf(requested).join() === digitsOf(returned).join();
				const words = wordsOf({ orgPhones: requested }, { org_phones: returned });
				expect(words.length === 0).toBe(isSame);
			}),
		);
	});

	it('names exactly the phones that are missing, and those that are too many', () => {
		fc.assert(
			fc.property(phones, fc.array(spelled), (requested, returned) => {
				const digits = digitsOf(returned);
				const missing = requested.filter((one) => !digits.includes(one));
				const more = digits.filter((one) => !requested.includes(one));
				const [words = ''] = wordsOf({ orgPhones: requested }, { org_phones: returned });
				const named = (text: string) => [...text.matchAll(/\d+/g)].map(([one]) => one).sort();
				const [before = '', after = ''] = words.includes('not returned')
					? words.split('not returned')
					: ['', words];
				expect(named(before)).toEqual(missing.sort());
				expect(named(after)).toEqual(more);
			}),
		);
	});

	it('finds labels to differ if and only if their number does', () => {
		const names = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 });
		const ids = fc.array(fc.constantFrom('label-1', 'label-2', 'label-3', 'label-4'));
		fc.assert(
			fc.property(names, ids, (labels, returned) => {
				const words = wordsOf({ labels }, { label_ids: returned });
				expect(words.length === 0).toBe(new Set(returned).size === labels.length);
			}),
		);
	});

	it('never takes null, or anything that is no list, for a list that was requested', () => {
		const noList = fc.anything().filter((value) => !Array.isArray(value) && value !== undefined);
		fc.assert(
			fc.property(noList, (returned) => {
				const access: Access = { labels: ['Sales'], orgPhones: [PHONE] };
				const found = differencesIn(access, { label_ids: returned, org_phones: returned });
				expect(found.map(({ field }) => field)).toEqual(['labels', 'orgPhones']);
			}),
		);
	});

	it('says each difference in one line, whatever is returned', () => {
		const returned = fc.record({
			role: fc.jsonValue(),
			label_ids: fc.jsonValue(),
			org_phones: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
		});
		const access: Access = { role: 'member', labels: ['Sales'], orgPhones: [PHONE] };
		fc.assert(
			fc.property(returned, (given) => {
				for (const words of wordsOf(access, given)) {
					expect(words).toMatch(
						/^(?:Role|Labels|Org Phones|This member)[ :][^\p{Cc}\p{Cs}]+[^.]$/u,
					);
				}
			}),
		);
	});
});

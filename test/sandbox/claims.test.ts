import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { falseClaim, type Truth } from './claims';
import { DEFAULT_UNKNOWNS, type Unknowns } from './unknowns';

const PHONE = '918527184400';
const OTHER = '14155550123';
const BEFORE = { labels: ['VIP'], orgPhones: [OTHER] };
const ASKED = { labels: ['Sales', 'North'], orgPhones: [PHONE] };
const NO_LISTS = { email: 'a@b.example', role: 'member' as const };
const ROW = { ...NO_LISTS, label_ids: ['label-1', 'label-2'], org_phones: [`${PHONE}@c.us`] };
const SIMPLE = {
	...{ email: 'a@b.example', updated: true, role: 'member' },
	...{ labels: ASKED.labels, orgPhones: [PHONE], label_ids: ROW.label_ids },
};

/** A member who has what was asked for, and is shown so. */
const APPLIED: Truth = {
	...{ asked: ASKED, role: 'member', before: BEFORE, after: ASKED, shown: ROW },
	unknowns: DEFAULT_UNKNOWNS,
};
const UNTOUCHED: Truth = { ...APPLIED, after: BEFORE };
/** One whom nobody returned. */
const MISSING: Truth = { ...APPLIED, before: undefined, after: undefined, shown: undefined };
/** One whose phones came back otherwise. */
const ADDED: Truth = {
	...APPLIED,
	asked: { orgPhones: [PHONE] },
	after: { ...BEFORE, orgPhones: [OTHER, PHONE] },
	shown: { ...ROW, org_phones: [`${OTHER}@c.us`, `${PHONE}@c.us`] },
	unknowns: { ...DEFAULT_UNKNOWNS, lists: 'add' },
};
const failed = (reason: string, applied: string, error = ''): IDataObject => ({
	...{ error, message: '' },
	details: { reason, applied },
});
const REPORTED = {
	...{ email: 'a@b.example', updated: false, reason: '' },
	...{ labelsMode: 'set', labels: ASKED.labels, orgPhonesMode: 'set', orgPhones: [PHONE] },
};
const EXTRA = `Org Phones: ${OTHER} returned but not requested.`;
const truthWith = (
	truth: Truth,
	unknowns: Partial<Unknowns>,
	more: Partial<Truth> = {},
): Truth => ({
	...truth,
	...more,
	unknowns: { ...truth.unknowns, ...unknowns },
});

describe('a claim is true', () => {
	it.each<[string, IDataObject, Truth]>([
		['of a member who has it', ROW, APPLIED],
		['of a member who has it, simplified', SIMPLE, APPLIED],
		['of a dry run that changed nothing', { dryRun: true }, UNTOUCHED],
		['of a failure that changed nothing', failed('rejected', 'no'), UNTOUCHED],
		['of an unknown result that changed nothing', failed('unavailable', 'unknown'), UNTOUCHED],
		['of an unknown result that was applied', failed('unavailable', 'unknown'), APPLIED],
		['of a member who was not returned', REPORTED, MISSING],
		['of one who failed for it', failed('notReturned', 'unknown'), MISSING],
		['of phones that were added to', failed('accessMismatch', 'yes', EXTRA), ADDED],
	])('%s', (_, json, truth) => {
		expect(falseClaim(json, truth)).toBeUndefined();
	});

	it('if other labels came back, but as many', () => {
		const after = { ...ASKED, labels: ['VIP', 'Sales'] };
		const truth = truthWith(APPLIED, { lists: 'add', unknownLabels: 'dropped' }, { after });
		const phones = { asked: { labels: ASKED.labels }, before: { ...BEFORE, orgPhones: [PHONE] } };
		expect(falseClaim(ROW, { ...truth, ...phones })).toBeUndefined();
	});

	it('if the response leaves out the list that differs', () => {
		expect(falseClaim(NO_LISTS, truthWith(ADDED, {}, { shown: NO_LISTS }))).toBeUndefined();
	});

	it('of null, whether it is stored, emptied or kept and shown as null', () => {
		const asked = { labels: null };
		const shown = { ...ROW, label_ids: null };
		for (const [nulls, labels] of [
			['stored', null],
			['emptied', []],
			['kept', ['VIP']],
		] as const) {
			const after = { ...BEFORE, labels: labels && [...labels] };
			expect(
				falseClaim(shown, truthWith(APPLIED, { nulls }, { asked, after, shown })),
			).toBeUndefined();
		}
	});
});

describe('a claim is false', () => {
	it.each<[string, IDataObject, Truth]>([
		['of a member who has what was there before', ROW, UNTOUCHED],
		[
			'of a member who has other labels',
			ROW,
			{ ...APPLIED, after: { ...ASKED, labels: ['VIP', 'Sales'] } },
		],
		['of a member whom nobody returned', ROW, MISSING],
		['of phones that were added to', { ...ROW, ...ADDED.shown }, ADDED],
		[
			'of a list that came back as null',
			{ ...ROW, label_ids: null },
			{ ...APPLIED, shown: { ...ROW, label_ids: null } },
		],
		['of an admin', { ...ROW, role: 'admin' }, { ...UNTOUCHED, shown: { ...ROW, role: 'admin' } }],
		['with another row than was returned', { ...ROW, member_name: 'B' }, APPLIED],
		['with other phones than were returned', { ...SIMPLE, orgPhones: [OTHER] }, APPLIED],
		[
			'with labels that nothing confirms',
			SIMPLE,
			{ ...APPLIED, shown: { ...ROW, label_ids: null } },
		],
		['of a dry run that changed something', { dryRun: true }, APPLIED],
		['of no change where there was one', failed('rejected', 'no'), APPLIED],
		[
			'of a change that nobody asked for',
			failed('unavailable', 'unknown'),
			{ ...APPLIED, after: { ...ASKED, labels: [] } },
		],
		[
			'of a change that is not there',
			failed('accessMismatch', 'yes', EXTRA),
			{ ...ADDED, after: BEFORE },
		],
		['of a change for another reason', failed('rejected', 'yes'), APPLIED],
		['of a failure that says nothing of a change', failed('rejected', 'perhaps'), APPLIED],
		['of a mismatch where there is none', failed('accessMismatch', 'yes', EXTRA), APPLIED],
		[
			'of a mismatch in another field',
			failed('accessMismatch', 'yes', 'Labels: 1 requested, 2 returned.'),
			ADDED,
		],
		[
			'of a mismatch in one more field',
			failed('accessMismatch', 'yes', `Role: member expected. ${EXTRA}`),
			ADDED,
		],
		[
			'of labels that were added to',
			{ ...ROW, label_ids: ['label-0', ...ROW.label_ids] },
			truthWith(
				APPLIED,
				{ lists: 'add' },
				{
					after: { ...ASKED, labels: ['VIP', ...ASKED.labels] },
					before: { ...BEFORE, orgPhones: [PHONE] },
					shown: { ...ROW, label_ids: ['label-0', ...ROW.label_ids] },
				},
			),
		],
		[
			'of a mismatch with other phones',
			failed('accessMismatch', 'yes', `Org Phones: ${PHONE} not returned`),
			ADDED,
		],
		[
			'of a mismatch with another number',
			failed('accessMismatch', 'yes', 'Org Phones: 2 requested, null returned'),
			{ ...ADDED, shown: { ...ROW, org_phones: null } },
		],
		['of one who is said not to be returned', REPORTED, APPLIED],
		['of one who failed for that', failed('notReturned', 'unknown'), APPLIED],
		['that names other access than was asked for', { ...REPORTED, labels: ['VIP'] }, MISSING],
		['that names another mode', { ...REPORTED, orgPhonesMode: 'keep' }, MISSING],
	])('%s', (_, json, truth) => {
		expect(falseClaim(json, truth)).toEqual(expect.any(String));
	});

	it.each([
		['fail', EXTRA, 'said to differ'],
		['ignore', EXTRA, 'said to differ'],
		['report', undefined, 'the response differs'],
	] as const)(
		'where differences are told otherwise than the row wants: %s',
		(handling, accessMismatch, why) => {
			const item = { ...ADDED.shown, ...(accessMismatch && { accessMismatch }) } as IDataObject;
			expect(falseClaim(item, ADDED, handling)).toContain(why);
		},
	);

	it('with the labels of an admin, whose access is not limited', () => {
		const truth: Truth = { ...UNTOUCHED, shown: { ...ROW, role: 'admin' } };
		const item = { ...SIMPLE, role: 'admin' };
		expect(falseClaim(item, truth, 'ignore')).toContain('shows');
		expect(falseClaim({ ...item, labels: undefined }, truth, 'ignore')).toBeUndefined();
	});

	it('with labels that came back as null, though the row ignores that', () => {
		const truth = { ...APPLIED, shown: { ...ROW, label_ids: null } };
		expect(falseClaim({ ...SIMPLE, label_ids: null }, truth, 'ignore')).toContain('shows');
		const unnamed = { ...SIMPLE, label_ids: null, labels: undefined };
		expect(falseClaim(unnamed, truth, 'ignore')).toBeUndefined();
	});

	it("but not if 'accessMismatch' says so, or the row ignores it", () => {
		const item = ADDED.shown as IDataObject;
		expect(falseClaim({ ...item, accessMismatch: EXTRA }, ADDED, 'report')).toBeUndefined();
		expect(falseClaim(item, ADDED, 'ignore')).toBeUndefined();
	});
});

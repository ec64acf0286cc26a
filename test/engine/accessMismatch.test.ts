import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { SEED_MEMBERS } from '../sandbox/seed';
import { sandboxed } from './sandboxed';

const [ASHA = '', BEN = ''] = SEED_MEMBERS;
const ADMIN = 'arun.admin@acme.example';
const NEW = 'nina.new@acme.example';
const CONTINUE = { settings: { onError: 'continueRegularOutput' as const } };
const PARAMETERS = {
	emails: '={{ $json.email }}',
	labels: 'Sales, VIP',
	orgPhonesMode: 'set',
	orgPhones: '918527184400',
};
const DIFFERS = 'Periskope returned different access than requested';
const CHECK = 'Check the member in Periskope.';

/** A member that was returned with one label of two, and another phone. */
const OTHER = { label_ids: ['label-1'], org_phones: ['14155550123@c.us'], role: 'member' };
const SAID = `${DIFFERS}. Labels: 2 requested, 1 returned. Org Phones: 918527184400 not returned; 14155550123 returned but not requested`;

describe.each([
	['updateAccess', ASHA, 'updated', (members: IDataObject[]): unknown => members],
	[
		'invite',
		NEW,
		'invited',
		(addedMembers: IDataObject[]): unknown => ({ addedMembers, errors: [] }),
	],
])("'When Access Differs' of %s", (operation, email, done, bodyOf) => {
	const test = sandboxed();
	const run = async (
		member: IDataObject,
		options: INodeParameters = {},
		more: INodeParameters = {},
		settings: object = CONTINUE,
	) => {
		test.sandbox.changeFaults = [{ body: JSON.stringify(bodyOf([{ email, ...member }])) }];
		return await test.engine.run(
			{ operation, ...PARAMETERS, ...more, options },
			[{ email }],
			settings,
		);
	};

	it('fails the row, unless another value is chosen', async () => {
		for (const options of [{}, { accessMismatch: 'fail' }, { accessMismatch: ' FAIL ' }]) {
			const result = await run(OTHER, options);
			expect(result.json()).toEqual([
				{
					error: `Row 1, ${email}: ${SAID}.`,
					message: CHECK,
					details: {
						email,
						reason: 'accessMismatch',
						applied: 'yes',
						traceId: expect.any(String) as unknown,
					},
				},
			]);
			expect(result.hints[0]?.message).toMatch(/^0 members .* 1 email failed\. The items/);
		}
	});

	it('stops the node where errors stop it, and says how many differ', async () => {
		const { error } = await run(OTHER, {}, {}, {});
		expect(error?.message).toBe(`Row 1, ${email}: ${SAID}.`);
		expect(error?.description).toContain(CHECK);
		expect(error?.description).toContain(
			`0 of 1 email ${done}, 1 with different access than requested.`,
		);
	});

	it('returns the member and says what differs with report', async () => {
		const result = await run(OTHER, { accessMismatch: 'report' });
		expect(result.json()).toEqual([{ email, ...OTHER, accessMismatch: `${SAID}.` }]);
		expect(result.hints[0]?.message).toContain(
			'Periskope returned different access than requested for 1 email.',
		);
		const simplified = await run(OTHER, { accessMismatch: 'report', simplify: true });
		expect(simplified.json()).toEqual([
			{
				email,
				[done]: true,
				orgPhones: ['14155550123'],
				role: 'member',
				label_ids: ['label-1'],
				accessMismatch: `${SAID}.`,
			},
		]);
	});

	it('returns the member alone with ignore, and counts it in the hint', async () => {
		const result = await run(OTHER, { accessMismatch: 'ignore' });
		expect(result.json()).toEqual([{ email, ...OTHER }]);
		expect(result.hints[0]?.message).toContain(
			'Periskope returned different access than requested for 1 email.',
		);
	});

	const OTHER_ROLE =
		operation === 'invite'
			? 'Role: member requested, "agent" returned'
			: 'This member has the role "agent". Update Access is for members with the role "member"';
	const SAME = { label_ids: ['label-1', 'label-2'], org_phones: ['918527184400@c.us'] };
	it.each<[string, IDataObject, INodeParameters, string | undefined]>([
		['the same', SAME, {}, undefined],
		['the same, with phones as digits', { ...SAME, org_phones: ['918527184400'] }, {}, undefined],
		['neither list', { role: 'member' }, {}, undefined],
		['null for the labels', { ...SAME, label_ids: null }, {}, 'Labels: 2 requested, null returned'],
		['no labels', { ...SAME, label_ids: [] }, {}, 'Labels: 2 requested, 0 returned'],
		[
			'a label twice',
			{ ...SAME, label_ids: ['label-1', 'label-1'] },
			{},
			'Labels: 2 requested, 1 returned',
		],
		[
			'a text for the labels',
			{ ...SAME, label_ids: 'x' },
			{},
			'Labels: 2 requested, no list returned',
		],
		[
			'one label more',
			{ ...SAME, label_ids: ['a', 'b', 'c'] },
			{},
			'Labels: 2 requested, 3 returned',
		],
		[
			'null for the phones',
			{ ...SAME, org_phones: null },
			{},
			'Org Phones: 1 requested, null returned',
		],
		['no phone', { ...SAME, org_phones: [] }, {}, 'Org Phones: 918527184400 not returned'],
		[
			'a phone that is none',
			{ ...SAME, org_phones: ['918527184400@c.us', 7] },
			{},
			'Org Phones: 7 returned but not requested',
		],
		['another role', { ...SAME, role: 'agent' }, {}, OTHER_ROLE],
	])('compares what was requested with what came back: %s', async (_, member, more, difference) => {
		const [item = {}] = (await run(member, {}, more)).json();
		expect(item.error).toBe(
			difference === undefined ? undefined : `Row 1, ${email}: ${DIFFERS}. ${difference}.`,
		);
	});

	it.each([
		['null', null, undefined],
		['an empty list', [], undefined],
		['a list', ['label-1'], 'Labels: null requested, 1 returned'],
	])('compares a requested null with %s', async (_, label_ids, difference) => {
		const labelsMode = operation === 'invite' ? 'all' : 'clear';
		const [item = {}] = (await run({ ...SAME, label_ids }, {}, { labelsMode })).json();
		expect(item.error).toBe(
			difference === undefined ? undefined : `Row 1, ${email}: ${DIFFERS}. ${difference}.`,
		);
	});
});

describe('a member with other access', () => {
	const test = sandboxed({ unknowns: { admins: 'returned' } });

	it('is said to be an admin where it is one', async () => {
		const result = await test.engine.run(PARAMETERS, [{ email: ADMIN }, { email: ASHA }], CONTINUE);
		expect(result.json()).toMatchObject([
			{
				error: `Row 1, ${ADMIN}: ${DIFFERS}. This member is an admin. Admins have access to everything.`,
				details: { reason: 'accessMismatch', applied: 'unknown' },
			},
			{ email: ASHA },
		]);
	});

	it('does not keep other requests from being sent, whatever errors do', async () => {
		test.sandbox.onRequest = ({ body, method }) =>
			method === 'GET' || !JSON.stringify(body).includes(ADMIN)
				? undefined
				: { body: JSON.stringify([{ email: ADMIN, role: 'admin' }]) };
		const { error } = await test.engine.run(
			{ ...PARAMETERS, options: { batchSize: 1, concurrentRequests: 1 } },
			[{ email: ADMIN }, { email: ASHA }, { email: BEN }],
		);
		expect(error?.message).toContain('This member is an admin');
		expect(error?.description).toContain(
			'2 of 3 emails updated, 1 with different access than requested.',
		);
		expect(test.sandbox.changes).toHaveLength(3);
	});

	it('can be handled by each row in its own way', async () => {
		const rows = ['fail', 'report', 'ignore'].map((handling) => ({ email: ADMIN, handling }));
		const result = await test.engine.run(
			{ ...PARAMETERS, options: { accessMismatch: '={{ $json.handling }}' } },
			rows,
			CONTINUE,
		);
		expect(result.json()).toMatchObject([
			{ details: { reason: 'accessMismatch' } },
			{ email: ADMIN, accessMismatch: expect.any(String) as unknown },
			{ email: ADMIN, role: 'admin' },
		]);
		expect(result.json()[2]).not.toHaveProperty('accessMismatch');
	});
});

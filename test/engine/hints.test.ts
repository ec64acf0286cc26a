import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { sandboxed } from './sandboxed';

describe('before a run', () => {
	const test = sandboxed();

	it.each<[string, INodeParameters, RegExp[]]>([
		['replaces lists', { labelsMode: 'set', orgPhonesMode: 'keep' }, []],
		['sends null for labels', { labelsMode: 'clear' }, [/^'Label Access' is .* one member first/]],
		[
			'sends null for both',
			{ labelsMode: 'clear', orgPhonesMode: 'clear' },
			[/^'Label Access' is/, /^'Org Phone Access' is/],
		],
		['invites with a list', { operation: 'invite', labelsMode: 'set', orgPhonesMode: 'set' }, []],
		[
			'gives access to all',
			{ operation: 'invite', role: 'member', labelsMode: 'set', orgPhonesMode: 'all' },
			[/^'Org Phone Access' is 'Access to All'\. .* all org phones\.$/],
		],
		[
			'invites an admin, who has no modes',
			{ operation: 'invite', role: 'admin', labelsMode: 'all', orgPhonesMode: 'all' },
			[],
		],
		['deletes', { operation: 'delete' }, [/^This run deletes members\./]],
		[
			'deletes with other options',
			{ operation: 'delete', options: { maxDeletions: 3 } },
			[/^This run deletes members\./],
		],
		['plans deletions', { operation: 'delete', options: { dryRun: true } }, []],
		['lists org phones', { resource: 'orgPhone', operation: 'getAll' }, []],
	])('the editor warns of what a person should know: a node that %s', (_, parameters, hints) => {
		const shown = test.engine.hintsBefore({
			resource: 'member',
			operation: 'updateAccess',
			...parameters,
		});
		expect(shown).toEqual(hints.map((hint) => expect.stringMatching(hint)));
	});
});

/** The node and the credential as they are published: from dist/, not from their sources. */
import { createRequire } from 'node:module';

const load = createRequire(__filename);

export const { Periskope } = load(
	'../../dist/nodes/Periskope/Periskope.node.js',
) as typeof import('../../nodes/Periskope/Periskope.node');

export const { PeriskopeApi } = load(
	'../../dist/credentials/PeriskopeApi.credentials.js',
) as typeof import('../../credentials/PeriskopeApi.credentials');

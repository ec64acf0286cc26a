/** Who may import whom. What isn't named here is not allowed. */
const NODE = 'nodes/Periskope';

/** Files that every folder may import. */
const SHARED = ['model', 'operationMessages', 'options', 'rowFailure', 'text', 'tool'];
/** By folder: the folders that it may import besides itself and what is shared. */
const FOLDERS = {
	api: [],
	read: [],
	plan: ['api', 'read'],
	send: ['api'],
	match: ['api', 'read', 'plan', 'send'],
	output: ['api', 'plan', 'send', 'match'],
	methods: ['api'],
	resources: ['api', 'read', 'output'],
};
const STEPS = ['api', 'read', 'plan', 'send', 'match', 'output'];
/** Where n8n begins: the node's side and the API's. Everything else takes plain values. */
const USES_N8N = [
	`${NODE}/(Periskope\\.node|runOperation|tool)\\.ts$`,
	`${NODE}/(methods|resources|output)/`,
	`${NODE}/read/readRows\\.ts$`,
	`${NODE}/send/(sendPlan|session)\\.ts$`,
	`${NODE}/api/client\\.ts$`,
	'credentials/',
];

const shared = `^${NODE}/(${SHARED.join('|')})\\.ts$`;
const inFolders = (folders) => `^${NODE}/(${folders.join('|')})/`;

module.exports = {
	forbidden: [
		{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'n8n-at-the-edges',
			severity: 'error',
			from: { pathNot: USES_N8N.map((path) => `^${path}`) },
			to: { path: 'node_modules/n8n-workflow/' },
		},
		{
			name: 'zod-for-responses',
			severity: 'error',
			from: { pathNot: inFolders(['api']) },
			to: { path: 'node_modules/zod/' },
		},
	],
	allowedSeverity: 'error',
	allowed: [
		{ from: {}, to: { path: 'node_modules/(n8n-workflow|zod)/' } },
		{ from: { path: shared }, to: { path: shared } },
		...Object.entries(FOLDERS).flatMap(([folder, others]) => [
			{ from: { path: inFolders([folder]) }, to: { path: shared } },
			{ from: { path: inFolders([folder]) }, to: { path: inFolders([folder, ...others]) } },
		]),
		{ from: { path: `^${NODE}/runOperation\\.ts$` }, to: { path: [shared, inFolders(STEPS)] } },
		{
			from: { path: inFolders(['resources']) },
			to: { path: `^${NODE}/(runOperation|send/session)\\.ts$` },
		},
		{
			from: { path: `^${NODE}/Periskope\\.node\\.ts$` },
			to: { path: inFolders(['methods', 'resources']) },
		},
		{ from: { path: '^credentials/' }, to: { path: inFolders(['api']) } },
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};

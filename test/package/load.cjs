// Loads a package as n8n does, and prints what it finds. Usage: node load.cjs DIRECTORY
const { dirname, resolve } = require('node:path');

const { PackageDirectoryLoader, loadOutputSchema } = require('n8n-core');

async function main() {
	const directory = process.argv[2];
	const loader = new PackageDirectoryLoader(directory);
	await loader.loadAll();
	const { type, sourcePath } = loader.nodeTypes.periskope;
	const credential = loader.credentialTypes.periskopeApi.type;
	const { description } = type;
	console.log(
		JSON.stringify({
			name: `${loader.packageName}.${description.name}`,
			displayName: description.displayName,
			codex: description.codex,
			iconUrl: description.iconUrl,
			usableAsTool: description.usableAsTool,
			credential: {
				displayName: credential.displayName,
				supportedNodes: credential.supportedNodes,
				iconUrl: credential.iconUrl,
			},
			schemas: Object.fromEntries(
				description.properties
					.find(({ name }) => name === 'operation')
					.options.map(({ value: operation }) => [
						operation,
						loadOutputSchema({
							nodeDir: dirname(resolve(directory, sourcePath)),
							version: 1,
							resource: 'member',
							operation,
						}),
					]),
			),
		}),
	);
	process.exit(0);
}

main();

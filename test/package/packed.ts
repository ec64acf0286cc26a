import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

export interface PackedPackage {
	/** with its version, such as n8n-nodes-periskope 1.0.0 */
	name: string;
	tarball: string;
	/** where it lies unpacked */
	directory: string;
	tarballBytes: number;
	/** paths of its files, in order */
	files: string[];
	remove(): void;
}

/** Packs what `npm publish` would publish, and unpacks it into a folder of its own. */
export function pack(): PackedPackage {
	const place = mkdtempSync(join(tmpdir(), 'n8n-periskope-pack-'));
	const output = execFileSync('npm', ['pack', '--json', '--pack-destination', place], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	const [packed] = JSON.parse(output) as Array<{
		name: string;
		version: string;
		filename: string;
		size: number;
	}>;
	if (!packed) throw new Error('npm packed nothing');
	const tarball = join(place, packed.filename);
	execFileSync('tar', ['-xzf', tarball, '-C', place]);
	const directory = join(place, 'package');
	return {
		name: `${packed.name} ${packed.version}`,
		tarball,
		directory,
		tarballBytes: packed.size,
		files: filesBelow(directory)
			.map((file) => relative(directory, file))
			.sort(),
		remove: () => {
			rmSync(place, { recursive: true });
		},
	};
}

function filesBelow(directory: string): string[] {
	return readdirSync(directory, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

export const scriptsOf = ({ files }: PackedPackage) => files.filter((file) => file.endsWith('.js'));

/** What the built files ask for, by its name in `require` or `import`. */
export const requiredBy = (packed: PackedPackage) =>
	scriptsOf(packed).flatMap((file) =>
		[
			...readFileSync(join(packed.directory, file), 'utf8').matchAll(
				/\b(?:require|import)\(\s*["'`]([^"'`]+)/g,
			),
		].map(([, name]) => name ?? ''),
	);

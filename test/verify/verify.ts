/**
 * `npm run verify`: n8n's guidelines for verified nodes, point by point, each checked. Prints a list
 * for the submission; ends badly where a point isn't met that the project itself can meet.
 */
import { pack } from '../package/packed';
import { guidelines, type Point } from './guidelines';

async function checked({ asks, check, isOwners = false }: Point): Promise<{
	line: string;
	isMet: boolean;
}> {
	try {
		return { line: `- [x] ${asks}: ${await check()}`, isMet: true };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		const whose = isOwners ? ' (for the owner, before the first release)' : '';
		return { line: `- [ ] ${asks}: ${why}${whose}`, isMet: isOwners };
	}
}

async function main(): Promise<void> {
	const packed = pack();
	let missed = 0;
	try {
		console.log(`# ${packed.name} and n8n's guidelines for verified nodes`);
		for (const { title, page, points } of guidelines(packed)) {
			console.log(`\n## [${title}](${page})\n`);
			for (const point of points) {
				const { line, isMet } = await checked(point);
				console.log(line);
				if (!isMet) missed += 1;
			}
		}
	} finally {
		packed.remove();
	}
	if (missed > 0) throw new Error(`${missed} ${missed === 1 ? 'point is' : 'points are'} not met.`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? `\n${error.message}` : error);
	process.exitCode = 1;
});

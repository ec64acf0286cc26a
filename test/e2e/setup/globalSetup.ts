import { pack } from '../../package/packed';
import { installN8n } from './n8nInstall';
import { keepPrepared } from './prepared';
import { chromium, redisServer } from './systemPackages';

export default async function globalSetup(): Promise<void> {
	// First what a person has to see to, before anything takes minutes.
	const programs = { chromium: chromium(), redisServer: redisServer() };
	const install = await installN8n((line) => {
		console.log(line);
	});
	keepPrepared({ ...programs, install, tarball: pack().tarball });
}

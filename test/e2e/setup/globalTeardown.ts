import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

import { prepared } from './prepared';

export default function globalTeardown(): void {
	rmSync(dirname(prepared().tarball), { recursive: true, force: true });
}

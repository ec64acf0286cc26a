/** `npm run docs`: writes the pages that come from the code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../package/packed';
import { messagesPage } from './messagesPage';

writeFileSync(join(ROOT, 'docs/messages.md'), messagesPage());

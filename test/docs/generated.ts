import { messagesPage } from './messagesPage';
import { parametersPage } from './parametersPage';

/** The pages that are written from the code, by their paths. */
export const GENERATED_PAGES = {
	'docs/messages.md': messagesPage,
	'docs/parameters.md': parametersPage,
};

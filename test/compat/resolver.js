/**
 * Jest's resolver, but n8n's packages come from the release under test. A file of another package
 * keeps what npm installed for it: some bring a zod of their own.
 */
const { sep } = require('node:path');

const FROM_RELEASE = /^(n8n-core|n8n-workflow|zod)(\/|$)/;

module.exports = (request, options) => {
	const isOurs = !options.basedir.includes(`${sep}node_modules${sep}`);
	const basedir =
		isOurs && FROM_RELEASE.test(request) ? process.env.COMPAT_FOLDER : options.basedir;
	return options.defaultResolver(request, { ...options, basedir });
};

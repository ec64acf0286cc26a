/**
 * Loaded before n8n: its agents require the driver of SQLite, for an agent that reads databases.
 * n8n is installed without compiling it, and nothing here uses it.
 */
const Module = require('node:module');

const load = Module._load;
Module._load = function (request, ...more) {
	return request === 'sqlite3' ? {} : load.call(this, request, ...more);
};

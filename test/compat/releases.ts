/**
 * The releases of n8n that the engine tests run on, oldest first: the oldest that the README
 * claims, one now and then, the ends of major versions, and both sides of what made a difference
 * (1.119: hints of a tool; after 2.33: what n8n takes for an error item).
 */
export const RELEASES = [
	'1.100.1',
	'1.110.1',
	'1.119.2',
	'1.123.81',
	'2.0.3',
	'2.20.12',
	'2.33.7',
	'2.34.4',
];

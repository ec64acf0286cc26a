/**
 * What Periskope's pages leave open, and the ways in which it may be. Tests cover each; the first
 * is what the sandbox does unless it is told otherwise.
 */
export const UNKNOWN_CHOICES = {
	unknownEmails: ['leftOut', 'rejected'],
	admins: ['leftOut', 'returned'],
	unknownLabels: ['created', 'rejected', 'dropped'],
	/** numbers that the organization has no phone with */
	unknownPhones: ['stored', 'rejected', 'dropped'],
	/** whether a list takes the place of what the member has */
	lists: ['replace', 'add'],
	/** what null does in an update; for an invitation it is documented */
	nulls: ['stored', 'kept', 'emptied'],
	/** what becomes of a field that an update leaves out */
	omittedFields: ['kept', 'cleared'],
	/** how a response shows the lists of a member */
	listsComeBack: ['asStored', 'asNull', 'leftOut'],
	/** how emails are spelled in a response; they are always found whatever their case */
	emailCase: ['kept', 'lowered'],
	/** what a removal is answered with: the docs show a body, the vendor's client expects none */
	deleteAnswer: ['body', 'empty'],
} as const;

type Choices = typeof UNKNOWN_CHOICES;
export type UnknownName = keyof Choices;
export type Unknowns = { -readonly [Name in UnknownName]: Choices[Name][number] };

export const UNKNOWN_NAMES = Object.keys(UNKNOWN_CHOICES) as UnknownName[];

export const DEFAULT_UNKNOWNS = Object.fromEntries(
	UNKNOWN_NAMES.map((name) => [name, UNKNOWN_CHOICES[name][0]]),
) as Unknowns;

/** What Periskope's pages leave open. Tests cover each way. */
export interface Unknowns {
	unknownEmails: 'leftOut' | 'rejected';
	admins: 'leftOut' | 'returned';
	unknownLabels: 'created' | 'rejected';
	/** how emails are spelled in an answer; they are always found whatever their case */
	emailCase: 'kept' | 'lowered';
	/** what a removal is answered with: the docs show a body, the vendor's client expects none */
	deleteAnswer: 'body' | 'empty';
}

export const DEFAULT_UNKNOWNS: Unknowns = {
	unknownEmails: 'leftOut',
	admins: 'leftOut',
	unknownLabels: 'created',
	emailCase: 'kept',
	deleteAnswer: 'body',
};

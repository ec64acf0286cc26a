import type { Problem } from './contract';
import type { Rejection } from './organization';

export interface PlainAnswer {
	status: number;
	body: string;
}

export const json = (status: number, body: unknown): PlainAnswer => ({
	status,
	body: JSON.stringify(body),
});

export const unauthorized = () =>
	json(401, { code: 'UNAUTHORIZED_ERROR', message: 'Invalid API key.' });

export const notFound = (method: string, path: string) =>
	json(404, { code: 'NOT_FOUND', message: `Cannot ${method} ${path}` });

export const malformed = (problems: readonly Problem[]) =>
	invalid(
		problems.map(({ message }) => message).join('; '),
		Object.fromEntries(problems.map(({ field, message }) => [field, { message }])),
	);

export const rejected = ({ field, message, value }: Rejection) =>
	invalid(message, { [field]: { message, value } });

const invalid = (message: string, fields: Record<string, { message: string; value?: string }>) =>
	json(422, {
		code: 'VALIDATION_ERROR',
		name: 'Validation Error',
		status: 422,
		message,
		fields,
	});

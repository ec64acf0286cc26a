// Tests and tools run on plain Node, so n8n's rules for code inside n8n (no timers, no process,
// no built-in modules) don't fit them. They get the strictest type-aware rules instead.
import tseslint from 'typescript-eslint';

export default tseslint.config({
	files: ['**/*.ts'],
	extends: [tseslint.configs.strictTypeChecked],
	languageOptions: {
		parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
	},
	rules: {
		'@typescript-eslint/restrict-template-expressions': [
			'error',
			{ allowNumber: true, allowBoolean: true },
		],
	},
});

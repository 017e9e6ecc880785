import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { floorRule } from './scripts/lint/floors.mjs';

const floor = { plugins: { kboss: { rules: { floors: floorRule } } }, rules: { 'kboss/floors': 'error' } };

/** Time and chance are arguments of rules, else tests in another time prove nothing. */
const noClock = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time is an argument here.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument here.' },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Chance is an argument here.',
  },
];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '.kboss/',
      'coverage/',
      'web/build/',
      'web/.svelte-kit/',
      'web/src/lib/paraglide/',
      'web/src/lib/api/schema.d.ts',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    ignores: ['web/**'],
    extends: [...tseslint.configs.strict, floor],
    languageOptions: { parserOptions: { projectService: true }, globals: globals.node },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    files: ['domain/**/*.ts', 'workflows/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noClock] },
  },
  // In the sandbox of a workflow this is the workflow's own clock; everything else asks it there.
  { files: ['workflows/clock.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['web/**/*.ts'],
    ignores: ['**/*.svelte.ts'],
    extends: [...tseslint.configs.recommended, floor],
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
  },
  {
    files: ['web/**/*.svelte', 'web/**/*.svelte.ts'],
    extends: [...tseslint.configs.recommended, ...svelte.configs.recommended, floor],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      // Properties are declared by `let` in one statement, of which some are bindable.
      'prefer-const': 'off',
      // Links are plain addresses; the site is always served from the root.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node }, extends: [floor] },
);

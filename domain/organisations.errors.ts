import type { ErrorTexts } from './errors.ts';

export const organisationsErrors = {} as const satisfies ErrorTexts;

import type { ErrorTexts } from './errors.ts';

export const catalogueErrors = {} as const satisfies ErrorTexts;

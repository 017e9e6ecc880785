import type { ErrorTexts } from './errors.ts';

export const identityErrors = {} as const satisfies ErrorTexts;

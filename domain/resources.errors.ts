import type { ErrorTexts } from './errors.ts';

export const resourcesErrors = {} as const satisfies ErrorTexts;

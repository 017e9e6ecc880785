import type { ErrorTexts } from './errors.ts';

export const ledgerErrors = {} as const satisfies ErrorTexts;

import type { ErrorTexts } from './errors.ts';

export const paymentsErrors = {} as const satisfies ErrorTexts;

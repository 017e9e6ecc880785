import type { ErrorTexts } from './errors.ts';

export const ordersErrors = {} as const satisfies ErrorTexts;

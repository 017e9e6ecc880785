import type { AnyRoute } from './route.ts';

/** Every route of the product, one line a column. */
export const routes: readonly AnyRoute[] = [];

import type { AnyRoute } from '../route.ts';
import { comparisonRoute } from './comparison.ts';
import { listingRoutes } from './listing.ts';
import { planRoutes } from './plans.ts';
import { productRoutes } from './products.ts';
import { shopRoutes } from './shop.ts';

/** The shop window, and the staff's products, plans and listings. */
export const catalogueRoutes: readonly AnyRoute[] = [
  ...shopRoutes,
  comparisonRoute,
  ...productRoutes,
  ...planRoutes,
  ...listingRoutes,
];

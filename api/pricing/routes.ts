import type { AnyRoute } from '../route.ts';
import { listPriceRoutes } from './list-prices.ts';
import { retailPriceRoutes } from './retail-prices.ts';

/** List prices of the platform, retail prices of every seller. */
export const pricingRoutes: readonly AnyRoute[] = [...listPriceRoutes, ...retailPriceRoutes];

import { cartRoutes } from './cart/lines.ts';
import { comparisonRoute } from './catalogue/comparison.ts';
import { shopRoutes } from './catalogue/shop.ts';
import { identityRoutes } from './identity/routes.ts';
import { messageRoutes } from './notifications/messages.ts';
import { organisationRoutes } from './organisations/routes.ts';
import type { AnyRoute } from './route.ts';

/** Every route of the product, one line a column. */
export const routes: readonly AnyRoute[] = [
  ...identityRoutes,
  ...organisationRoutes,
  ...messageRoutes,
  ...shopRoutes,
  comparisonRoute,
  ...cartRoutes,
];

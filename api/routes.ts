import { cartRoutes } from './cart/lines.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { identityRoutes } from './identity/routes.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { messageRoutes } from './notifications/messages.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { eventRoute } from './events/stream.ts';
import { orderRoutes } from './orders/orders.ts';
import { saleRoutes } from './orders/sales.ts';
import { alipayCallback } from './payments/alipay-callback.ts';
import { paymentRoutes } from './payments/payments.ts';
import { openComputingCallback } from './resources/open-computing-callback.ts';
import { resourceRoutes } from './resources/resources.ts';
import { pricingRoutes } from './pricing/routes.ts';
import type { AnyRoute } from './route.ts';
import { workOrderRoutes } from './work-orders/work-orders.ts';

/** Every route of the product, one line a column. */
export const routes: readonly AnyRoute[] = [
  ...identityRoutes,
  ...organisationRoutes,
  ...messageRoutes,
  ...catalogueRoutes,
  ...cartRoutes,
  ...orderRoutes,
  ...saleRoutes,
  ...paymentRoutes,
  ...resourceRoutes,
  ...workOrderRoutes,
  eventRoute,
  alipayCallback,
  openComputingCallback,
  ...pricingRoutes,
  ...ledgerRoutes,
];

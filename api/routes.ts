import { cartRoutes } from './cart/lines.ts';
import { comparisonRoute } from './catalogue/comparison.ts';
import { shopRoutes } from './catalogue/shop.ts';
import { passwordRoutes } from './identity/passwords.ts';
import { sessionRoutes } from './identity/sessions.ts';
import { signInRoutes } from './identity/sign-in.ts';
import { signUpRoutes } from './identity/sign-up.ts';
import { smsCodeRoutes } from './identity/sms-codes.ts';
import type { AnyRoute } from './route.ts';

/** Every route of the product, one line a column. */
export const routes: readonly AnyRoute[] = [
  ...signInRoutes,
  ...smsCodeRoutes,
  ...signUpRoutes,
  ...passwordRoutes,
  ...sessionRoutes,
  ...shopRoutes,
  comparisonRoute,
  ...cartRoutes,
];

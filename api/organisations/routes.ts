import type { AnyRoute } from '../route.ts';
import { auditEventRoutes } from './audit-events.ts';
import { bindingRoutes } from './bindings.ts';
import { customerRoutes } from './customers.ts';
import { departmentRoutes } from './departments.ts';
import { distributorRoutes } from './distributors.ts';
import { invitationCodeRoutes } from './invitation-codes.ts';
import { memberRoutes } from './members.ts';
import { projectRoutes } from './projects.ts';
import { storefrontRoutes } from './storefronts.ts';

export const organisationRoutes: readonly AnyRoute[] = [
  ...memberRoutes,
  ...departmentRoutes,
  ...projectRoutes,
  ...customerRoutes,
  ...distributorRoutes,
  ...invitationCodeRoutes,
  ...storefrontRoutes,
  ...bindingRoutes,
  ...auditEventRoutes,
];

import type { OrganisationKind, Role } from '../identity/permissions.ts';

/** The role of each kind of organisation that manages its members; the last holder cannot give it up. */
export const adminRoleOfKind: Record<OrganisationKind, Role> = {
  platform: 'admin',
  distributor: 'admin',
  supplier: 'supplier-admin',
  customer: 'customer-admin',
};

import { m } from '#lib/paraglide/messages.js';
import { rolesOfKind, type OrganisationKind } from '../../../../domain/identity/permissions.ts';

const labels: Record<string, () => string> = {
  admin: m.role_admin,
  finance: m.role_finance,
  sales: m.role_sales,
  operations: m.role_operations,
  maintenance: m.role_maintenance,
  auditor: m.role_auditor,
  'supplier-admin': m.role_supplier_admin,
  'supplier-finance': m.role_supplier_finance,
  'supplier-delivery': m.role_supplier_delivery,
  'customer-admin': m.role_customer_admin,
  'customer-user': m.role_customer_user,
};

export const roleLabel = (role: string): string => labels[role]?.() ?? role;

/** The roles that people may hold in an organisation of a kind. */
export const roleOptions = (kind: OrganisationKind): { value: string; label: string }[] =>
  rolesOfKind[kind].map((value) => ({ value, label: roleLabel(value) }));

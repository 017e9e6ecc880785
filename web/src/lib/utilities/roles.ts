import { m } from '#lib/paraglide/messages.js';

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

import { m } from '#lib/paraglide/messages.js';

const groups: Record<string, () => string> = {
  trade: m.menu_group_trade,
  usage: m.menu_group_usage,
  organisation: m.menu_group_organisation,
  selling: m.menu_group_selling,
  catalogue: m.menu_group_catalogue,
  delivery: m.menu_group_delivery,
  finance: m.menu_group_finance,
};

const entries: Record<string, () => string> = {
  members: m.menu_members,
  departments: m.menu_departments,
  storefront: m.menu_storefront,
  bindings: m.menu_bindings,
  audit: m.menu_audit,
  messages: m.menu_messages,
  sales: m.menu_sales,
  customers: m.menu_customers,
  invitations: m.menu_invitations,
  distributors: m.menu_distributors,
  products: m.menu_products,
  prices: m.menu_prices,
  'work-orders': m.menu_work_orders,
  ledger: m.menu_ledger,
  cart: m.menu_cart,
  orders: m.menu_orders,
  wallet: m.menu_wallet,
  resources: m.menu_resources,
  projects: m.menu_projects,
};

/** The name of a group of the menu that the server sent. */
export const groupText = (group: string): string => groups[group]?.() ?? group;

/** The name of an entry of the menu. */
export const entryText = (key: string): string => entries[key]?.() ?? key;

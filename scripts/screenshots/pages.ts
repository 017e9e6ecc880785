/** Who looks: a demo sign-in of each kind of place, and nobody. */
export const lookers = {
  visitor: null,
  'customer-admin': '13800000051',
  'customer-user': '13800000052',
  'platform-admin': '13800000001',
  'platform-maintenance': '13800000004',
  'distributor-admin': '13800000021',
  'distributor-finance': '13800000022',
  'distributor-sales': '13800000023',
  'supplier-delivery': '13800000044',
} as const;

export type Looker = keyof typeof lookers;

/** One page: how its pictures are called, where it is, and who sees it. */
export interface Page {
  name: string;
  path: string;
  as: readonly Looker[];
  /** A link on the page above whose target is meant, where the path holds a number that only the world knows. */
  follow?: RegExp;
}

const customers: readonly Looker[] = ['customer-admin'];
const sellers: readonly Looker[] = ['platform-admin', 'distributor-admin'];

const sellerPage = (name: string, path: string, as: readonly Looker[] = sellers, follow?: RegExp): Page => ({
  name,
  path: `{area}${path}`,
  as,
  ...(follow ? { follow } : {}),
});

export const pages: readonly Page[] = [
  { name: 'home', path: '/', as: ['visitor', 'customer-admin'] },
  { name: 'products', path: '/products', as: ['visitor'] },
  { name: 'products-supercomputing', path: '/products?kind=supercomputing', as: ['visitor'] },
  { name: 'products-none', path: '/products?q=nothing-is-called-so', as: ['visitor'] },
  { name: 'product', path: '/products/east-hpc', as: ['visitor', 'customer-admin'] },
  { name: 'product-cloud-host', path: '/products/yunfan-host', as: ['visitor'] },
  { name: 'compare', path: '/compare?ids=east-hpc,west-hpc', as: ['visitor'] },
  { name: 'compare-differences', path: '/compare?ids=east-hpc,west-hpc&only=differences', as: ['visitor'] },
  { name: 'compare-empty', path: '/compare', as: ['visitor'] },
  { name: 'sign-in', path: '/sign-in', as: ['visitor'] },
  { name: 'sign-up', path: '/sign-up', as: ['visitor'] },
  { name: 'reset-password', path: '/reset-password', as: ['visitor'] },
  { name: 'missing', path: '/there-is-no-such-page', as: ['visitor'] },
  { name: 'forbidden', path: '/console/wallet', as: ['customer-user'] },
  { name: 'cart', path: '/console/cart', as: customers },
  { name: 'orders', path: '/console/orders', as: customers },
  { name: 'order', path: '/console/orders', as: customers, follow: /^\/console\/orders\/O/ },
  { name: 'resources', path: '/console/resources', as: ['customer-admin', 'customer-user'] },
  { name: 'resource', path: '/console/resources', as: customers, follow: /^\/console\/resources\/S/ },
  { name: 'wallet', path: '/console/wallet', as: customers },
  { name: 'recharges', path: '/console/wallet?view=recharges', as: customers },
  { name: 'recharge', path: '/console/wallet?view=recharges', as: customers, follow: /\/recharges\/R/ },
  { name: 'projects', path: '/console/projects', as: customers },
  { name: 'members', path: '{area}/members', as: ['customer-admin', 'platform-admin', 'distributor-admin'] },
  { name: 'messages', path: '{area}/messages', as: ['customer-admin', 'distributor-admin'] },
  { name: 'audit', path: '{area}/audit', as: ['customer-admin', 'platform-admin'] },
  { name: 'account', path: '/account', as: customers },
  { name: 'account-security', path: '/account/security', as: customers },
  { name: 'account-ssh-keys', path: '/account/ssh-keys', as: customers },
  sellerPage('sales', '/orders'),
  sellerPage('sale', '/orders', ['distributor-admin'], /\/orders\/O/),
  sellerPage('customers', '/customers', ['platform-admin', 'distributor-admin', 'distributor-sales']),
  sellerPage('customer', '/customers', ['distributor-admin'], /\/customers\/[0-9a-f]{8}-/),
  sellerPage('invitations', '/invitations'),
  sellerPage('distributors', '/distributors'),
  sellerPage('products-of-staff', '/products'),
  sellerPage('product-of-staff', '/products', ['platform-admin'], /\/products\/[0-9a-f]{8}-/),
  sellerPage('prices', '/prices'),
  sellerPage('ledger', '/ledger', ['platform-admin', 'distributor-finance']),
  sellerPage('voucher', '/ledger', ['distributor-finance'], /\/ledger\/(vouchers\/)?[^?/]+$/),
  sellerPage('departments', '/departments'),
  sellerPage('storefront', '/storefront'),
  {
    name: 'work-orders',
    path: '{area}/work-orders',
    as: ['platform-maintenance', 'supplier-delivery', 'distributor-admin'],
  },
  {
    name: 'work-order',
    path: '{area}/work-orders',
    as: ['platform-maintenance'],
    follow: /\/work-orders\/W/,
  },
];

/** The first path segment of a looker's pages. */
export function areaOf(looker: Looker): string {
  if (looker.startsWith('customer')) return '/console';
  if (looker.startsWith('platform')) return '/admin';
  return looker.startsWith('supplier') ? '/supplier' : '/partner';
}

/** Who looks: a demo sign-in of each kind of place, and nobody. */
export const lookers = {
  visitor: null,
  'customer-admin': '13800000051',
  'customer-user': '13800000052',
  'platform-admin': '13800000001',
  'platform-finance': '13800000002',
  'platform-operations': '13800000003',
  'platform-maintenance': '13800000004',
  'platform-auditor': '13800000005',
  'distributor-admin': '13800000021',
  'distributor-finance': '13800000022',
  'distributor-sales': '13800000023',
  'supplier-admin': '13800000043',
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
  /** From there on: a further link, or what is added to the path. */
  then?: RegExp | string;
  /** The route that it shows, where the path does not say: '{area}/orders/[number]'. */
  route?: string;
}

const customers: readonly Looker[] = ['customer-admin'];
const sellers: readonly Looker[] = ['platform-admin', 'distributor-admin'];

const sellerPage = (
  name: string,
  path: string,
  as: readonly Looker[] = sellers,
  behind: Pick<Page, 'follow' | 'then' | 'route'> = {},
): Page => ({ name, path: `{area}${path}`, as, ...behind });

const product = /\/products\/[0-9a-f]{8}-[^/]+$/;

export const pages: readonly Page[] = [
  { name: 'home', path: '/', as: ['visitor', 'customer-admin'] },
  { name: 'products', path: '/products', as: ['visitor'] },
  { name: 'products-supercomputing', path: '/products?kind=supercomputing', as: ['visitor'] },
  { name: 'products-none', path: '/products?q=nothing-is-called-so', as: ['visitor'] },
  {
    name: 'product',
    path: '/products/east-hpc',
    as: ['visitor', 'customer-admin'],
    route: '/products/[code]',
  },
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
  {
    name: 'order',
    path: '/console/orders',
    as: customers,
    follow: /^\/console\/orders\/O/,
    route: '/console/orders/[number]',
  },
  { name: 'resources', path: '/console/resources', as: ['customer-admin', 'customer-user'] },
  {
    name: 'resource',
    path: '/console/resources',
    as: customers,
    follow: /^\/console\/resources\/S/,
    route: '/console/resources/[number]',
  },
  { name: 'wallet', path: '/console/wallet', as: customers },
  { name: 'recharges', path: '/console/wallet?view=recharges', as: customers },
  {
    name: 'recharge',
    path: '/console/wallet?view=recharges',
    as: customers,
    follow: /\/recharges\/R/,
    route: '/console/wallet/recharges/[number]',
  },
  { name: 'projects', path: '/console/projects', as: customers },
  {
    name: 'members',
    path: '{area}/members',
    as: ['customer-admin', 'platform-admin', 'distributor-admin', 'supplier-admin'],
  },
  {
    name: 'messages',
    path: '{area}/messages',
    as: ['customer-admin', 'distributor-admin', 'supplier-admin'],
  },
  { name: 'audit', path: '{area}/audit', as: ['customer-admin', 'platform-auditor', 'supplier-admin'] },
  { name: 'account', path: '/account', as: customers },
  { name: 'account-security', path: '/account/security', as: customers },
  { name: 'account-ssh-keys', path: '/account/ssh-keys', as: customers },
  sellerPage('sales', '/orders', [...sellers, 'platform-auditor']),
  sellerPage('sale', '/orders', ['distributor-admin'], {
    follow: /\/orders\/O/,
    route: '{area}/orders/[number]',
  }),
  sellerPage('customers', '/customers', ['platform-admin', 'distributor-admin', 'distributor-sales']),
  sellerPage('customer', '/customers', ['distributor-admin'], {
    follow: /\/customers\/[0-9a-f]{8}-/,
    route: '{area}/customers/[id]',
  }),
  sellerPage('invitations', '/invitations'),
  sellerPage('distributors', '/distributors'),
  sellerPage('products-of-staff', '/products', [...sellers, 'platform-operations']),
  sellerPage('product-of-staff', '/products', ['platform-admin', 'platform-operations'], {
    follow: product,
    route: '{area}/products/[id]',
  }),
  sellerPage('product-new', '/products/new', ['platform-operations']),
  sellerPage('product-edit', '/products', ['platform-operations'], {
    follow: product,
    then: '/edit',
    route: '{area}/products/[id]/edit',
  }),
  sellerPage('plan-new', '/products', ['platform-operations'], {
    follow: product,
    then: '/plans/new',
    route: '{area}/products/[id]/plans/new',
  }),
  sellerPage('plan', '/products', ['platform-operations'], {
    follow: product,
    then: /\/plans\/[0-9a-f]{8}-/,
    route: '{area}/products/[id]/plans/[plan]',
  }),
  sellerPage('prices', '/prices', [...sellers, 'platform-operations']),
  sellerPage('ledger', '/ledger', ['platform-admin', 'platform-finance', 'distributor-finance']),
  sellerPage('balances', '/ledger/balances', ['platform-finance', 'distributor-finance']),
  sellerPage('trial-balance', '/ledger/trial-balance', ['platform-finance', 'platform-auditor']),
  sellerPage('voucher', '/ledger', ['platform-finance', 'distributor-finance'], {
    follow: /\/ledger\/vouchers\/[^/?]+\/[^/?]+$/,
    route: '{area}/ledger/vouchers/[period]/[event]',
  }),
  sellerPage('bindings', '/bindings'),
  sellerPage('departments', '/departments'),
  sellerPage('storefront', '/storefront'),
  {
    name: 'work-orders',
    path: '{area}/work-orders',
    as: ['platform-maintenance', 'supplier-delivery', 'supplier-admin', 'distributor-admin'],
  },
  {
    name: 'work-order',
    path: '{area}/work-orders',
    as: ['platform-maintenance'],
    follow: /\/work-orders\/W/,
    route: '{area}/work-orders/[number]',
  },
];

/** The first path segment of a looker's pages. */
export function areaOf(looker: Looker): string {
  if (looker.startsWith('customer')) return '/console';
  if (looker.startsWith('platform')) return '/admin';
  return looker.startsWith('supplier') ? '/supplier' : '/partner';
}

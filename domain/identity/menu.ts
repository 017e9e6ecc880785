import type { OrganisationKind, Permission } from './permissions.ts';

export interface MenuEntry {
  /** Names the entry; the site holds its texts. */
  key: string;
  href: string;
  /** A Lucide icon. */
  icon: string;
}

export interface MenuGroup {
  group: string;
  entries: MenuEntry[];
}

interface Declared extends MenuEntry {
  /** Shown to whoever holds one of these. */
  permission: Permission;
}

/** The first path segment of each kind's pages. */
export const areaOfKind: Record<OrganisationKind, string> = {
  customer: '/console',
  distributor: '/partner',
  platform: '/admin',
  supplier: '/supplier',
};

const entry = (key: string, href: string, icon: string, permission: Permission): Declared => ({
  key,
  href,
  icon,
  permission,
});

const organisationGroup = {
  group: 'organisation',
  entries: [
    entry('members', '/members', 'users', 'member.read'),
    entry('departments', '/departments', 'network', 'department.manage'),
    entry('storefront', '/storefront', 'store', 'storefront.manage'),
    entry('bindings', '/bindings', 'plug', 'binding.manage'),
    entry('audit', '/audit', 'scroll-text', 'audit.read'),
    entry('messages', '/messages', 'bell', 'message.read'),
  ],
};

const sellerGroups = [
  {
    group: 'selling',
    entries: [
      entry('sales', '/orders', 'receipt-text', 'sale.read'),
      entry('customers', '/customers', 'contact', 'customer.read'),
      entry('invitations', '/invitations', 'ticket', 'invitation.manage'),
      entry('distributors', '/distributors', 'git-fork', 'distributor.read'),
    ],
  },
  {
    group: 'catalogue',
    entries: [
      entry('products', '/products', 'package', 'product.read'),
      entry('prices', '/prices', 'tags', 'price.read'),
    ],
  },
  { group: 'delivery', entries: [entry('work-orders', '/work-orders', 'wrench', 'work-order.read')] },
  { group: 'finance', entries: [entry('ledger', '/ledger', 'book-open', 'ledger.read')] },
  organisationGroup,
];

const groupsOfKind: Record<OrganisationKind, readonly { group: string; entries: Declared[] }[]> = {
  customer: [
    {
      group: 'trade',
      entries: [
        entry('cart', '/cart', 'shopping-cart', 'cart.use'),
        entry('orders', '/orders', 'receipt-text', 'order.read'),
        entry('wallet', '/wallet', 'wallet', 'wallet.read'),
      ],
    },
    {
      group: 'usage',
      entries: [
        entry('resources', '/resources', 'server', 'resource.read'),
        entry('projects', '/projects', 'folder-kanban', 'project.read'),
      ],
    },
    organisationGroup,
  ],
  distributor: sellerGroups,
  platform: sellerGroups,
  supplier: [
    { group: 'delivery', entries: [entry('work-orders', '/work-orders', 'wrench', 'work-order.read')] },
    organisationGroup,
  ],
};

/** The menu of somebody with these permissions; groups without an entry are left out. */
export function menuOf(kind: OrganisationKind, granted: ReadonlySet<Permission>): MenuGroup[] {
  return groupsOfKind[kind]
    .map(({ group, entries }) => ({
      group,
      entries: entries
        .filter(({ permission }) => granted.has(permission))
        .map(({ key, href, icon }) => ({ key, href: `${areaOfKind[kind]}${href}`, icon })),
    }))
    .filter(({ entries }) => entries.length > 0);
}

/** What an organisation is, and what its people may be in it (design: 权限管理 by kind of organisation and role). */
export type OrganisationKind = 'platform' | 'distributor' | 'supplier' | 'customer';

export const rolesOfKind = {
  platform: ['admin', 'finance', 'sales', 'operations', 'maintenance', 'auditor'],
  distributor: ['admin', 'finance', 'sales', 'operations', 'maintenance'],
  supplier: ['supplier-admin', 'supplier-finance', 'supplier-delivery'],
  customer: ['customer-admin', 'customer-user'],
} as const satisfies Record<OrganisationKind, readonly string[]>;

export type Role = (typeof rolesOfKind)[OrganisationKind][number];

/** Every permission with its name on the screen; routes, streams and sockets declare one of these. */
export const permissions = {
  'cart.use': { zh: '使用购物车', en: 'use the cart' },
  'order.read': { zh: '查看订单', en: 'see orders' },
  'order.submit': { zh: '提交与取消订单', en: 'submit and cancel orders' },
  'order.pay': { zh: '支付订单', en: 'pay for orders' },
  'wallet.read': { zh: '查看余额与流水', en: 'see balance and statement' },
  'recharge.create': { zh: '充值', en: 'recharge' },
  'resource.read': { zh: '查看资源', en: 'see resources' },
  'resource.manage': { zh: '管理资源', en: 'manage resources' },
  'resource.reveal': { zh: '查看接入信息', en: 'reveal connection information' },
  'message.read': { zh: '查看站内信', en: 'read messages' },
  'member.read': { zh: '查看成员', en: 'see members' },
  'member.manage': { zh: '管理成员与角色', en: 'manage members and roles' },
  'project.read': { zh: '查看项目', en: 'see projects' },
  'project.manage': { zh: '管理项目', en: 'manage projects' },
  'department.manage': { zh: '管理部门', en: 'manage departments' },
  'customer.read': { zh: '查看客户', en: 'see customers' },
  'customer.manage': { zh: '管理客户', en: 'manage customers' },
  'invitation.manage': { zh: '管理邀请码', en: 'manage invitation codes' },
  'distributor.read': { zh: '查看下级分销商', en: 'see child distributors' },
  'storefront.manage': { zh: '管理店铺', en: 'manage the storefront' },
  'binding.manage': { zh: '管理支付与短信绑定', en: 'manage payment and SMS bindings' },
  'sale.read': { zh: '查看客户订单', en: 'see orders of customers' },
  'product.read': { zh: '查看产品', en: 'see products' },
  'product.edit': { zh: '编辑产品', en: 'edit products' },
  'product.review': { zh: '审核上架', en: 'review listings' },
  'price.read': { zh: '查看价格', en: 'see prices' },
  'price.edit': { zh: '设置价格', en: 'set prices' },
  'work-order.read': { zh: '查看工单', en: 'see work orders' },
  'work-order.handle': { zh: '处理工单', en: 'handle work orders' },
  'ledger.read': { zh: '查看账簿', en: 'see the books' },
  'audit.read': { zh: '查看审计记录', en: 'see the audit trail' },
} as const;

export type Permission = keyof typeof permissions;

const everyStaffMember: readonly Permission[] = ['message.read', 'member.read', 'product.read'];

const seller: Record<(typeof rolesOfKind.distributor)[number], readonly Permission[]> = {
  admin: [
    ...everyStaffMember,
    'member.manage',
    'department.manage',
    'customer.read',
    'customer.manage',
    'invitation.manage',
    'distributor.read',
    'storefront.manage',
    'binding.manage',
    'sale.read',
    'price.read',
    'price.edit',
    'ledger.read',
    'work-order.read',
    'audit.read',
  ],
  finance: [
    ...everyStaffMember,
    'customer.read',
    'sale.read',
    'price.read',
    'ledger.read',
    'distributor.read',
  ],
  sales: [
    ...everyStaffMember,
    'customer.read',
    'customer.manage',
    'invitation.manage',
    'sale.read',
    'price.read',
  ],
  operations: [
    ...everyStaffMember,
    'product.edit',
    'price.read',
    'price.edit',
    'sale.read',
    'customer.read',
    'work-order.read',
    'storefront.manage',
  ],
  maintenance: [...everyStaffMember, 'work-order.read', 'work-order.handle'],
};

const customerUser: readonly Permission[] = [
  'cart.use',
  'order.read',
  'resource.read',
  'resource.reveal',
  'message.read',
  'member.read',
  'project.read',
];

/** The one table of roles × permissions. */
export const permissionTable: Record<OrganisationKind, Partial<Record<Role, readonly Permission[]>>> = {
  platform: {
    ...seller,
    admin: [...seller.admin, 'product.edit', 'product.review', 'work-order.handle'],
    operations: [...seller.operations, 'product.review'],
    auditor: [
      'member.read',
      'product.read',
      'customer.read',
      'sale.read',
      'price.read',
      'ledger.read',
      'work-order.read',
      'audit.read',
      'distributor.read',
    ],
  },
  distributor: seller,
  supplier: {
    'supplier-admin': [
      'message.read',
      'member.read',
      'member.manage',
      'work-order.read',
      'work-order.handle',
      'audit.read',
    ],
    'supplier-finance': ['message.read', 'member.read', 'work-order.read'],
    'supplier-delivery': ['message.read', 'member.read', 'work-order.read', 'work-order.handle'],
  },
  customer: {
    'customer-admin': [
      ...customerUser,
      'order.submit',
      'order.pay',
      'wallet.read',
      'recharge.create',
      'resource.manage',
      'member.manage',
      'project.manage',
      'audit.read',
    ],
    'customer-user': customerUser,
  },
};

/** The permissions that a set of roles gives in an organisation of a kind. Unknown roles give none. */
export function permissionsOf(kind: OrganisationKind, roles: readonly string[]): Set<Permission> {
  const table: Partial<Record<string, readonly Permission[]>> = permissionTable[kind];
  return new Set(roles.flatMap((role) => table[role] ?? []));
}

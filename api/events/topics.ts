import type { Permission } from '../../domain/identity/permissions.ts';
import type { Topic } from '../../db/stream.ts';

/** Who hears of a topic: whoever holds one of these. */
const permissionsOfTopic: Record<Topic, readonly Permission[]> = {
  order: ['order.read', 'sale.read'],
  resource: ['resource.read'],
  'work-order': ['work-order.read'],
  recharge: ['wallet.read', 'sale.read'],
  wallet: ['wallet.read'],
  message: ['message.read'],
};

/** Whether somebody with these permissions hears of a topic. */
export function hears(permissions: ReadonlySet<Permission>, topic: Topic): boolean {
  return permissionsOfTopic[topic].some((permission) => permissions.has(permission));
}

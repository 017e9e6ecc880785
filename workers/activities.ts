import type { Dependencies } from '../activities/dependencies.ts';
import { createLedgerActivities } from '../activities/ledger.ts';
import { createNotificationActivities, createSmsActivities } from '../activities/notifications.ts';
import { createOrderActivities } from '../activities/orders.ts';
import { createChannelActivities, createRechargeActivities } from '../activities/payments.ts';
import { createDriverActivities, createProvisioningActivities } from '../activities/provisioning.ts';
import type { TaskQueue } from '../domain/task-queues.ts';

/** Which activities serve which queue. The driver of people's work orders has no outside party: it is on `kboss`. */
export function activitiesOf(queue: TaskQueue, dependencies: Dependencies): object {
  switch (queue) {
    case 'kboss':
      return {
        ...createOrderActivities(dependencies),
        ...createProvisioningActivities(dependencies),
        ...createRechargeActivities(dependencies),
        ...createLedgerActivities(dependencies),
        ...createNotificationActivities(dependencies),
        ...createDriverActivities(dependencies),
      };
    case 'driver-slurm':
    case 'driver-open-computing':
      return createDriverActivities(dependencies);
    case 'gateway-payment':
      return createChannelActivities(dependencies);
    case 'gateway-sms':
      return createSmsActivities(dependencies);
  }
}

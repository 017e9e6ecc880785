import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { NotificationActivities, SmsActivities } from '../activities/notifications.ts';
import type { OrderActivities } from '../activities/orders.ts';
import type { ChannelActivities, RechargeActivities } from '../activities/payments.ts';
import type { DriverActivities, ProvisioningActivities } from '../activities/provisioning.ts';
import { besideQueue, queueOfDriver } from '../domain/task-queues.ts';

/** Database and ledger: what fails can pass, so it is tried until it does; a refusal is typed and never retried. */
const database = {
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' },
} as const;

/** Stage writes: short, run by the worker that has the workflow, one marker in the history. */
const stageWrite = { ...database, localRetryThreshold: '5s' } as const;

export const { submitOrder } = proxyActivities<OrderActivities>({
  ...database,
  summary: 'Freeze prices, reserve stock and every edge of the chain',
});
export const { payOrder } = proxyActivities<OrderActivities>({
  ...database,
  summary: 'Hold the whole order in the wallet, gift first',
});
export const { endUnpaidOrder } = proxyActivities<OrderActivities>({
  ...database,
  summary: 'Release stock and edges of an order that was not paid',
});
export const { markFulfilling } = proxyLocalActivities<OrderActivities>({
  ...stageWrite,
  summary: 'Order is being fulfilled',
});
export const { finishOrder } = proxyLocalActivities<OrderActivities>({
  ...stageWrite,
  summary: 'Every line has ended',
});

export const { postSale } = proxyActivities<ProvisioningActivities>({
  ...database,
  summary: 'Post the sale in every book of the chain, open the work order',
});
export const { activateLine } = proxyActivities<ProvisioningActivities>({
  ...database,
  summary: 'Hand the resource over, start recognition',
});
export const { markInquiring } = proxyLocalActivities<ProvisioningActivities>({
  ...stageWrite,
  summary: 'Somebody else has to act',
});
export const { failLine } = proxyLocalActivities<ProvisioningActivities>({
  ...stageWrite,
  summary: 'Line has failed',
});
export const { refundLine } = proxyActivities<ProvisioningActivities>({
  ...database,
  summary: 'Reverse the sale in every book, give the money back, tell the customer',
});
export const { moveWorkOrder } = proxyActivities<ProvisioningActivities>({
  ...database,
  summary: 'Move the work order as its people say',
});

export const { createRecharge } = proxyActivities<RechargeActivities>({
  ...database,
  summary: 'Write the intent, make the address of the cashier page',
});
export const { bookRecharge } = proxyActivities<RechargeActivities>({
  ...database,
  summary: 'Book the money once into wallet and books',
});
export const { markRecharge } = proxyLocalActivities<RechargeActivities>({
  ...stageWrite,
  summary: 'State of the recharge',
});
export const { tell } = proxyActivities<NotificationActivities>({
  ...database,
  summary: 'Write a message to the people concerned',
});

/** How long a supplier that cannot be reached is tried before it is asked what it has done. */
const supplierPatience = '30 minutes';

/** The driver's three calls on the queue of its kind, beside our own. */
export function driverSteps(driver: string): DriverActivities {
  const taskQueue = besideQueue(workflowInfo().taskQueue, queueOfDriver(driver));
  const patient = {
    taskQueue,
    startToCloseTimeout: '2 minutes',
    // A worker that died is noticed by its silence, long before a slow supplier's time is over.
    heartbeatTimeout: '15s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' },
  } as const;
  const { openAtSupplier } = proxyActivities<DriverActivities>({
    ...patient,
    scheduleToCloseTimeout: supplierPatience,
    summary: `Open at the supplier (${driver})`,
  });
  const { lookUpAtSupplier } = proxyActivities<DriverActivities>({
    ...patient,
    scheduleToCloseTimeout: supplierPatience,
    summary: `Look up by our name at the supplier (${driver})`,
  });
  const { closeAtSupplier } = proxyActivities<DriverActivities>({
    ...patient,
    summary: `Close what may have been opened (${driver})`,
  });
  return { openAtSupplier, lookUpAtSupplier, closeAtSupplier };
}

/** The payment channel's calls; each answers accepted, rejected or unknown, so one try is one answer. */
export function channelSteps(): ChannelActivities {
  const options = {
    taskQueue: besideQueue(workflowInfo().taskQueue, 'gateway-payment'),
    startToCloseTimeout: '30s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
  } as const;
  const { queryRecharge } = proxyActivities<ChannelActivities>({
    ...options,
    summary: 'Ask the channel how the payment stands',
  });
  const { closeRecharge } = proxyActivities<ChannelActivities>({
    ...options,
    summary: 'Close the unpaid trade at the channel',
  });
  return { queryRecharge, closeRecharge };
}

/** The SMS gateway's calls; an answer that says nothing is looked up, never just repeated. */
export function smsSteps(): SmsActivities {
  return proxyActivities<SmsActivities>({
    taskQueue: besideQueue(workflowInfo().taskQueue, 'gateway-sms'),
    startToCloseTimeout: '30s',
    retry: { maximumAttempts: 1 },
    summary: 'Text of a code, by our own id',
  });
}

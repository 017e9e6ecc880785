import { heartbeat } from '@temporalio/activity';
import type { OrderLineInput, WorkOrderAction } from '../domain/orders.messages.ts';
import type { Dependencies } from './dependencies.ts';
import { typed } from './failures.ts';
import { activateLine } from './provisioning/activate.ts';
import { closeAtSupplier, lookUpAtSupplier, openAtSupplier } from './provisioning/at-supplier.ts';
import { failLine, refundLine } from './provisioning/compensate.ts';
import { postSale } from './provisioning/post-sale.ts';
import { markInquiring, moveWorkOrder } from './provisioning/work-orders.ts';

/** One order line at one instant of its process. */
export interface LineAt extends Pick<OrderLineInput, 'orderNumber' | 'line'> {
  at: string;
}

/** What a supplier said; access information stays in the database, sealed. */
export type Opened = { state: 'active' } | { state: 'pending'; waitsFor: 'supplier' | 'people' };

export interface LineFailure extends LineAt {
  code: string;
  details: Record<string, string>;
}

/** Steps of `order/NO/LINE` in database and ledger; each may be repeated without doing anything twice. */
export interface ProvisioningActivities {
  /** Posts the sale in every book and opens work order and resource. @throws SALE_REFUSED */
  postSale(line: LineAt): Promise<void>;
  markInquiring(line: LineAt & { waitsFor: 'supplier' | 'people' }): Promise<void>;
  activateLine(line: LineAt): Promise<void>;
  failLine(failure: LineFailure): Promise<void>;
  refundLine(failure: LineFailure & { isSold: boolean }): Promise<void>;
  /** @throws WORK_ORDER_NOT_MANUAL, WORK_ORDER_TAKEN, WORK_ORDER_NOT_CLAIMED, WORK_ORDER_ENDED */
  moveWorkOrder(action: LineAt & WorkOrderAction): Promise<{ state: string }>;
}

/** The calls to suppliers. @throws OUTCOME_UNKNOWN when nobody knows whether it happened, SUPPLIER_REFUSED, SUPPLIER_FAILED */
export interface DriverActivities {
  openAtSupplier(line: LineAt): Promise<Opened>;
  lookUpAtSupplier(line: LineAt): Promise<Opened | { state: 'absent' }>;
  closeAtSupplier(line: LineAt): Promise<void>;
}

export function createProvisioningActivities(dependencies: Dependencies): ProvisioningActivities {
  return typed<ProvisioningActivities>({
    postSale: (line: LineAt) => postSale(dependencies, line),
    markInquiring: (line: LineAt & { waitsFor: 'supplier' | 'people' }) => markInquiring(dependencies, line),
    activateLine: (line: LineAt) => activateLine(dependencies, line),
    failLine: (failure: LineFailure) => failLine(dependencies, failure),
    refundLine: (failure: LineFailure & { isSold: boolean }) => refundLine(dependencies, failure),
    moveWorkOrder: (action: LineAt & WorkOrderAction) => moveWorkOrder(dependencies, action),
  });
}

export function createDriverActivities(dependencies: Dependencies): DriverActivities {
  return typed<DriverActivities>({
    openAtSupplier: (line: LineAt) => beating(() => openAtSupplier(dependencies, line)),
    lookUpAtSupplier: (line: LineAt) => beating(() => lookUpAtSupplier(dependencies, line)),
    closeAtSupplier: (line: LineAt) => beating(() => closeAtSupplier(dependencies, line)),
  });
}

/** Tells the server that this worker lives while a supplier takes its time. */
async function beating<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), 4_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

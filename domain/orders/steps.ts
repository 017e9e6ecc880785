import type { OrderLineState } from './states.ts';

/** The steps that a customer watches: 提交 → 支付 → 工单 → 供应商 → 交付. */
export const orderSteps = ['submit', 'pay', 'work-order', 'supplier', 'deliver'] as const;
export type OrderStep = (typeof orderSteps)[number];

/** Where a line stands: the step under way, and whether all went well, or how it ended. */
export interface LineProgress {
  step: OrderStep;
  state: 'waiting' | 'running' | 'done' | 'failed';
}

const progressOfLine: Record<OrderLineState, LineProgress> = {
  'awaiting-payment': { step: 'pay', state: 'waiting' },
  paid: { step: 'work-order', state: 'running' },
  dispatched: { step: 'work-order', state: 'running' },
  provisioning: { step: 'supplier', state: 'running' },
  inquiring: { step: 'supplier', state: 'waiting' },
  active: { step: 'deliver', state: 'done' },
  failed: { step: 'supplier', state: 'failed' },
  refunding: { step: 'supplier', state: 'failed' },
  refunded: { step: 'supplier', state: 'failed' },
  canceled: { step: 'pay', state: 'failed' },
};

/** The progress of one line. */
export function progressOf(line: OrderLineState): LineProgress {
  return progressOfLine[line];
}

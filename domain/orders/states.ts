import type { StateTable } from '../states.ts';

export type OrderState =
  | 'draft'
  | 'awaiting-payment'
  | 'paid'
  | 'fulfilling'
  | 'completed'
  | 'canceled'
  | 'expired'
  | 'partially-refunded'
  | 'refunded';

export const orderStates: StateTable<OrderState> = {
  draft: ['awaiting-payment', 'canceled'],
  'awaiting-payment': ['paid', 'canceled', 'expired'],
  paid: ['fulfilling'],
  fulfilling: ['completed', 'partially-refunded', 'refunded'],
  completed: ['partially-refunded', 'refunded'],
  canceled: [],
  expired: [],
  'partially-refunded': ['refunded'],
  refunded: [],
};

export type OrderLineState =
  | 'awaiting-payment'
  | 'paid'
  | 'dispatched'
  | 'provisioning'
  | 'inquiring'
  | 'active'
  | 'failed'
  | 'refunding'
  | 'refunded'
  | 'canceled';

export const orderLineStates: StateTable<OrderLineState> = {
  'awaiting-payment': ['paid', 'canceled'],
  paid: ['dispatched', 'failed'],
  dispatched: ['provisioning', 'failed'],
  provisioning: ['inquiring', 'active', 'failed'],
  inquiring: ['provisioning', 'active', 'failed'],
  active: [],
  failed: ['refunding'],
  refunding: ['refunded'],
  refunded: [],
  canceled: [],
};

export type WorkOrderState = 'open' | 'assigned' | 'processing' | 'waiting' | 'done' | 'failed' | 'canceled';

export const workOrderStates: StateTable<WorkOrderState> = {
  open: ['assigned', 'processing', 'canceled', 'failed'],
  assigned: ['open', 'processing', 'canceled', 'failed'],
  processing: ['waiting', 'done', 'failed', 'open'],
  waiting: ['processing', 'done', 'failed'],
  done: [],
  failed: [],
  canceled: [],
};

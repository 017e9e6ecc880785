/** Names, ids and messages of the recharge process. */
export const rechargeWorkflow = 'recharge';

export function rechargeWorkflowId(number: string): string {
  return `recharge/${number}`;
}

export interface RechargeInput {
  number: string;
  customerId: string;
  sellerId: string;
  userId: string;
  /** 分. */
  amount: string;
  channel: 'alipay';
  /** The order whose missing amount this is. */
  orderNumber?: string;
  /** Where the browser goes after the cashier page; its arrival proves nothing. */
  returnUrl: string;
  at: string;
}

/** A run for a recharge whose first run has ended: money came late. */
export interface LateRechargeInput {
  number: string;
  customerId: string;
  sellerId: string;
  at: string;
  late: true;
}

export interface CreatedRecharge {
  payUrl: string;
  expiresAt: string;
}

/** What the channel said, verified before it became a message. */
export interface ChannelNotice {
  tradeNumber: string;
  state: 'waiting' | 'succeeded' | 'finished' | 'closed';
}

export type RechargeResult = { state: 'succeeded' | 'closed' | 'failed' };

export const rechargeMessages = { create: 'create', notified: 'notified' } as const;

/** Minutes in which a recharge is paid; bound to an order it ends with the order. */
export const rechargeMinutes = 30;

/** Names, ids and messages of the order processes; payloads hold ids and small values, amounts as strings of 分. */
export const orderWorkflow = 'order';

export function orderWorkflowId(number: string): string {
  return `order/${number}`;
}

export function orderLineWorkflowId(number: string, line: number): string {
  return `order/${number}/${line}`;
}

/** One line of the cart as it was submitted; `pieces` of it become as many order lines. */
export interface OrderedItem {
  planId: string;
  /** Decimal in the plan's unit, per piece. */
  quantity: string;
  /** 0 for what knows no month. */
  months: number;
  pieces: number;
  configuration: Record<string, string>;
  /** What the customer saw for all pieces, 分; another price now is refused, never charged. */
  priceSeen: string;
  projectId: string;
}

export interface OrderInput {
  number: string;
  buyerId: string;
  sellerId: string;
  userId: string;
  /** Instant of the submission, at which everything is priced, ISO 8601. */
  at: string;
  items: OrderedItem[];
  note?: string;
}

/** What a submitted order waits to be paid with. */
export interface SubmittedOrder {
  total: string;
  expiresAt: string;
  lines: SubmittedLine[];
}

export interface SubmittedLine {
  line: number;
  price: string;
  product: string;
  supplierId: string;
  driver: string;
}

export interface PayRequest {
  userId: string;
}

export type PayAnswer = { state: 'paid' };

export interface CancelRequest {
  userId: string;
}

/** Updates and signals of `order/NO`. */
export const orderMessages = {
  submit: 'submit',
  pay: 'pay',
  cancel: 'cancel',
  rechargeBooked: 'rechargeBooked',
} as const;

/** A recharge bound to the order has reached the wallet: the order pays by itself. */
export interface RechargeBooked {
  rechargeNumber: string;
  userId: string;
}

export interface OrderLineInput {
  orderNumber: string;
  line: number;
  buyerId: string;
  sellerId: string;
  supplierId: string;
  product: string;
  driver: string;
  price: string;
  at: string;
}

export type OrderLineResult =
  { state: 'active' } | { state: 'refunded'; code: string; details: Record<string, string> };

/** Update and signal of `order/NO/LINE`. */
export const orderLineMessages = {
  handleWorkOrder: 'handleWorkOrder',
  supplierSpoke: 'supplierSpoke',
} as const;

/** What people do with a work order; `sealedAccess` is sealed for the work order's own place, never plain. */
export type WorkOrderAction =
  | { action: 'claim'; userId: string; organisationId: string }
  | { action: 'give-back'; userId: string; organisationId: string }
  | { action: 'back-fill'; userId: string; organisationId: string; sealedAccess: string }
  | { action: 'fail'; userId: string; organisationId: string; reason: string };

/** Minutes in which an order is paid or expires. */
export const paymentMinutes = 30;

/** Key of a line's stock reservation, for ever. */
export function stockKey(orderNumber: string, line: number): string {
  return `order/${orderNumber}:line:${line}`;
}

/** Most pieces in one order, each a line with a process of its own. */
export const mostLines = 100;

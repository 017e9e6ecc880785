import type { Fen } from '../money.ts';
import { civilDate } from '../time.ts';
import { canonicalText } from './canonical.ts';
import type { Address, EventDraft, EventType, Operation, PaidBy } from './draft.ts';
import type { SaleMode } from '../pricing/leg.ts';

export interface HoldRequest {
  readonly key: string;
  readonly seller: string;
  readonly customer: string;
  readonly orderNo: string;
  readonly amount: Fen;
  readonly at: Date;
}

/** One edge of the chain of one line: what the buyer will owe its seller. */
export interface EdgeReservation {
  readonly seller: string;
  readonly buyer: string;
  readonly amount: Fen;
  /** `ORDER/LINE` */
  readonly lineNo: string;
  readonly mode?: SaleMode;
  readonly upstreamPay?: PaidBy;
}

export interface ReservationRequest {
  readonly key: string;
  readonly orderNo: string;
  readonly legs: readonly EdgeReservation[];
  readonly at: Date;
}

/** Cash of a customer at its seller. */
export const cashOf = (seller: string, customer: string): Address => ({
  organisation: seller,
  account: '2203.customer',
  party: customer,
});

/** Gift balance of a customer at its seller. */
export const giftOf = (seller: string, customer: string): Address => ({
  organisation: seller,
  account: '9102.gift',
  party: customer,
});

/** Where a buyer's debt or deposit stands in its seller's book: what an edge's limit guards. */
export function edgeAccount(mode: SaleMode, upstreamPay: PaidBy): string {
  if (upstreamPay === 'deposit') return '2203.deposit';
  return mode === 'discount' ? '1122.buyer' : '1221.collected';
}

/** One hold for a whole order, all or nothing: gift first, then cash. */
export function holdDraft(request: HoldRequest): EventDraft {
  const { seller, customer, orderNo: reference, amount } = request;
  if (amount < 0n) throw new RangeError(`${request.key}: a hold is not negative`);
  return operationsDraft('hold', reference, request, [
    { kind: 'hold-up-to', at: giftOf(seller, customer), reference, amount },
    { kind: 'hold-rest', at: cashOf(seller, customer), reference, amount: null },
  ]);
}

/** Gives back what an order still holds, or at most `amount` of it, cash first. */
export function releaseDraft(
  request: { key: string; orderNo: string; at: Date },
  parts: readonly { at: Address; amount: Fen | null }[],
): EventDraft {
  const operations = parts.map(({ at, amount }): Operation => ({
    kind: 'release',
    at,
    reference: request.orderNo,
    amount,
  }));
  return operationsDraft('release', request.orderNo, request, operations);
}

/** Sets aside deposit or credit on every edge of every line; the first edge that is short refuses all. */
export function reserveDraft(request: ReservationRequest): EventDraft {
  const operations = request.legs.map(
    ({ seller, buyer, amount, lineNo, mode = 'discount', upstreamPay = 'credit' }) => {
      assertLineOf(request.orderNo, lineNo);
      const at = { organisation: seller, account: edgeAccount(mode, upstreamPay), party: buyer };
      return { kind: 'hold' as const, at, reference: lineNo, amount };
    },
  );
  return operationsDraft('reserve', request.orderNo, request, operations);
}

/** Frees edge reservations whole; of one line or of the order. */
export function releaseEdgesDraft(
  request: { key: string; orderNo: string; lineNo?: string; at: Date },
  edges: readonly { at: Address; reference: string }[],
): EventDraft {
  const operations = edges.map(({ at, reference }): Operation => ({
    kind: 'release',
    at,
    reference,
    amount: null,
  }));
  return operationsDraft('release', request.lineNo ?? request.orderNo, request, operations);
}

/** @throws RangeError unless the line's number is `ORDER/LINE` of that order */
export function assertLineOf(orderNo: string, lineNo: string): void {
  if (!lineNo.startsWith(`${orderNo}/`)) throw new RangeError(`${lineNo} is no line of ${orderNo}`);
}

function operationsDraft(
  type: EventType,
  source: string,
  request: { key: string; at: Date },
  operations: readonly Operation[],
): EventDraft {
  const { key, at } = request;
  const payload = canonicalText({ type, ...request });
  return {
    key,
    type,
    source,
    at,
    date: civilDate(at),
    payload,
    vouchers: [],
    operations,
    plans: [],
    items: [],
  };
}

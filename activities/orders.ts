import { stockKey, type OrderInput, type SubmittedOrder } from '../domain/orders.messages.ts';
import type { OrderState } from '../domain/orders/states.ts';
import { endOfOrder } from '../domain/orders/outcome.ts';
import { moveLine, moveOrder } from '../db/orders/stages.ts';
import { readUnpaid, readLineStates } from '../db/orders/read-process.ts';
import { releaseStock } from '../db/catalogue/stock.ts';
import type { Dependencies } from './dependencies.ts';
import { typed } from './failures.ts';
import { payOrder } from './orders/pay.ts';
import { submitOrder } from './orders/submit.ts';

export interface PaymentAttempt {
  orderNumber: string;
  /** `order/NO:pay:2`: an activity's retries reuse it, a new decision takes the next number. */
  key: string;
  userId: string;
  at: string;
}

export interface UnpaidEnd {
  orderNumber: string;
  state: 'canceled' | 'expired';
  actor: string;
  at: string;
}

interface At {
  orderNumber: string;
  at: string;
}

/** Steps of `order/NO`; each may be repeated with the same arguments without doing anything twice. */
export interface OrderActivities {
  /** @throws the refusals of pricing and stock; TEMPORARILY_NOT_AVAILABLE for what only staff may know */
  submitOrder(input: OrderInput): Promise<SubmittedOrder>;
  /** @throws INSUFFICIENT_BALANCE with the missing amount; REDUCTION_EXCEEDS_MARGIN */
  payOrder(attempt: PaymentAttempt): Promise<void>;
  endUnpaidOrder(end: UnpaidEnd): Promise<void>;
  markFulfilling(at: At): Promise<void>;
  finishOrder(at: At): Promise<{ state: 'completed' | 'partially-refunded' | 'refunded' }>;
}

export function createOrderActivities(dependencies: Dependencies): OrderActivities {
  const { database, ledger } = dependencies;
  return typed<OrderActivities>({
    submitOrder: (input: OrderInput) => submitOrder(dependencies, input),

    payOrder: (attempt: PaymentAttempt) => payOrder(dependencies, attempt),

    async endUnpaidOrder({ orderNumber, state, actor, at }: UnpaidEnd) {
      await ledger.releaseEdges({
        key: `order/${orderNumber}:release-edges`,
        orderNo: orderNumber,
        at: new Date(at),
      });
      await database.asSystem('order-process', async (em) => {
        const { lines } = await readUnpaid(em, orderNumber);
        const move = { at, actor, ...(state === 'expired' ? { reason: 'unpaid' } : {}) };
        for (const line of lines) {
          await moveLine(em, orderNumber, line, 'canceled', move);
          await releaseStock(em, stockKey(orderNumber, line), new Date(at));
        }
        await moveOrder(em, orderNumber, state, move, { ended_at: at });
      });
    },

    async markFulfilling({ orderNumber, at }: At) {
      await database.asSystem('order-process', (em) =>
        moveOrder(em, orderNumber, 'fulfilling', { at, actor: 'process' }),
      );
    },

    finishOrder: ({ orderNumber, at }: At) =>
      database.asSystem('order-process', async (em) => {
        const state = endOfOrder(await readLineStates(em, orderNumber));
        await moveOrder(
          em,
          orderNumber,
          state satisfies OrderState,
          { at, actor: 'process' },
          { ended_at: at },
        );
        return { state };
      }),
  });
}

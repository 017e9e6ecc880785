import {
  allHandlersFinished,
  condition,
  defineSignal,
  defineUpdate,
  ParentClosePolicy,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import {
  orderLineWorkflowId,
  orderMessages,
  type CancelRequest,
  type OrderInput,
  type OrderLineInput,
  type OrderLineResult,
  type PayAnswer,
  type PayRequest,
  type RechargeBooked,
  type SubmittedOrder,
} from '../domain/orders.messages.ts';
import { formatYuan } from '../domain/money.ts';
import { now, nowInMilliseconds } from './clock.ts';
import { asFailure, refusalOrThrow, type Refusal } from './failures.ts';
import { orderLine } from './order-line.ts';
import { stages, type Stage } from './stage.ts';
import { endUnpaidOrder, finishOrder, markFulfilling, payOrder, submitOrder, tell } from './steps.ts';

const submitUpdate = defineUpdate<SubmittedOrder>(orderMessages.submit);
const payUpdate = defineUpdate<PayAnswer, [PayRequest]>(orderMessages.pay);
const cancelUpdate = defineUpdate<{ state: 'canceled' }, [CancelRequest]>(orderMessages.cancel);
const rechargeBookedSignal = defineSignal<[RechargeBooked]>(orderMessages.rechargeBooked);

export type OrderEnd = 'refused' | 'canceled' | 'expired' | 'completed' | 'partially-refunded' | 'refunded';

/** Where an order that is not yet paid stands. */
type Payment = 'submitting' | 'open' | 'paid' | 'canceled' | 'expired' | 'refused';

/**
 * One order, from its submission to the end of its last line: frozen and reserved, paid by one hold within thirty
 * minutes or released, then each line on its own. The lines are children that outlive this process.
 */
export async function order(input: OrderInput): Promise<{ state: OrderEnd; refusal?: Refusal }> {
  const process = new OrderProcess(input);
  const state = await process.run();
  await condition(allHandlersFinished);
  await process.keepLateRecharges(state);
  return { state, ...(process.refusal ? { refusal: process.refusal } : {}) };
}

class OrderProcess {
  readonly #input: OrderInput;
  readonly #stage: (stage: Stage) => void;
  #payment: Payment = 'submitting';
  #submitted: SubmittedOrder | null = null;
  #refusal: Refusal | null = null;
  #attempts = 0;
  #attempt: Promise<void> | null = null;
  #cancelBy: string | null = null;
  #isReleased = false;
  /** Recharges of this order whose money has arrived and that no attempt has been made for yet. */
  readonly #recharged: RechargeBooked[] = [];

  constructor(input: OrderInput) {
    this.#input = input;
    this.#stage = stages(`Order ${input.number}`, {
      No: input.number,
      Organisation: input.sellerId,
      Customer: input.buyerId,
    });
    setHandler(submitUpdate, () => this.#answerSubmission(), { description: 'Wait for the frozen order' });
    setHandler(payUpdate, (request) => this.#pay(request), { description: 'Pay from the wallet' });
    setHandler(cancelUpdate, (request) => this.#cancel(request), { description: 'Cancel while unpaid' });
    setHandler(rechargeBookedSignal, (recharge) => void this.#recharged.push(recharge), {
      description: 'Money for this order has arrived',
    });
  }

  /** What refused the submission; null when nothing did. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  async run(): Promise<OrderEnd> {
    this.#stage({ Stage: 'draft', stands: 'Submitted.', waits: 'prices, stock and the edges of the chain' });
    try {
      this.#submitted = await submitOrder(this.#input);
    } catch (error) {
      this.#refusal = refusalOrThrow(error);
      this.#payment = 'refused';
      this.#stage({ Stage: 'canceled', stands: `Refused: ${this.#refusal.code}.` });
      return 'refused';
    }
    this.#payment = 'open';
    await this.#awaitPayment(this.#submitted);
    if (!this.#isPaid()) return this.#endUnpaid();
    return this.#fulfil(this.#submitted);
  }

  /** What came in for this order after it could no longer be paid stays in the wallet; the customer is told. */
  async keepLateRecharges(state: OrderEnd): Promise<void> {
    if (state !== 'expired' && state !== 'canceled') return;
    // One may come in while the customer is told of another.
    for (let late = this.#recharged.shift(); late; late = this.#recharged.shift()) {
      await tell({
        organisationId: this.#input.buyerId,
        key: `recharge/${late.rechargeNumber}:kept`,
        kind: 'recharge-kept',
        details: { order: this.#input.number, recharge: late.rechargeNumber },
        link: `/orders/${this.#input.number}`,
        at: now(),
      });
    }
  }

  async #awaitPayment(submitted: SubmittedOrder): Promise<void> {
    const dueAt = new Date(submitted.expiresAt);
    this.#stage({
      Stage: 'awaiting-payment',
      WaitsFor: 'payment',
      DueAt: dueAt,
      Amount: Number(submitted.total),
      stands: `Frozen and reserved: ¥${formatYuan(BigInt(submitted.total))}, ${submitted.lines.length} line(s).`,
      waits: `the customer's payment until ${submitted.expiresAt}`,
    });
    const isOver = (): boolean => this.#payment !== 'open' || this.#recharged.length > 0;
    while (this.#payment === 'open') {
      const left = dueAt.getTime() - nowInMilliseconds();
      const happened =
        left > 0 && (await condition(isOver, left, { summary: `Expires unpaid at ${submitted.expiresAt}` }));
      if (this.#attempt) await this.#attempt.catch(() => {});
      else if (this.#recharged.length > 0) await this.#payFromRecharge();
      else if (!happened && this.#payment === 'open') this.#payment = 'expired';
    }
  }

  /** Update `pay`: a double click or a second tab joins the attempt that is under way, or hears that it is paid. */
  async #pay(request: PayRequest): Promise<PayAnswer> {
    await condition(() => this.#payment !== 'submitting');
    if (this.#payment === 'open') await this.#joinAttempt(request.userId);
    if (this.#isPaid()) return { state: 'paid' };
    throw asFailure(this.#refusal ?? { code: this.#closedCode(), details: {} });
  }

  async #joinAttempt(userId: string): Promise<void> {
    this.#attempt ??= this.#attemptPayment(userId).finally(() => {
      this.#attempt = null;
    });
    await this.#attempt;
  }

  /** One attempt has one key; a new decision after a refusal takes the next number. */
  async #attemptPayment(userId: string): Promise<void> {
    this.#attempts += 1;
    try {
      await payOrder({
        orderNumber: this.#input.number,
        key: `${workflowInfo().workflowId}:pay:${this.#attempts}`,
        userId,
        at: now(),
      });
    } catch (error) {
      throw asFailure(refusalOrThrow(error));
    }
    this.#payment = 'paid';
  }

  /** The recharge was for this order: it pays by itself, in the name of who recharged. */
  async #payFromRecharge(): Promise<void> {
    const recharge = this.#recharged.shift()!;
    try {
      await this.#joinAttempt(recharge.userId);
    } catch (error) {
      const { code, details } = refusalOrThrow(error);
      await tell({
        organisationId: this.#input.buyerId,
        key: `recharge/${recharge.rechargeNumber}:not-enough`,
        kind: 'order-still-unpaid',
        details: { order: this.#input.number, code, ...details },
        link: `/orders/${this.#input.number}`,
        at: now(),
      });
    }
  }

  async #cancel(request: CancelRequest): Promise<{ state: 'canceled' }> {
    await condition(() => this.#payment !== 'submitting' && this.#attempt === null);
    if (this.#payment === 'open') {
      this.#payment = 'canceled';
      this.#cancelBy = request.userId;
    }
    if (this.#payment !== 'canceled') throw asFailure({ code: 'ORDER_NOT_CANCELABLE', details: {} });
    await condition(() => this.#isReleased);
    return { state: 'canceled' };
  }

  #isPaid(): boolean {
    return this.#payment === 'paid';
  }

  #closedCode(): string {
    return this.#payment === 'canceled' ? 'ORDER_CANCELED' : 'ORDER_EXPIRED';
  }

  async #answerSubmission(): Promise<SubmittedOrder> {
    await condition(() => this.#submitted !== null || this.#refusal !== null);
    if (this.#submitted) return this.#submitted;
    throw asFailure(this.#refusal!);
  }

  async #endUnpaid(): Promise<OrderEnd> {
    const state = this.#payment === 'canceled' ? 'canceled' : 'expired';
    await endUnpaidOrder({
      orderNumber: this.#input.number,
      state,
      actor: this.#cancelBy ? `user/${this.#cancelBy}` : 'timer',
      at: now(),
    });
    this.#isReleased = true;
    this.#stage({ Stage: state, stands: `${state}; stock and edges are released.` });
    return state;
  }

  async #fulfil({ lines, total }: SubmittedOrder): Promise<OrderEnd> {
    const { number, buyerId, sellerId } = this.#input;
    const at = now();
    this.#stage({
      Stage: 'fulfilling',
      WaitsFor: 'lines',
      stands: `Paid ¥${formatYuan(BigInt(total))} at ${at}.`,
      waits: `${lines.length} line(s): see the child workflows`,
    });
    await markFulfilling({ orderNumber: number, at });
    const ends = lines.map((line) =>
      this.#fulfilLine({ orderNumber: number, buyerId, sellerId, at, ...line }),
    );
    await Promise.all(ends);
    const { state } = await finishOrder({ orderNumber: number, at: now() });
    this.#stage({ Stage: state, stands: `Every line has ended: ${state}.` });
    return state;
  }

  /** A line's own trouble ends in its refund; whatever else becomes of its process, the other lines go on. */
  async #fulfilLine(input: OrderLineInput): Promise<OrderLineResult> {
    const child = await startChild(orderLine, {
      workflowId: orderLineWorkflowId(input.orderNumber, input.line),
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `Line ${input.line} of ${input.orderNumber}: ${input.product}`,
    });
    return child.result();
  }
}

import {
  allHandlersFinished,
  condition,
  defineSignal,
  defineUpdate,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { DriverActivities, Opened } from '../activities/provisioning.ts';
import {
  orderLineMessages,
  type OrderLineInput,
  type OrderLineResult,
  type WorkOrderAction,
} from '../domain/orders.messages.ts';
import { now, nowInMilliseconds } from './clock.ts';
import { asFailure, isTimeout, refusalOf, refusalOrThrow, type Refusal } from './failures.ts';
import { stages, type Stage } from './stage.ts';
import {
  activateLine,
  driverSteps,
  failLine,
  markInquiring,
  moveWorkOrder,
  postSale,
  refundLine,
} from './steps.ts';

const workOrderUpdate = defineUpdate<{ state: string }, [WorkOrderAction]>(orderLineMessages.handleWorkOrder);
const supplierSpokeSignal = defineSignal(orderLineMessages.supplierSpoke);

const minute = 60_000;
/** How long people or a supplier may take before operators are asked to look. */
const attentionAfter = { people: 24 * 60 * minute, supplier: 30 * minute };
/** Seconds between looks at a supplier that has not called back: 15, 30, 60 … at most five minutes. */
const lookAgain = (looks: number): number => Math.min(15_000 * 2 ** looks, 5 * minute);
/** How often "nothing there" after an unknown outcome leads to opening again. */
const mostOpenings = 5;

/**
 * One order line, from the captured money to a resource in the customer's hands, or to the money back. Nothing that
 * happens here touches another line.
 */
export async function orderLine(input: OrderLineInput): Promise<OrderLineResult> {
  const process = new OrderLineProcess(input);
  const result = await process.run();
  await condition(allHandlersFinished);
  return result;
}

class OrderLineProcess {
  readonly #input: OrderLineInput;
  readonly #reference: { orderNumber: string; line: number };
  readonly #driver: DriverActivities;
  readonly #stage: (stage: Stage) => void;
  #isSold = false;
  #supplierSpoke = false;
  /** What people made of the work order, once they have ended it. */
  #handled: { state: 'done' } | { state: 'failed'; refusal: Refusal } | null = null;
  #isOver = false;

  constructor(input: OrderLineInput) {
    this.#input = input;
    this.#reference = { orderNumber: input.orderNumber, line: input.line };
    this.#driver = driverSteps(input.driver);
    this.#stage = stages(`Order ${input.orderNumber}, line ${input.line}: ${input.product}`, {
      No: `${input.orderNumber}/${input.line}`,
      Organisation: input.sellerId,
      Customer: input.buyerId,
      Supplier: input.supplierId,
      Product: input.product,
      Amount: Number(input.price),
    });
    setHandler(workOrderUpdate, (action) => this.#handleWorkOrder(action), {
      description: 'Claim, back-fill or fail the work order',
    });
    setHandler(supplierSpokeSignal, () => void (this.#supplierSpoke = true), {
      description: 'The supplier says that something changed',
    });
  }

  async run(): Promise<OrderLineResult> {
    try {
      await this.#sell();
      await this.#open();
      await activateLine({ ...this.#reference, at: now() });
    } catch (error) {
      return this.#compensate(refusalOrThrow(error));
    }
    this.#isOver = true;
    this.#stage({ Stage: 'active', stands: 'The customer has the resource.' });
    return { state: 'active' };
  }

  async #sell(): Promise<void> {
    this.#stage({ Stage: 'paid', WaitsFor: 'books', stands: 'Paid.', waits: 'the posting in every book' });
    await postSale({ ...this.#reference, at: now() });
    this.#isSold = true;
  }

  async #open(): Promise<void> {
    const waitsFor = this.#input.driver === 'manual' ? 'people' : 'supplier';
    this.#stage({
      Stage: 'provisioning',
      WaitsFor: waitsFor,
      stands: 'Sold and booked; the work order is out.',
      waits: `the ${this.#input.driver} driver`,
    });
    const opened = await this.#openOrAdopt();
    if (opened.state === 'pending') await this.#awaitOthers(opened.waitsFor);
  }

  /** Opens; after an unknown outcome looks up by our name and takes what exists, else opens again. */
  async #openOrAdopt(): Promise<Opened> {
    for (let opening = 1; ; opening += 1) {
      try {
        return await this.#driver.openAtSupplier({ ...this.#reference, at: now() });
      } catch (error) {
        if (refusalOf(error)?.code !== 'OUTCOME_UNKNOWN' && !isTimeout(error)) throw error;
      }
      const found = await this.#lookUntilKnown();
      if (found.state !== 'absent') return found;
      if (opening >= mostOpenings) throw asFailure({ code: 'SUPPLIER_FAILED', details: {} });
    }
  }

  async #lookUntilKnown(): Promise<Opened | { state: 'absent' }> {
    for (let looks = 0; ; looks += 1) {
      try {
        return await this.#driver.lookUpAtSupplier({ ...this.#reference, at: now() });
      } catch (error) {
        if (refusalOf(error)?.code !== 'OUTCOME_UNKNOWN' && !isTimeout(error)) throw error;
      }
      this.#stage({
        Stage: 'provisioning',
        WaitsFor: 'supplier',
        NeedsAttention: true,
        stands: 'The supplier may or may not have opened it: nobody could tell us yet.',
        waits: 'an answer of the supplier to our look-up',
      });
      await sleep(lookAgain(looks), { summary: 'Look up again at the supplier' });
    }
  }

  /** Waits for the supplier's callback (with looks in between, for it may be lost) or for people. */
  async #awaitOthers(waitsFor: 'supplier' | 'people'): Promise<void> {
    await markInquiring({ ...this.#reference, waitsFor, at: now() });
    const since = nowInMilliseconds();
    for (let looks = 0; ; looks += 1) {
      const waited = nowInMilliseconds() - since;
      this.#stage({
        Stage: 'inquiring',
        WaitsFor: waitsFor,
        NeedsAttention: waited >= attentionAfter[waitsFor],
        stands: 'The work order is with others.',
        waits: waitsFor === 'people' ? 'people to claim and back-fill the work order' : 'the supplier',
      });
      if (waitsFor === 'people') {
        const isLate = waited >= attentionAfter.people;
        const isHandled = (): boolean => this.#handled !== null;
        if (isLate) await condition(isHandled);
        else await condition(isHandled, attentionAfter.people, { summary: 'Tell operators after a day' });
        if (!this.#handled) continue;
        if (this.#handled.state === 'failed') throw asFailure(this.#handled.refusal);
        return;
      }
      await condition(() => this.#supplierSpoke, lookAgain(looks), { summary: 'Look at the supplier' });
      this.#supplierSpoke = false;
      const found = await this.#lookUntilKnown();
      if (found.state === 'active') return;
      if (found.state === 'absent') throw asFailure({ code: 'SUPPLIER_FAILED', details: {} });
    }
  }

  async #handleWorkOrder(action: WorkOrderAction): Promise<{ state: string }> {
    await condition(() => this.#isSold || this.#isOver);
    if (this.#isOver || this.#handled) throw asFailure({ code: 'WORK_ORDER_ENDED', details: {} });
    let moved: { state: string };
    try {
      moved = await moveWorkOrder({ ...this.#reference, ...action, at: now() });
    } catch (error) {
      throw asFailure(refusalOrThrow(error));
    }
    if (action.action === 'back-fill') this.#handled ??= { state: 'done' };
    if (action.action === 'fail') {
      this.#handled ??= {
        state: 'failed',
        refusal: { code: 'SUPPLIER_REFUSED', details: { reason: action.reason } },
      };
    }
    return moved;
  }

  /** Undoes what was done, each step until it succeeds: close at the supplier, reverse the books, money back. */
  async #compensate(refusal: Refusal): Promise<OrderLineResult> {
    this.#isOver = true;
    this.#stage({
      Stage: 'failed',
      WaitsFor: 'refund',
      stands: `Failed: ${refusal.code}.`,
      waits: 'closing at the supplier and the refund',
    });
    await failLine({ ...this.#reference, ...refusal, at: now() });
    if (this.#isSold) await this.#driver.closeAtSupplier({ ...this.#reference, at: now() });
    await refundLine({ ...this.#reference, isSold: this.#isSold, ...refusal, at: now() });
    this.#stage({ Stage: 'refunded', stands: `Failed (${refusal.code}) and refunded.` });
    return { state: 'refunded', ...refusal };
  }
}

import {
  allHandlersFinished,
  condition,
  defineSignal,
  defineUpdate,
  getExternalWorkflowHandle,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { ChannelActivities, ChannelTrade } from '../activities/payments.ts';
import { orderMessages, orderWorkflowId, type RechargeBooked } from '../domain/orders.messages.ts';
import {
  rechargeMessages,
  type ChannelNotice,
  type CreatedRecharge,
  type LateRechargeInput,
  type RechargeInput,
  type RechargeResult,
} from '../domain/payments.messages.ts';
import { formatYuan } from '../domain/money.ts';
import { now, nowInMilliseconds } from './clock.ts';
import { asFailure, refusalOrThrow, type Refusal } from './failures.ts';
import { stages, type Stage } from './stage.ts';
import { bookRecharge, channelSteps, createRecharge, markRecharge, tell } from './steps.ts';

const createUpdate = defineUpdate<CreatedRecharge>(rechargeMessages.create);
const notifiedSignal = defineSignal<[ChannelNotice]>(rechargeMessages.notified);

const minute = 60_000;
/** Between questions to a channel that has not notified: 20 s, 40 s, … at most four minutes. */
const askAgain = (questions: number): number => Math.min(20_000 * 2 ** questions, 4 * minute);
/** After closing, a buyer's open cashier page may still be paid for a moment: one last question. */
const lastLook = 2 * minute;

/**
 * One recharge, from the intent to money in the wallet or a closed trade. Only a verified notification or the channel's
 * own answer moves it; what nobody can tell is `unknown` and asked again until somebody can.
 */
export async function recharge(input: RechargeInput | LateRechargeInput): Promise<RechargeResult> {
  const process = new RechargeProcess(input);
  const result = 'late' in input ? await process.runLate() : await process.run(input);
  await condition(allHandlersFinished);
  return result;
}

type Trade = Pick<ChannelTrade, 'state' | 'tradeNumber'>;
const isPaid = (trade: Trade | null): boolean => trade?.state === 'succeeded' || trade?.state === 'finished';

class RechargeProcess {
  readonly #input: RechargeInput | LateRechargeInput;
  readonly #channel: ChannelActivities;
  readonly #stage: (stage: Stage) => void;
  #created: CreatedRecharge | null = null;
  #refusal: Refusal | null = null;
  /** What the channel told us of its own accord. */
  #notice: ChannelNotice | null = null;

  constructor(input: RechargeInput | LateRechargeInput) {
    this.#input = input;
    this.#channel = channelSteps();
    this.#stage = stages(`Recharge ${input.number}`, {
      No: input.number,
      Organisation: input.sellerId,
      Customer: input.customerId,
      ...('amount' in input ? { Amount: Number(input.amount) } : {}),
    });
    setHandler(createUpdate, () => this.#answerCreation(), { description: 'Wait for the cashier page' });
    setHandler(
      notifiedSignal,
      (notice) => {
        if (!isPaid(this.#notice)) this.#notice = notice;
      },
      { description: 'Verified notification of the channel' },
    );
  }

  async run(input: RechargeInput): Promise<RechargeResult> {
    this.#stage({
      Stage: 'created',
      stands: `Intent of ¥${formatYuan(BigInt(input.amount))}.`,
      waits: 'our own records',
    });
    try {
      this.#created = await createRecharge(input);
    } catch (error) {
      this.#refusal = refusalOrThrow(error);
      this.#stage({ Stage: 'failed', stands: `Refused: ${this.#refusal.code}.` });
      return { state: 'failed' };
    }
    const trade = await this.#awaitPayment(new Date(this.#created.expiresAt));
    return isPaid(trade) ? this.#book(trade, input.orderNumber) : this.#end('closed');
  }

  /** Money came after the first run had ended: only what the channel confirms is booked. */
  async runLate(): Promise<RechargeResult> {
    this.#stage({
      Stage: 'unknown',
      WaitsFor: 'channel',
      stands: 'Told late.',
      waits: 'the channel to confirm',
    });
    const trade = await this.#ask();
    return isPaid(trade) ? this.#book(trade) : this.#end('closed');
  }

  /** Until paid, or expired and closed at the channel. */
  async #awaitPayment(expiresAt: Date): Promise<Trade> {
    this.#stage({
      Stage: 'pending',
      WaitsFor: 'payment',
      DueAt: expiresAt,
      stands: 'The cashier page is open.',
      waits: 'the notification of the channel; it is asked now and then',
    });
    for (let questions = 0; ; questions += 1) {
      const left = expiresAt.getTime() - nowInMilliseconds();
      if (left <= 0) return this.#close();
      await condition(() => this.#isToldTheEnd(), Math.min(left, askAgain(questions)), {
        summary: 'Ask the channel if it has not notified',
      });
      const trade = this.#isToldTheEnd() ? this.#notice! : await this.#ask();
      if (isPaid(trade) || trade.state === 'closed') return trade;
    }
  }

  #isToldTheEnd(): boolean {
    return isPaid(this.#notice) || this.#notice?.state === 'closed';
  }

  /** Closes at the channel; a refusal mostly means that it was paid meanwhile, so the channel is asked. */
  async #close(): Promise<Trade> {
    const before = await this.#ask();
    if (isPaid(before) || before.state === 'closed') return before;
    await this.#channel.closeRecharge({ number: this.#input.number });
    await condition(() => isPaid(this.#notice), lastLook, {
      summary: 'A page that was still open may be paid',
    });
    for (;;) {
      const trade = isPaid(this.#notice) ? this.#notice! : await this.#ask();
      if (isPaid(trade) || trade.state === 'closed' || trade.state === 'absent') return trade;
      await this.#channel.closeRecharge({ number: this.#input.number });
      await sleep(minute, { summary: 'The trade is still open at the channel' });
    }
  }

  /** The channel's own word; while it has none the recharge is unknown, and operators see it. */
  async #ask(): Promise<Trade> {
    for (let questions = 0; ; questions += 1) {
      const answer = await this.#channel.queryRecharge({ number: this.#input.number });
      if (answer.outcome === 'accepted') {
        if (questions > 0) await this.#mark('pending');
        return answer.value;
      }
      if (isPaid(this.#notice)) return this.#notice!;
      if (questions === 0) await this.#mark('unknown', answer.code);
      this.#stage({
        Stage: 'unknown',
        WaitsFor: 'channel',
        NeedsAttention: questions > 3,
        stands: `The channel could not tell (${answer.code}).`,
        waits: 'a definite answer of the channel',
      });
      await condition(() => this.#isToldTheEnd(), askAgain(questions), { summary: 'Ask the channel again' });
      if (this.#isToldTheEnd()) return this.#notice!;
    }
  }

  async #mark(state: 'pending' | 'unknown' | 'closed', reason?: string): Promise<void> {
    await markRecharge({
      number: this.#input.number,
      state,
      at: now(),
      ...(reason === undefined ? {} : { reason }),
    });
  }

  async #end(state: 'closed'): Promise<RechargeResult> {
    await this.#mark(state);
    this.#stage({ Stage: state, stands: 'Not paid; the trade is closed.' });
    return { state };
  }

  async #book(trade: Trade, orderNumber?: string): Promise<RechargeResult> {
    this.#stage({ Stage: 'pending', WaitsFor: 'books', stands: 'Paid.', waits: 'the posting' });
    const booked = await bookRecharge({
      number: this.#input.number,
      tradeNumber: trade.tradeNumber ?? '',
      at: now(),
    });
    this.#stage({ Stage: 'succeeded', stands: 'The money is in the wallet.' });
    const boundTo = orderNumber ?? booked.orderNumber;
    if (boundTo) await this.#payOrder(boundTo, booked.userId);
    return { state: 'succeeded' };
  }

  /** The order pays by itself; where it has ended, the money stays in the wallet and the customer is told. */
  async #payOrder(orderNumber: string, userId: string): Promise<void> {
    const { number, customerId } = this.#input;
    const message: RechargeBooked = { rechargeNumber: number, userId };
    try {
      await getExternalWorkflowHandle(orderWorkflowId(orderNumber)).signal(
        orderMessages.rechargeBooked,
        message,
      );
    } catch {
      await tell({
        organisationId: customerId,
        key: `recharge/${number}:kept`,
        kind: 'recharge-kept',
        details: { order: orderNumber, recharge: number },
        link: `/orders/${orderNumber}`,
        at: now(),
      });
    }
  }

  async #answerCreation(): Promise<CreatedRecharge> {
    await condition(() => this.#created !== null || this.#refusal !== null);
    if (this.#created) return this.#created;
    throw asFailure(this.#refusal!);
  }
}

import type { Fen } from '../money.ts';
import { civilDate } from '../time.ts';
import { canonicalText } from './canonical.ts';
import type { EventDraft, EventType, VoucherDraft } from './draft.ts';

export interface Recharge {
  readonly key: string;
  readonly seller: string;
  readonly customer: string;
  readonly amount: Fen;
  readonly channel: 'alipay' | 'bank';
  readonly tradeNo: string;
  readonly rechargeNo: string;
  readonly at: Date;
}

export interface Gift {
  readonly key: string;
  readonly seller: string;
  readonly customer: string;
  readonly amount: Fen;
  /** What it is given for: campaign, recharge, goodwill request. */
  readonly reason: string;
  readonly at: Date;
}

export interface Deposit {
  readonly key: string;
  readonly seller: string;
  readonly buyer: string;
  readonly amount: Fen;
  /** Number of the bank transfer. */
  readonly reference: string;
  readonly at: Date;
}

const moneyAccount = { alipay: '1012.alipay', bank: '1002' } as const;

/** E1: a customer's money arrives at its seller's merchant account. */
export function rechargeDraft(recharge: Recharge): EventDraft {
  const { seller, customer, amount, channel } = recharge;
  const part = {
    template: 'recharge',
    inputs: { amount },
    parties: { customer },
    slots: { money: moneyAccount[channel] },
  };
  return {
    ...plain('recharge', recharge.rechargeNo, recharge, [{ organisation: seller, parts: [part] }]),
    channel,
  };
}

/** E14: a gift balance, kept beside the books until it is used. */
export function giftDraft(gift: Gift): EventDraft {
  const part = {
    template: 'gift.grant',
    inputs: { amount: gift.amount },
    parties: { customer: gift.customer },
  };
  return {
    ...plain('gift', gift.reason, gift, [{ organisation: gift.seller, parts: [part] }]),
    channel: 'gift',
  };
}

/** E12: a distributor deposits money at its parent. */
export function depositDraft(deposit: Deposit): EventDraft {
  const { seller, buyer, amount } = deposit;
  return {
    ...plain('deposit', deposit.reference, deposit, [
      { organisation: buyer, parts: [{ template: 'deposit.paid', inputs: { amount }, parties: { seller } }] },
      {
        organisation: seller,
        parts: [{ template: 'deposit.received', inputs: { amount }, parties: { buyer } }],
      },
    ]),
    channel: 'bank',
  };
}

function plain(
  type: EventType,
  source: string,
  event: { key: string; amount: Fen; at: Date },
  vouchers: VoucherDraft[],
): EventDraft {
  if (event.amount <= 0n) throw new RangeError(`${event.key}: the amount is above zero, not ${event.amount}`);
  const { key, at } = event;
  const payload = canonicalText({ type, ...event });
  return {
    key,
    type,
    source,
    at,
    date: civilDate(at),
    payload,
    vouchers,
    operations: [],
    plans: [],
    items: [],
  };
}

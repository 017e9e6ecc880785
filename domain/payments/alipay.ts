import { parseYuan, type Fen } from '../money.ts';

/** `absent`: no buyer has signed in on the cashier page yet, so Alipay has no trade; not a failure before expiry. */
export type AlipayTradeState = 'absent' | 'waiting' | 'succeeded' | 'finished' | 'closed';

const tradeStates: Record<string, Exclude<AlipayTradeState, 'absent'>> = {
  WAIT_BUYER_PAY: 'waiting',
  TRADE_SUCCESS: 'succeeded',
  TRADE_FINISHED: 'finished',
  TRADE_CLOSED: 'closed',
};

/** Alipay's word for a trade's state in ours; null for a word we do not know. */
export function alipayTradeState(word: string | undefined): Exclude<AlipayTradeState, 'absent'> | null {
  return (word !== undefined && Object.hasOwn(tradeStates, word) && tradeStates[word]) || null;
}

/** Alipay's out_trade_no allows letters, digits and `_` only (≤ 64), our numbers have a hyphen: R20261124-7K3QX9MD. */
export function outTradeNoOf(rechargeNumber: string): string {
  if (!/^[A-Z0-9-]{1,64}$/.test(rechargeNumber)) throw new RangeError(`not a number: ${rechargeNumber}`);
  return rechargeNumber.replaceAll('-', '_');
}

/** The inverse of `outTradeNoOf`. */
export function rechargeNumberOf(outTradeNo: string): string {
  return outTradeNo.replaceAll('_', '-');
}

/** "88.88" (元, Alipay's notation: two decimals at most, no separators) → 分; null for anything else. */
export function parseAlipayAmount(text: string | undefined): Fen | null {
  return text !== undefined && /^\d{1,12}(\.\d{1,2})?$/.test(text) ? parseYuan(text) : null;
}

/** 8888n → "88.88". */
export function formatAlipayAmount(amount: Fen): string {
  if (amount <= 0n) throw new RangeError('an amount to pay is positive');
  return `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
}

const beijing = 8 * 3600_000;

/** Alipay writes and expects Beijing local time without a zone: "2026-11-24 09:30:00". */
export function formatAlipayTime(instant: Date): string {
  return new Date(instant.getTime() + beijing).toISOString().slice(0, 19).replace('T', ' ');
}

/** The inverse of `formatAlipayTime`; null when it is no such time. */
export function parseAlipayTime(text: string | undefined): Date | null {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/.test(text)) return null;
  const instant = new Date(`${text.slice(0, 19).replace(' ', 'T')}+08:00`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

import { unitYuan } from './money.ts';

/**
 * 元 per unit as a person types it → 分 per unit as the api takes it: "0.08" → "8", "0.0655" → "6.55".
 * Null for what is no price: at most 8 digits before the point and 10 after it.
 */
export function fenPerUnit(yuan: string): string | null {
  const found = /^(\d{1,8})(?:\.(\d{1,10}))?$/.exec(yuan.trim());
  if (!found) return null;
  const [, whole = '0', fraction = ''] = found;
  const digits = whole + fraction.padEnd(2, '0');
  const point = whole.length + 2;
  const fen = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const rest = digits.slice(point).replace(/0+$/, '');
  return rest ? `${fen}.${rest}` : fen;
}

/** A percentage as a person types it → a rate: "95" → "0.95", "92.5" → "0.925". Null for what is none. */
export function rateOfPercent(percent: string): string | null {
  const found = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(percent.trim());
  if (!found) return null;
  const digits = (found[1] ?? '').padStart(3, '0');
  const fraction = (digits.slice(-2) + (found[2] ?? '')).replace(/0+$/, '');
  const whole = String(Number(digits.slice(0, -2)));
  return fraction ? `${whole}.${fraction}` : whole;
}

/** What a unit brings above its cost, 分 per unit in both, and that as a part of the price. */
export function unitMargin(price: string, cost: string): { amount: string; rate: string } {
  const [sold, bought] = [Number(price), Number(cost)];
  const margin = Number((sold - bought).toFixed(10));
  const amount = unitYuan(Math.abs(margin).toFixed(10));
  const rate = sold > 0 ? `${((margin / sold) * 100).toFixed(1)}%` : '—';
  return { amount: margin < 0 ? `-${amount}` : amount, rate };
}

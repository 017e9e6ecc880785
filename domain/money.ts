/**
 * Money is `bigint` 分 everywhere in code and database and a decimal string of 分 in JSON.
 * Rates carry ten decimals (`numeric(20,10)`), held here as a bigint scaled by 10^10.
 */
export type Fen = bigint;
/** A rate scaled by 10^10: 0.70 is 7_000_000_000n. */
export type Rate = bigint;
/** A rate as it stands in JSON and in the database: "0.70". */
export type RateString = string;

const rateScale = 10_000_000_000n;

/** Parses "0.70" or "1.0600000000"; throws RangeError on anything but a non-negative decimal of at most ten places. */
export function parseRate(text: RateString): Rate {
  const match = /^(\d{1,10})(?:\.(\d{1,10}))?$/.exec(text);
  if (!match) throw new RangeError(`not a rate: ${JSON.stringify(text)}`);
  return BigInt(match[1]!) * rateScale + BigInt((match[2] ?? '').padEnd(10, '0'));
}

/** Divides rounding half away from zero, the only rounding in the product. Throws on a zero divisor. */
export function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('division by zero');
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const rounded = (2n * n + d) / (2n * d);
  return negative ? -rounded : rounded;
}

/** amount × rate, rounded once to 分. */
export function multiplyRate(amount: Fen, rate: Rate): Fen {
  return roundHalfUp(amount * rate, rateScale);
}

/** Splits a VAT-inclusive amount: net = half-up(gross / (1 + rate)), vat = the rest (price-chain rule 8). */
export function splitVat(gross: Fen, rate: Rate): { net: Fen; vat: Fen } {
  const net = roundHalfUp(gross * rateScale, rateScale + rate);
  return { net, vat: gross - net };
}

/**
 * Splits a total by weights so that the parts sum to it exactly (largest remainder, earlier parts win ties).
 * All weights zero: the first part takes all. Works for negative totals as the mirror of the positive split.
 */
export function allocate(total: Fen, weights: readonly bigint[]): Fen[] {
  if (weights.length === 0) throw new RangeError('nothing to allocate to');
  if (weights.some((weight) => weight < 0n)) throw new RangeError('negative weight');
  if (total < 0n) return allocate(-total, weights).map((part) => -part);
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0n));
  const parts = weights.map((weight) => (total * weight) / sum);
  const rest = Number(total - parts.reduce((a, b) => a + b, 0n));
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, rest)) parts[index]! += 1n;
  return parts;
}

/** 123456n → "1,234.56" (元, two decimals, thousands separated, minus sign in front). */
export function formatYuan(amount: Fen): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0n ? '-' : ''}${yuan}.${digits.slice(-2)}`;
}

/** "12", "12.3", "1,234.56" (元) → 分; null when it is no amount of at most two decimals. */
export function parseYuan(text: string): Fen | null {
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  const fen = BigInt(match[2]!.replaceAll(',', '')) * 100n + BigInt((match[3] ?? '').padEnd(2, '0'));
  return match[1] ? -fen : fen;
}

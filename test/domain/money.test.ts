import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  allocate,
  formatYuan,
  multiplyRate,
  parseRate,
  parseYuan,
  roundHalfUp,
  splitVat,
} from '../../domain/money.ts';

const fen = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe('rates', () => {
  test.each([
    ['0.70', 7_000_000_000n],
    ['1', 10_000_000_000n],
    ['0.0000000001', 1n],
  ])('%s', (text, scaled) => expect(parseRate(text)).toBe(scaled));

  test.each(['', '-0.1', '1e3', '0.00000000001', '.5', '1.', ' 1', '0,7'])('%j is no rate', (text) =>
    expect(() => parseRate(text)).toThrow(RangeError),
  );
});

describe('rounding', () => {
  test.each([
    [5n, 10n, 1n],
    [-5n, 10n, -1n],
    [4n, 10n, 0n],
    [15n, -10n, -2n],
    [0n, 7n, 0n],
  ])('%s / %s → %s', (numerator, denominator, rounded) =>
    expect(roundHalfUp(numerator, denominator)).toBe(rounded),
  );

  test('never strays more than half a 分 and mirrors about zero', () => {
    fc.assert(
      fc.property(fen, fc.bigInt({ min: 1n, max: 10n ** 12n }), (numerator, denominator) => {
        const rounded = roundHalfUp(numerator, denominator);
        const distance = numerator - rounded * denominator;
        expect(2n * (distance < 0n ? -distance : distance)).toBeLessThanOrEqual(denominator);
        expect(roundHalfUp(-numerator, denominator)).toBe(-rounded);
      }),
    );
  });

  test('a million small jobs rate like their sum when rated together', () => {
    // 10 core-seconds at ¥0.08 a core-hour, a million times: ¥222.22 (price-chain rule 9)
    expect(roundHalfUp(8n * 10n * 1_000_000n, 3600n)).toBe(22_222n);
  });
});

describe('VAT', () => {
  // price-chain.md, golden splits at 6 %
  test.each([
    [95_000n, 89_623n, 5_377n],
    [80_000n, 75_472n, 4_528n],
    [70_000n, 66_038n, 3_962n],
    [50_000n, 47_170n, 2_830n],
    [19_000n, 17_925n, 1_075n],
    [14_250n, 13_443n, 807n],
  ])('%s = %s + %s', (gross, net, vat) => expect(splitVat(gross, parseRate('0.06'))).toEqual({ net, vat }));

  test('net and VAT always make the gross', () => {
    fc.assert(
      fc.property(fen, fc.bigInt({ min: 0n, max: 9_999_999_999n }), (gross, rate) => {
        const { net, vat } = splitVat(gross, rate);
        expect(net + vat).toBe(gross);
      }),
    );
  });

  test('rates apply to the amount once', () =>
    expect(multiplyRate(100_000n, parseRate('0.80'))).toBe(80_000n));
});

describe('allocation', () => {
  test('the remainder goes to the largest fractions, earlier parts first', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
    expect(allocate(7n, [0n, 0n])).toEqual([7n, 0n]);
  });

  test('parts sum to the total, each less than one 分 from exact', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fen, weights, (total, shares) => {
        const parts = allocate(total, shares);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        const sum = shares.reduce((a, b) => a + b, 0n);
        if (sum > 0n) {
          for (const [index, part] of parts.entries()) {
            const distance = part * sum - total * shares[index]!;
            expect(distance < 0n ? -distance : distance).toBeLessThan(sum);
          }
        }
      }),
    );
  });

  test('refuses no parts and negative weights', () => {
    expect(() => allocate(1n, [])).toThrow(RangeError);
    expect(() => allocate(1n, [2n, -1n])).toThrow(RangeError);
  });
});

describe('元', () => {
  test.each([
    [123_456_789n, '1,234,567.89'],
    [-5n, '-0.05'],
    [100_000n, '1,000.00'],
    [0n, '0.00'],
  ])('%s 分 shows as %s and reads back', (amount, text) => {
    expect(formatYuan(amount)).toBe(text);
    expect(parseYuan(text)).toBe(amount);
  });

  test.each(['', '1.234', '1,23.00', 'abc', '1e2', '--1', '１'])('%j is no amount', (text) =>
    expect(parseYuan(text)).toBeNull(),
  );

  test('reads back whatever it shows', () =>
    fc.assert(fc.property(fen, (amount) => expect(parseYuan(formatYuan(amount))).toBe(amount))));
});

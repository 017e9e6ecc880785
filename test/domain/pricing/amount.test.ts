import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  amountOf,
  basisOf,
  combinedUnitPrice,
  parseQuantity,
  periodRate,
} from '../../../domain/pricing/amount.ts';
import type { PriceTerm } from '../../../domain/pricing/amount.ts';

const discounts = [
  { months: 12, rate: '0.8333333333' },
  { months: 6, rate: '0.9' },
];

describe('list amounts', () => {
  test.each([
    ['a piece', '100000', '1', 0, 100_000n],
    ['core-hours below a 分 each', '0.8', '10000', 0, 8000n],
    ['half a 分 rounds up', '0.5', '1', 0, 1n],
    ['a third of a core-hour', '8', '0.333333333', 0, 3n],
    ['three months', '19900', '1', 3, 59_700n],
    ['six months at 0.9', '19900', '1', 6, 107_460n],
    ['twelve months at ten twelfths', '19900', '1', 12, 199_000n],
  ])('%s', (_, listUnitPrice, quantity, months, list) => {
    expect(basisOf({ listUnitPrice, quantity, months, periodDiscounts: discounts }).list).toBe(list);
  });

  test('the longest discounted period that is reached counts', () => {
    const rates = [1, 5, 6, 11, 12, 24].map((months) => periodRate(months, discounts));
    expect(rates).toEqual(['1', '1', '0.9', '0.9', '0.8333333333', '0.8333333333']);
    expect(periodRate(12)).toBe('1');
  });

  test.each([-1, 61, 1.5, Number.NaN])('%d months are refused', (months) => {
    expect(() => basisOf({ listUnitPrice: '1', quantity: '1', months })).toThrow('PERIOD_NOT_OFFERED');
  });

  test.each(['0', '0.000', '-1', '1e3', '', ' 1', '1.0000000001', '9'.repeat(16), 'NaN'])(
    'quantity %j is refused',
    (quantity) => expect(() => parseQuantity(quantity)).toThrow('QUANTITY_NOT_VALID'),
  );
});

describe('terms', () => {
  const basis = basisOf({ listUnitPrice: '3333', quantity: '1', months: 1 });
  const cases: [PriceTerm, bigint][] = [
    [{ kind: 'rate', rate: '0.7' }, 2333n],
    [{ kind: 'rate', rate: '1' }, 3333n],
    [{ kind: 'rate', rate: '0' }, 0n],
    [{ kind: 'fixed', unitPrice: '2000.5' }, 2001n],
  ];
  test.each(cases)('%j', (term, amount) => expect(amountOf(term, basis)).toBe(amount));

  test('a fixed price is of a unit and a month, and follows the period discount', () => {
    const year = basisOf({ listUnitPrice: '1', quantity: '2.5', months: 6, periodDiscounts: discounts });
    expect(amountOf({ kind: 'fixed', unitPrice: '1000' }, year)).toBe(13_500n);
  });

  test('amounts grow with quantity and are never further than half a 分 from the exact product', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 8n }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 10_000 }),
        (price, months, quantity) => {
          const { list } = basisOf({ listUnitPrice: String(price), quantity: String(quantity), months });
          expect(list).toBe(price * BigInt(months) * BigInt(quantity));
        },
      ),
    );
  });
});

test('a unit of a plan costs the sum of its components', () => {
  expect(
    combinedUnitPrice([
      { units: '4', unitPrice: '1250' },
      { units: '8', unitPrice: '300.5' },
      { units: '0.000000001', unitPrice: '1' },
    ]),
  ).toBe('7404.0000000010');
  expect(combinedUnitPrice([])).toBe('0.0000000000');
});

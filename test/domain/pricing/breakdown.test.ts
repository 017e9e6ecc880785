import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { breakdownOf, unitPriceOf } from '../../../domain/pricing/breakdown.ts';
import { priceGroup } from '../../../domain/pricing/group.ts';
import { fixed, goldenChain, goldenMixes, rate } from './chains.ts';

const measure = { listUnitPrice: '100000', quantity: '1', months: 0 };

test('list − discount = payable, pieces multiplied', () => {
  expect(breakdownOf(rate('0.95'), measure, 3)).toEqual({
    list: 300_000n,
    discount: 15_000n,
    payable: 285_000n,
    each: 95_000n,
    pieces: 3,
  });
});

test('a price above the list price is shown without a list price to exceed', () => {
  expect(breakdownOf(fixed(120_000), measure, 1)).toMatchObject({
    list: 120_000n,
    discount: 0n,
    payable: 120_000n,
  });
});

test('the unit price is a rate of the list price or the fixed one', () => {
  expect(unitPriceOf(rate('0.95'), '8.5')).toBe('8.0750000000');
  expect(unitPriceOf(rate('0'), '8')).toBe('0.0000000000');
  expect(unitPriceOf(fixed(7), '8')).toBe('7');
});

test('cart and order agree to the 分, whatever is bought', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(goldenMixes)),
      fc.integer({ min: 9500, max: 12_000 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (mix, tenThousandths, months, pieces) => {
        const retail = { price: rate((tenThousandths / 10_000).toFixed(4)), floor: null };
        const bought = { ...measure, months };
        const chains = priceGroup({ ...goldenChain(mix), measure: bought, retail }, pieces);
        const { payable, each } = breakdownOf(retail.price, bought, pieces);
        expect(chains.map((chain) => chain.payable)).toEqual(Array(pieces).fill(each));
        expect(payable).toBe(each * BigInt(pieces));
      },
    ),
  );
});

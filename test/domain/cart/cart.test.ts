import { describe, expect, test } from '@jest/globals';
import { lineToJoin, priceLine, priceOf } from '../../../domain/cart/cart.ts';
import { aPlan, anOffer } from '../catalogue/offers.ts';

const offer = anOffer('a');
const plan = offer.plans[0]!;
const line = {
  planId: plan.id,
  quantity: '1',
  months: 3,
  pieces: 2,
  configuration: { image: 'rocky-9' },
  priceSeen: 119_400n,
};

describe('a kept line beside what is offered now', () => {
  test('is ready at the price that was seen', () => {
    expect(priceOf(plan, line).payable).toBe(119_400n);
    expect(priceLine(line, [offer])).toMatchObject({
      state: 'ready',
      reason: null,
      breakdown: { payable: 119_400n },
    });
  });

  test('says when the price changed, up or down', () => {
    for (const priceSeen of [119_399n, 119_401n]) {
      expect(priceLine({ ...line, priceSeen }, [offer]).state).toBe('price-changed');
    }
  });

  test('says why it cannot be bought', () => {
    const soldOut = anOffer('a', { plans: [aPlan({ id: plan.id, stock: 'none' })] });
    const noRocky = anOffer('a', { plans: [aPlan({ id: plan.id, choices: { image: ['ubuntu-24.04'] } })] });
    expect(priceLine(line, [])).toMatchObject({
      state: 'unavailable',
      reason: 'PLAN_NOT_FOR_SALE',
      breakdown: null,
    });
    expect(priceLine(line, [soldOut])).toMatchObject({ state: 'unavailable', reason: 'OUT_OF_STOCK' });
    expect(priceLine(line, [noRocky])).toMatchObject({ state: 'unavailable', reason: 'OPTION_NOT_OFFERED' });
    expect(priceLine({ ...line, months: 2 }, [offer])).toMatchObject({ reason: 'PLAN_PERIOD_NOT_OFFERED' });
  });
});

describe('one more of the same joins its line', () => {
  const choice = { quantity: '1.0', months: 3, pieces: 1, configuration: { image: 'rocky-9' } };

  test('where plan, period, quantity and configuration are the same', () => {
    expect(lineToJoin([line], plan.id, choice, 20)).toBe(line);
    expect(lineToJoin([line], 'other', choice, 20)).toBeUndefined();
    expect(lineToJoin([line], plan.id, { ...choice, months: 1 }, 20)).toBeUndefined();
    expect(lineToJoin([line], plan.id, { ...choice, quantity: '2' }, 20)).toBeUndefined();
    expect(
      lineToJoin([line], plan.id, { ...choice, configuration: { image: 'ubuntu-24.04' } }, 20),
    ).toBeUndefined();
  });

  test('and there is room for the pieces', () => {
    expect(lineToJoin([line], plan.id, choice, 3)).toBe(line);
    expect(lineToJoin([line], plan.id, choice, 2)).toBeUndefined();
  });
});

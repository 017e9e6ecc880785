import { describe, expect, test } from '@jest/globals';
import { compareOffers } from '../../../domain/catalogue/comparison.ts';
import type { Offer, OfferPlan } from '../../../domain/catalogue/offer.ts';
import { aPlan, anOffer } from './offers.ts';

const column = (id: string, plan: Partial<OfferPlan> = {}, offer: Partial<Offer> = {}) => ({
  offer: anOffer(id, offer),
  plan: aPlan(plan),
});
const columns = [
  column('a'),
  column('b', { unitPrice: '9900', specification: { cores: 16, memory: 16, bandwidth: 5 } }),
  column('c', {}, { attributes: { region: 'wuxi', deliveryMinutes: 1, architecture: 'x86' } }),
];
const rowsOf = (...args: Parameters<typeof compareOffers>) =>
  new Map(compareOffers(...args).map((row) => [row.key, row]));

describe('comparison', () => {
  const rows = rowsOf(columns);

  test('has a value per column and says which is best', () => {
    expect(rows.get('cores')).toMatchObject({ values: [8, 16, 8], best: [1], isDifferent: true });
    expect(rows.get('deliveryMinutes')).toMatchObject({ values: [5, 5, 1], best: [2] });
    expect(rows.get('unitPrice')).toMatchObject({
      values: ['19900', '9900', '19900'],
      best: [1],
      group: 'price',
    });
    expect(rows.get('bandwidth')).toMatchObject({ values: [null, 5, null], best: [1], isDifferent: true });
    expect(rows.get('region')!.values[2]).toEqual({ zh: '无锡', en: 'Wuxi' });
  });

  test('marks nothing where all are alike, and leaves out what none has', () => {
    expect(rows.get('memory')).toMatchObject({ values: [16, 16, 16], best: [], isDifferent: false });
    expect(rows.has('gpuModel')).toBe(false);
  });

  test('groups stand together: function, performance, price, location', () => {
    const groups = [...rows.values()].map((row) => row.group);
    expect([...new Set(groups)]).toEqual(['function', 'performance', 'price', 'location']);
    expect(groups).toEqual(
      groups.toSorted((a, b) => [...new Set(groups)].indexOf(a) - [...new Set(groups)].indexOf(b)),
    );
  });

  test('only differences', () => {
    const different = rowsOf(columns, true);
    expect([...different.keys()]).toEqual(
      [...rows.values()].filter((row) => row.isDifferent).map((row) => row.key),
    );
    expect(compareOffers([columns[0]!], true)).toEqual([]);
  });

  test('prices of different units are shown and not ranked', () => {
    const pack = column('d', {
      billing: 'pack',
      unitPrice: '8',
      quantity: { unit: 'core-hour', min: '1', max: '9', step: '1' },
    });
    expect(rowsOf([columns[0]!, pack]).get('unitPrice')).toMatchObject({ best: [], isDifferent: true });
  });

  test('two bests share the mark', () => {
    expect(rowsOf([columns[1]!, columns[1]!, columns[0]!]).get('cores')!.best).toEqual([0, 1]);
  });

  test('refuses none, five, or several kinds', () => {
    for (const bad of [[], Array(5).fill(columns[0]), [columns[0]!, column('s', {}, { kind: 'storage' })]]) {
      expect(() => compareOffers(bad)).toThrow('COMPARISON_NOT_VALID');
    }
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { facetsOf, filterOffers, parseFilters, sortOffers } from '../../../domain/catalogue/facets.ts';
import type { Offer } from '../../../domain/catalogue/offer.ts';
import { aPlan, anOffer } from './offers.ts';

const host = (
  id: string,
  region: string,
  cores: number,
  unitPrice: string,
  more: Partial<Offer> = {},
): Offer =>
  anOffer(id, {
    attributes: { region, deliveryMinutes: 5, architecture: 'x86' },
    plans: [
      aPlan({ id: `${id}-1`, unitPrice, specification: { cores, memory: cores * 2, systemDisk: 40 } }),
      aPlan({
        id: `${id}-2`,
        unitPrice: '99900',
        specification: { cores: cores * 2, memory: 64, systemDisk: 40 },
      }),
    ],
    ...more,
  });

const offers = [
  host('a', 'beijing', 2, '5000', { createdAt: '2026-11-03T00:00:00.000Z' }),
  host('b', 'shanghai', 4, '9000.5', { createdAt: '2026-11-02T00:00:00.000Z' }),
  host('c', 'beijing', 8, '900', { provider: { zh: '南方云', en: 'South Cloud' } }),
];
const filtered = (...texts: string[]): string[] =>
  filterOffers('cloud-host', offers, parseFilters('cloud-host', texts)).map((offer) => offer.id);
const facet = (key: string, ...texts: string[]) =>
  facetsOf('cloud-host', offers, parseFilters('cloud-host', texts)).find((found) => found.key === key)!;

describe('filters', () => {
  test('values of one attribute are alternatives, several attributes must all fit', () => {
    expect(filtered()).toEqual(['a', 'b', 'c']);
    expect(filtered('region:beijing')).toEqual(['a', 'c']);
    expect(filtered('region:beijing', 'region:shanghai')).toEqual(['a', 'b', 'c']);
    expect(filtered('region:beijing', 'provider:South Cloud')).toEqual(['c']);
    expect(filtered('billing:pack')).toEqual([]);
  });

  test('numbers take values and ranges, the price in 元', () => {
    expect(filtered('cores:4')).toEqual(['a', 'b']);
    expect(filtered('cores:8..')).toEqual(['b', 'c']);
    expect(filtered('cores:..2')).toEqual(['a']);
    expect(filtered('price:9..50')).toEqual(['a', 'c']);
    expect(filtered('price:90.005..90.005')).toEqual(['b']);
  });

  test('one plan must fit all, not one plan here and another there', () => {
    expect(filtered('cores:16', 'price:..100')).toEqual([]);
    const [offer] = filterOffers('cloud-host', offers, parseFilters('cloud-host', ['cores:16']));
    expect(offer!.plans.map((plan) => plan.id)).toEqual(['c-2']);
  });

  test.each([
    'nonsense',
    'colour:red',
    'region:',
    'region:1..2',
    ':x',
    'cpuModel:x',
    `region:${'x'.repeat(81)}`,
    '__proto__:x',
  ])('%j is refused', (text) => expect(() => parseFilters('cloud-host', [text])).toThrow('FILTER_NOT_VALID'));

  test('over all kinds the kind is a filter and attributes of a kind are not', () => {
    expect(filterOffers(null, offers, parseFilters(null, ['kind:cloud-host']))).toHaveLength(3);
    expect(filterOffers(null, offers, parseFilters(null, ['kind:storage']))).toHaveLength(0);
    expect(() => parseFilters(null, ['cores:4'])).toThrow('FILTER_NOT_VALID');
  });
});

describe('facets', () => {
  test('name values in both languages and count the products each would leave', () => {
    expect(facet('region').values).toEqual([
      { value: 'beijing', name: { zh: '北京', en: 'Beijing' }, count: 2, isChosen: false },
      { value: 'shanghai', name: { zh: '上海', en: 'Shanghai' }, count: 1, isChosen: false },
    ]);
    expect(facet('cores').range).toEqual({ min: 2, max: 16 });
    expect(facet('cores').values.map(({ value, count }) => [value, count])).toEqual([
      ['2', 1],
      ['4', 2],
      ['8', 2],
      ['16', 1],
    ]);
  });

  test('a choice narrows the other facets, not its own', () => {
    expect(facet('region', 'region:beijing').values.map((value) => value.count)).toEqual([2, 1]);
    expect(facet('region', 'region:beijing').values.map((value) => value.isChosen)).toEqual([true, false]);
    expect(facet('provider', 'region:shanghai').values.map((value) => [value.value, value.count])).toEqual([
      ['North Cloud', 1],
      ['South Cloud', 0],
    ]);
  });

  test('what nothing on sale has is not drawn', () => {
    expect(facet('gpuModel')).toBeUndefined();
    expect(facetsOf('cloud-host', [], {})).toEqual([]);
  });

  test('a count is what choosing it leaves', () => {
    const keys = ['region:beijing', 'provider:South Cloud', 'cores:4', 'price:..100', 'inStock:true'];
    fc.assert(
      fc.property(fc.subarray(keys), (texts) => {
        const filters = parseFilters('cloud-host', texts);
        for (const { key, values } of facetsOf('cloud-host', offers, filters)) {
          for (const { value, count } of values) {
            expect(filterOffers('cloud-host', offers, { ...filters, [key]: [value] })).toHaveLength(count);
          }
        }
      }),
    );
  });
});

describe('order', () => {
  const sorted = (sort: string): string[] => sortOffers('cloud-host', offers, sort).map((offer) => offer.id);

  test.each([
    ['newest', ['a', 'b', 'c']],
    ['price:asc', ['c', 'a', 'b']],
    ['price:desc', ['b', 'a', 'c']],
    ['cores:desc', ['c', 'b', 'a']],
    ['cores:asc', ['a', 'b', 'c']],
    ['deliveryMinutes:asc', ['a', 'b', 'c']],
  ])('%s', (sort, ids) => expect(sorted(sort)).toEqual(ids));

  test('offers without the value come last, both ways', () => {
    const some = [
      anOffer('x'),
      anOffer('y', { plans: [aPlan({ specification: { bandwidth: 5 } })] }),
      anOffer('z'),
    ];
    for (const direction of ['asc', 'desc']) {
      expect(sortOffers('cloud-host', some, `bandwidth:${direction}`).map((offer) => offer.id)).toEqual([
        'y',
        'x',
        'z',
      ]);
    }
  });

  test.each(['', 'price', 'price:up', 'region:asc', 'constructor:asc', 'name'])('%j is refused', (sort) =>
    expect(() => sorted(sort)).toThrow('SORT_NOT_VALID'),
  );
});
